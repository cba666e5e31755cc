"""Initials that a voice says letter by letter: right for most, and not for those that are words."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.said_words import say_table
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.narration.initials import initials
from storyboard.narration.pronunciation import respelled


def _check(subject: Subject) -> Iterator[Finding]:
    say = say_table(subject.project, subject.compiled)
    told = set[str]()
    for _, scene in subject.scenes():
        text = scene.narration or ""
        for word in initials(respelled(text, say) if say else text):
            if word not in told:
                told.add(word)
                yield Finding(
                    f"'{word}' is probably said letter by letter",
                    scene.origin.of("narration"),
                    f"if it is said otherwise, tell how: `say: {{{word}: …}}`",
                )


RULE = Rule("spelled-out", _check)
