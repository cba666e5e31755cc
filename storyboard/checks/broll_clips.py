"""Which scenes show which known clip: what the rules about clips start from."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.subject import Subject
from storyboard.language.clip import Clip
from storyboard.video import Broll, Scene, Use, Video


def shown_clips(subject: Subject) -> Iterator[tuple[Video, Scene, Broll, Clip]]:
    """Yield every scene whose clip was measured, or described by its entry."""
    for compiled in subject.storyboards:
        described = {each.address: each.clips for each in compiled.expansions}
        for video in compiled.videos:
            known = dict(described[video.address])
            for stand_in in video.stand_ins:
                measured = subject.media(stand_in, Use.BROLL)
                if isinstance(measured, Clip):
                    known[stand_in.entry_id] = measured
            if not known:
                continue
            for scene in video.scenes:
                broll = scene.shown_broll
                if broll is not None and broll.entry_id in known:
                    yield video, scene, broll, known[broll.entry_id]
