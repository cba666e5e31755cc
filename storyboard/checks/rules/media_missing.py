"""A stand-in that is not there or is no file, or an entry that needs one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.absent_entries import find_absent
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.checks.unusable_media import find_unusable

_CODE: Final = "media-missing"


def _survey(survey: Survey) -> Iterator[Finding]:
    yield from find_unusable(survey, _CODE)
    yield from find_absent(survey)


RULE = Rule(_CODE, survey=_survey)
