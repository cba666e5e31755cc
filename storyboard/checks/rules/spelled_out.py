"""Initials that a voice says letter by letter: right for most, and not for those that are words."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.narration.initials import initials
from storyboard.narration.pronunciation import Say, respelled, say_of


def _check(subject: Subject) -> Iterator[Finding]:
    say = _say(subject)
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


def _say(subject: Subject) -> Say:
    """Return each word that the files tell how to say, whichever locale says it so."""
    board = subject.compiled.storyboard
    blocks = (block.say for block in board.localize.values())
    tables = (subject.project.say, board.say, *blocks)
    return say_of({word: said for table in tables for word, said in table.items()})


RULE = Rule("spelled-out", _check)
