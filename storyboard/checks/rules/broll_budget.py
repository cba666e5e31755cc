"""A narration that is longer than what is left of the clip behind it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.counting import counted
from storyboard.wire import LOOPING_PROFILES


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.studio.profile in LOOPING_PROFILES:
        return
    for _, shown, clip in shown_clips(survey):
        if clip.seconds is None or shown.seconds is None:
            continue
        left = clip.seconds - shown.start_time
        # If nothing is left, `broll-past-end` says so.
        if 0 < left < shown.seconds:
            over = counted(ceil((1 - left / shown.seconds) * shown.characters), "character")
            yield Finding(
                f"about {shown.seconds:.1f} s of speech, and {left:.1f} s of the clip are left",
                shown.narration,
                f"say about {over} less, start the clip earlier, or split the scene",
            )


RULE = Rule("broll-budget", survey=_survey)
