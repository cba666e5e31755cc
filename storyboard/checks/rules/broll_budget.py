"""A narration that is longer than what is left of the clip behind it."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.speech_rates import rate_of
from storyboard.wire import LOOPING_PROFILES


def _survey(survey: Survey) -> Iterator[Finding]:
    if survey.studio.profile in LOOPING_PROFILES:
        return
    for video, shown, clip in shown_clips(survey):
        if clip.seconds is None or shown.seconds is None:
            continue
        left = clip.seconds - shown.start_time
        # If nothing is left, `broll-past-end` says so.
        if 0 < left < shown.seconds:
            over = round((shown.seconds - left) * rate_of(video.address.locale))
            yield Finding(
                f"about {shown.seconds:.0f} s of speech, and {left:.1f} s of the clip are left",
                shown.narration,
                f"say about {over} characters less, start the clip earlier, or split the scene",
            )


RULE = Rule("broll-budget", survey=_survey)
