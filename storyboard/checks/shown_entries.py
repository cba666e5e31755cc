"""Entries that a video shows and that no file stands in for. Knows no studio that has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from storyboard.source.span import Span
from storyboard.video import BackgroundKind, Video


def shown_alone(video: Video) -> Mapping[str, Callable[[], Span]]:
    """Return the entries that a video shows without a stand-in; each tells where it is named.

    Most are there, and nobody asks for the place.
    """
    own = {stand_in.entry_id for stand_in in video.stand_ins}
    found: dict[str, Callable[[], Span]] = {}
    for scene in video.scenes:
        broll = scene.shown_broll
        if broll is not None and broll.entry_id not in own:
            found.setdefault(broll.entry_id, partial(scene.origin.of, "broll.entryId"))
    for avatar in video.avatars:
        background = avatar.background
        if background.kind is BackgroundKind.ENTRY and background.value not in own:
            found.setdefault(background.value, lambda: video.span)
    return found
