"""Locales whose vowels are not written: the studio's voice has to guess them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.distribution import install_command
from storyboard.spoken_tags import language_of

_OTHERS: Final = (
    "film it in another environment (-e) before you judge the speech, "
    "or set `checks: {voice-unclear: off}`"
)


def _survey(survey: Survey) -> Iterator[Finding]:
    for tag, span in survey.locales():
        if survey.studio.unclear(tag):
            yield Finding(
                f"the vowels of '{tag}' are not written: the draft voice will be hard to follow",
                span,
                _added() if language_of(tag) == "ar" else _OTHERS,
            )


def _added() -> str:
    return f"have them added: {install_command('ar')}"


RULE = Rule("voice-unclear", survey=_survey)
