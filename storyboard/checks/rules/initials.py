"""Initials that everybody says letter by letter: counted, once a storyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.spoken_texts import heard_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import listed
from storyboard.narration.initials import initials
from storyboard.source.span import Span

_NAMED: Final = 4


def _check(subject: Subject) -> Iterator[Finding]:
    words: dict[str, Span] = {}
    for text, scene, _ in heard_texts(subject):
        for word in initials(text):
            words.setdefault(word, scene.origin.of("narration"))
    if words:
        first = next(iter(words))
        named = listed([f"'{word}'" for word in words], _NAMED)
        yield Finding(
            f"said letter by letter: {named}",
            words[first],
            f"if one is said otherwise, tell how: `say: {{{first}: …}}`",
        )


RULE = Rule("initials", _check)
