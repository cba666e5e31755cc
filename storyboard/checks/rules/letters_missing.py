"""Texts in the pictures of a film that no font of this machine has the letters of."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.checks.unset_letters import CODE, find_unset


def _survey(survey: Survey) -> Iterator[Finding]:
    yield from find_unset(survey)


RULE = Rule(CODE, survey=_survey)
