"""Translations that say what their source says: the film would speak two languages."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.untranslated import CODE, untranslated_catalogs
from storyboard.checks.subject import Finding, Rule, Survey


def _survey(survey: Survey) -> Iterator[Finding]:
    texts = (text for board in survey.storyboards for text in board.untranslated)
    for odd in untranslated_catalogs(texts):
        yield Finding(odd.message, odd.span, odd.hint, odd.notes)


RULE = Rule(CODE, survey=_survey)
