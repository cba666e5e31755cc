"""Initials that everybody says letter by letter: counted, once a storyboard."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.spoken_texts import heard_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.narration.initials import initials
from storyboard.source.span import Span
from storyboard.spoken_tags import language_of


def _check(subject: Subject) -> Iterator[Finding]:
    words: dict[str, Span] = {}
    for text, scene, locale in heard_texts(subject):
        for word in initials(text, language_of(locale or "en")):
            words.setdefault(word, scene.origin.of("narration"))
    if words:
        first = next(iter(words))
        named = listed([f"'{word}'" for word in words], NAMES_IN_LINE)
        yield Finding(
            f"said letter by letter: {named}",
            words[first],
            f"if one is said otherwise, tell how: `say: {{{first}: …}}`",
        )


RULE = Rule("initials", _check)
