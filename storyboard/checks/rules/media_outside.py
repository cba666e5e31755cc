"""A stand-in, or the captions beside it, that would be read from outside the project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.checks.unusable_media import find_unusable

_CODE: Final = "media-outside"


def _survey(survey: Survey) -> Iterator[Finding]:
    yield from find_unusable(survey, _CODE)


RULE = Rule(_CODE, survey=_survey)
