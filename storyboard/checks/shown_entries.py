"""Entries that a video shows, with a file that stands in or without, or is composed from.

Knows no studio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from storyboard.source.span import Span
from storyboard.video import BackgroundKind, Video


def shown_alone(video: Video) -> Mapping[str, Callable[[], Span]]:
    """Return the entries that a video shows without a stand-in; each tells where it is named."""
    own = {stand_in.entry_id for stand_in in video.stand_ins}
    return {id_: place for id_, place in shown_entries(video).items() if id_ not in own}


def shown_entries(video: Video) -> Mapping[str, Callable[[], Span]]:
    """Return the entries that a video shows; each tells where it is named.

    Most are there, and nobody asks for the place.
    """
    found: dict[str, Callable[[], Span]] = {}
    for scene in video.scenes:
        broll = scene.shown_broll
        if broll is not None:
            found.setdefault(broll.entry_id, partial(scene.origin.of, "broll.entryId"))
    for avatar in video.avatars:
        background = avatar.background
        if background.kind is BackgroundKind.ENTRY:
            found.setdefault(background.value, lambda: video.span)
    return found


def source_entries(video: Video) -> Mapping[str, Callable[[], Span]]:
    """Return the entries that a video's scenes are composed from; each tells where it is named."""
    sources = () if video.compose is None else video.compose.entry_ids
    return {id_: lambda: video.span for id_ in sources}
