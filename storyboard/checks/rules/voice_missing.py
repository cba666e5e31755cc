"""Locales and scripts that no voice of the studio speaks: the film would be noise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.source.span import Span

_HINT: Final = (
    "leave the locale out here, film it in another environment (-e), "
    "or set `checks: {voice-missing: off}`"
)


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.studio.voices is None:
        return
    mute = set()
    for tag, span in survey.locales():
        if not survey.studio.voices(tag):
            mute.add(tag)
            yield Finding(f"no voice of the local studio speaks '{tag}'", span, _HINT)
    seen: set[Span] = set()
    for written, span in (each for board in survey.storyboards for each in board.unspoken):
        if written not in mute and span not in seen:
            seen.add(span)
            yield Finding(
                f"no voice of the local studio speaks the script of '{written}'", span, _HINT
            )


RULE = Rule("voice-missing", survey=_survey)
