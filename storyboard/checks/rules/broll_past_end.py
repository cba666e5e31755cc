"""A scene that starts its clip behind the clip's end."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.language.timecode import format_timecode


def _check(subject: Subject) -> Iterator[Finding]:
    for _, scene, broll, clip in shown_clips(subject):
        if clip.seconds is not None and broll.start_time >= clip.seconds:
            yield Finding(
                f"the clip is {format_timecode(clip.seconds)} long, and the scene starts it at "
                f"{format_timecode(broll.start_time)}",
                scene.origin.of("broll.startTime"),
                "start earlier",
            )


RULE = Rule("broll-past-end", _check)
