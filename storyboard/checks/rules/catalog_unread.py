"""Catalogs that no video reads: of a locale spelled otherwise, or of a storyboard that is gone."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.unread import UNREAD, unread_catalogs
from storyboard.checks.subject import Finding, Rule, Survey


def _survey(survey: Survey) -> Iterator[Finding]:
    if not survey.complete:
        return
    readers = [each.reader for each in survey.storyboards]
    for odd in unread_catalogs(survey.catalog_paths(), readers):
        yield Finding(odd.message, odd.span, odd.hint)


RULE = Rule(UNREAD, survey=_survey)
