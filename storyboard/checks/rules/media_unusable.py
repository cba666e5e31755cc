"""A stand-in that the local studio does not take, or not for what it is used for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.checks.unusable_media import find_unusable

_CODE: Final = "media-unusable"


def _survey(survey: Survey) -> Iterator[Finding]:
    yield from find_unusable(survey, _CODE)


RULE = Rule(_CODE, survey=_survey)
