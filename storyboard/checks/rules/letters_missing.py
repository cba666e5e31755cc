"""Texts in the pictures of a film that no font of this machine has the letters of."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.source.span import Span


def _survey(survey: Survey) -> Iterator[Finding]:
    unset, seen = survey.studio.unset, set[Span]()
    if unset is None:
        return
    for text, span in (each for board in survey.storyboards for each in board.lettered):
        if span in seen:
            continue
        cause = unset(text)
        if cause is not None:
            seen.add(span)
            yield Finding(cause.told, span, cause.hint)


RULE = Rule("letters-missing", survey=_survey)
