"""Entries that a video shows, with a file that stands in or without, or is composed from.

Knows no studio.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from storyboard.source.span import Span
from storyboard.video import BackgroundKind, Video


def used_alone(video: Video) -> Mapping[str, Callable[[], Span]]:
    """Return the entries that a video shows or is composed from, without those with a stand-in.

    Each tells where it is named.
    """
    own = {stand_in.entry_id for stand_in in video.stand_ins}
    used = {**source_entries(video), **shown_entries(video)}
    return {id_: place for id_, place in used.items() if id_ not in own}


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
    compose = video.compose
    if compose is None:
        return {}
    places = compose.entry_spans or (video.span,) * len(compose.entry_ids)
    return {id_: partial(_self, span) for id_, span in zip(compose.entry_ids, places, strict=True)}


def sources_alone(video: Video) -> frozenset[str]:
    """Return the entries that a video is composed from and shows nowhere by the files."""
    return frozenset(source_entries(video).keys() - shown_entries(video).keys())


def _self(span: Span) -> Span:
    return span
