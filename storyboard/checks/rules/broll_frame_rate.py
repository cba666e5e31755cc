"""A clip in a frame rate that generations fail on."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.wire import RATE_WORDS, is_broll_rate


def _check(subject: Subject) -> Iterator[Finding]:
    for _, scene, _, clip in shown_clips(subject):
        if clip.fps is not None and not is_broll_rate(clip.fps):
            yield Finding(
                f"the clip has {clip.fps:g} frames a second; generations need {RATE_WORDS}",
                scene.origin.of("broll.entryId"),
                "convert it: ffmpeg -i clip.mp4 -r 30 converted.mp4",
            )


RULE = Rule("broll-frame-rate", _check)
