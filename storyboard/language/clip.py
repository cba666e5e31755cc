"""What is known of a clip, and what a video takes it for. Opens no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storyboard.stand_in import StandIn, Use
from storyboard.video import BackgroundKind, Video


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip's length in seconds and its frames a second; None for what nobody knows.

    `breaks_at` is the second from which on its file is broken.
    """

    seconds: float | None = None
    fps: float | None = None
    breaks_at: float | None = None


MISSING: Final = "media-missing"
OUTSIDE: Final = "media-outside"
UNUSABLE: Final = "media-unusable"
"""The codes of what is wrong with a stand-in."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a stand-in cannot serve for what a video uses it for, in words, and what to do."""

    code: str
    reason: str
    hint: str | None = None


Look = Callable[[StandIn, Use], Clip | Unusable | None]
"""Tells what a stand-in is, or why it cannot serve for a use; None if nobody knows."""


def see_nothing(stand_in: StandIn, use: Use) -> None:
    """Know nothing of any stand-in: a `Look` for those who open no files."""


def uses_of(video: Video) -> tuple[tuple[StandIn, Use], ...]:
    """Return every stand-in of a video with what the film takes its entry for."""
    if not video.stand_ins:
        return ()
    broll = {s.shown_broll.entry_id for s in video.scenes if s.shown_broll}
    backgrounds = (avatar.background for avatar in video.avatars)
    behind = {b.value for b in backgrounds if b.kind is BackgroundKind.ENTRY}
    sources = set() if video.compose is None else set(video.compose.entry_ids)
    found: list[tuple[StandIn, Use]] = []
    for stand_in in video.stand_ins:
        shown = ((broll, Use.BROLL), (behind, Use.BACKGROUND), (sources, Use.SOURCE))
        uses = [use for entries, use in shown if stand_in.entry_id in entries]
        found += [(stand_in, use) for use in uses or [Use.NAMED]]
    return tuple(found)
