"""A value that passes as a name, the same in every language, and may be words to translate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.expand.doubt import Doubt
from storyboard.language.place import Place
from storyboard.source.diagnostic import Note

_NOTED: Final = 3


def _check(subject: Subject) -> Iterator[Finding]:
    """Ask once for each expression and what it says, wherever else it stands."""
    places: dict[Doubt, dict[Place, None]] = {}
    for compiled in subject.storyboards:
        for expansion in compiled.expansions:
            for doubt, place in expansion.doubts:
                places.setdefault(doubt, {})[place] = None
    for doubt, found in places.items():
        first, *others = found
        yield Finding(
            f"'{doubt.text}' is taken for a name, and not translated",
            first.span,
            f"write {{{{ {doubt.expression} | verbatim }}}} if it is a name, "
            f"{{{{ {doubt.expression} | translate }}}} if not",
            tuple(Note("here too", place.span) for place in others[:_NOTED]),
        )


RULE = Rule("words-or-name", _check)
