"""Videos that the local studio will speak in another language than that of their locale."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.outline import VOICE_LANGUAGE
from storyboard.checks.subject import Finding, Rule, Survey


def _survey(survey: Survey) -> Iterator[Finding]:
    for each in (it for board in survey.storyboards for it in board.misheard):
        yield Finding(
            f"the narrations of locale '{each.locale}' will be spoken in {each.language}",
            each.narration,
            "the language is recognized from the words of the whole video: "
            f"write them in '{each.locale}', or correct `locales`",
        )


RULE = Rule(VOICE_LANGUAGE, survey=_survey)
