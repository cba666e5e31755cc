"""A value that passes as a name, the same in every language, and may be words to translate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.expand.doubt import Doubt
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span

_NOTED: Final = 3


def _survey(survey: Survey) -> Iterator[Finding]:
    """Ask once for each expression and what it says, wherever else it stands."""
    places: dict[Doubt, dict[Span, None]] = {}
    for storyboard in survey.storyboards:
        for doubt, place in storyboard.doubts:
            places.setdefault(doubt, {})[place] = None
    for doubt, found in places.items():
        first, *others = found
        yield Finding(
            f"'{doubt.text}' is taken for a name, and not translated",
            first,
            f"write {{{{ {doubt.expression} | verbatim }}}} if it is a name, "
            f"{{{{ {doubt.expression} | translate }}}} if not",
            tuple(Note("here too", place) for place in others[:_NOTED]),
        )


RULE = Rule("words-or-name", survey=_survey)
