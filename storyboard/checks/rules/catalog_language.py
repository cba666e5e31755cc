"""Catalogs whose header names another language than their folder does."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.unread import LANGUAGE, misplaced_catalogs
from storyboard.checks.subject import Finding, Rule, Survey


def _survey(survey: Survey) -> Iterator[Finding]:
    for odd in misplaced_catalogs(survey.catalogs, survey.catalog_paths):
        yield Finding(odd.message, odd.span, odd.hint)


RULE = Rule(LANGUAGE, survey=_survey)
