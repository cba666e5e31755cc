"""Which scenes show which measured clip: what the rules about clips start from."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.checks.clip import Clip
from storyboard.checks.subject import Subject
from storyboard.video import Broll, Scene, Video


def shown_clips(subject: Subject) -> Iterator[tuple[Video, Scene, Broll, Clip]]:
    """Yield every scene whose clip has a stand-in with known facts; none without `clips`."""
    if not subject.clips:
        return
    for video in subject.videos:
        paths = {stand_in.entry_id: stand_in.path for stand_in in video.stand_ins}
        for scene in video.scenes:
            if scene.broll is None:
                continue
            clip = subject.clips.get(paths.get(scene.broll.entry_id, ""))
            if clip is not None:
                yield video, scene, scene.broll, clip
