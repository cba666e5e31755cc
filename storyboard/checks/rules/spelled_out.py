"""Words made of initials that a voice says letter by letter, and that many people say as words."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.spoken_texts import heard_texts
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.narration.initials import spelled_words
from storyboard.spoken_tags import language_of


def _check(subject: Subject) -> Iterator[Finding]:
    told = set[str]()
    for text, scene, locale in heard_texts(subject):
        for word in spelled_words(text, language_of(locale or "en")):
            if word not in told:
                told.add(word)
                yield Finding(
                    f"'{word}' is probably said letter by letter",
                    scene.origin.of("narration"),
                    f"tell how it is said: `say: {{{word}: …}}`",
                )


RULE = Rule("spelled-out", _check)
