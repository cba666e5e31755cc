"""A clip in a frame rate that generations fail on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.checks.broll_clips import shown_clips, stand_ins_of
from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.language.conversion import conversion
from storyboard.wire import RATE_WORDS, is_broll_rate

_WITHOUT_FILE: Final = "convert it: `ffmpeg -i FILE -r 30 NEW_FILE`, and upload the new file"


def _survey(survey: Survey) -> Iterator[Finding]:
    for video, shown, clip in shown_clips(survey):
        if clip.fps is not None and not is_broll_rate(clip.fps):
            files = [s.path for s in stand_ins_of(video) if s.entry_id == shown.entry_id]
            hint = f"convert it: {conversion(files[0])}" if files else _WITHOUT_FILE
            yield Finding(
                f"the clip has {clip.fps:g} frames a second; generations need {RATE_WORDS}",
                shown.entry,
                hint,
            )


RULE = Rule("broll-frame-rate", survey=_survey)
