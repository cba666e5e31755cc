"""Highlights of several entries, where the studio makes them of one (`TOO_MANY_SOURCES`)."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.wire import HIGHLIGHTS, NEXT


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.studio.profile != NEXT:
        return
    for count, span in (each for board in survey.storyboards for each in board.highlights):
        if count > 1:
            yield Finding(
                f"'{HIGHLIGHTS}' names {count} entries, and the profile '{NEXT}' takes one",
                span,
                "keep one entry, or compose a `video-explainer`",
            )


RULE = Rule("too-many-highlights", survey=_survey)
