"""A clip in a frame rate that generations fail on: only 25 and 30 frames a second are taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Subject

GOOD_RATES: Final = (25.0, 30.0)
_TOLERANCE: Final = 0.01
"""What a container may round by; 29.97 is another rate than 30."""


def _check(subject: Subject) -> Iterator[Finding]:
    for _, scene, _, clip in shown_clips(subject):
        if clip.fps is None:
            continue
        if all(abs(clip.fps - good) > _TOLERANCE for good in GOOD_RATES):
            yield Finding(
                f"the clip has {clip.fps:g} frames a second; generations need 25 or 30",
                scene.origin.of("broll.entryId"),
                "convert it: ffmpeg -i clip.mp4 -r 30 converted.mp4",
            )


RULE = Rule("broll-frame-rate", _check)
