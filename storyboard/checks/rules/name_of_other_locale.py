"""A video that cannot be told by its name from that of another locale, and waits for one."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.shared_names import CODE, find_shared
from storyboard.checks.subject import Finding, Rule, Survey


def _survey(survey: Survey) -> Iterator[Finding]:
    yield from find_shared(survey)


RULE = Rule(CODE, survey=_survey)
