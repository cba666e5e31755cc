"""Which scenes show which known clip: what the rules about clips start from."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.outline import ShownClip, VideoOutline
from storyboard.checks.subject import Survey
from storyboard.language.clip import Clip
from storyboard.stand_in import StandIn, Use


def shown_clips(survey: Survey) -> Iterator[tuple[VideoOutline, ShownClip, Clip]]:
    """Yield every scene whose clip was measured, or described by its entry."""
    for video in survey.videos:
        # What the entry is described as, and over it what was measured of its file.
        known = dict(video.described)
        for stand_in in stand_ins_of(video):
            measured = survey.studio.media(stand_in, Use.BROLL)
            if isinstance(measured, Clip):
                known[stand_in.entry_id] = measured
        for shown in video.shown if known else ():
            if shown.entry_id in known:
                yield video, shown, known[shown.entry_id]


def stand_ins_of(video: VideoOutline) -> tuple[StandIn, ...]:
    """Return the stand-ins of a video, each once."""
    return tuple(dict.fromkeys(stand_in for stand_in, _ in video.uses))
