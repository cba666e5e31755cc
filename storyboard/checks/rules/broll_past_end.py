"""A scene that starts its clip behind the clip's end."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.language.timecode import format_timecode


def _survey(survey: Survey) -> Iterator[Finding]:
    for _, shown, clip in shown_clips(survey):
        if clip.seconds is not None and shown.start_time >= clip.seconds:
            yield Finding(
                f"the clip is {format_timecode(clip.seconds)} long, and the scene starts it at "
                f"{format_timecode(shown.start_time)}",
                shown.start,
                "start earlier",
            )


RULE = Rule("broll-past-end", survey=_survey)
