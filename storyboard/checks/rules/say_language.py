"""Words that `say` respells for one language, and that the voice of another one says."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.source.span import Span


def _survey(survey: Survey) -> Iterator[Finding]:
    """Yield one finding a locale, with its words."""
    locales: dict[str, dict[str, Span]] = {}
    for row in (row for board in survey.storyboards for row in board.borrowed):
        locales.setdefault(row.locale, {}).setdefault(row.word, row.span)
    for locale, words in locales.items():
        named = listed([f"'{word}'" for word in words], NAMES_IN_LINE)
        first = next(iter(words))
        yield Finding(
            f"the voice of '{locale}' says words as `say` has them for the source: {named}",
            words[first],
            f"give it rows of its own: `localize: {{{locale}: {{say: {{{first}: …}}}}}}`; "
            "write the same again if it is right",
        )


RULE = Rule("say-language", survey=_survey)
