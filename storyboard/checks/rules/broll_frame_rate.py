"""A clip in a frame rate that generations fail on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.broll_clips import shown_clips
from storyboard.checks.subject import Finding, Rule, Subject
from storyboard.language.conversion import conversion
from storyboard.wire import RATE_WORDS, is_broll_rate

_WITHOUT_FILE: Final = "convert it: `ffmpeg -i FILE -r 30 NEW_FILE`, and upload the new file"


def _check(subject: Subject) -> Iterator[Finding]:
    for video, scene, broll, clip in shown_clips(subject):
        if clip.fps is not None and not is_broll_rate(clip.fps):
            files = [each.path for each in video.stand_ins if each.entry_id == broll.entry_id]
            hint = f"convert it: {conversion(files[0])}" if files else _WITHOUT_FILE
            yield Finding(
                f"the clip has {clip.fps:g} frames a second; generations need {RATE_WORDS}",
                scene.origin.of("broll.entryId"),
                hint,
            )


RULE = Rule("broll-frame-rate", _check)
