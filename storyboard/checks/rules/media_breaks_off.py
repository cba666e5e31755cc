"""A clip that ends before its file says so, or whose tail is noise: the last good frame stays."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Finding, Rule, Survey
from storyboard.language.clip import Clip
from storyboard.language.timecode import format_timecode
from storyboard.stand_in import Use


def _survey(survey: Survey) -> Iterator[Finding]:
    told = set()
    for video in survey.videos:
        for stand_in, use in video.uses:
            clip = survey.studio.media(stand_in, use) if use is Use.BROLL else None
            if isinstance(clip, Clip) and clip.breaks_at is not None and stand_in not in told:
                told.add(stand_in)
                yield Finding(
                    f"'{stand_in.path}' is damaged from {format_timecode(clip.breaks_at)} on",
                    stand_in.span,
                    "export or copy it again; until then its last good frame stays",
                )


RULE = Rule("media-breaks-off", survey=_survey)
