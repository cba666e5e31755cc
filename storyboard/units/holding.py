"""Which videos wait for a file or an entry that a scene shows. Asks no studio itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from storyboard.checks.absent_entries import absent_holds
from storyboard.checks.outline import VideoOutline
from storyboard.checks.subject import Surroundings
from storyboard.checks.unusable_media import tell_apart, unusable_holds
from storyboard.units.merging import with_pieces
from storyboard.units.unit import Piece, Unit
from storyboard.video import Address, Hold


def with_holds(
    units: tuple[Unit, ...],
    around: Surroundings,
    entries: Callable[[], Collection[str] | None] | None,
    *,
    films_here: bool,
) -> tuple[tuple[Unit, ...], Surroundings]:
    """Hold the videos that wait for a file or an entry; nobody is asked where none could.

    Returns the units with what is held, and what was learned of the studio.
    """
    outlines = [v for unit in units for piece in unit.pieces for v in piece.outline.videos]
    if films_here:
        around = replace(around, media=tell_apart(around.media, outlines))
    if entries is not None and any(video.alone for video in outlines):
        around = replace(around, entries=entries())
    if not any(video.uses or (video.alone and around.entries is not None) for video in outlines):
        return units, around
    return tuple(_held_unit(unit, around) for unit in units), around


def _held_unit(unit: Unit, around: Surroundings) -> Unit:
    holds: dict[Address, tuple[Hold, ...]] = {}

    def held(video: VideoOutline) -> VideoOutline:
        found = (*video.holds, *unusable_holds(video, around.media))
        if around.entries is not None:
            found = tuple(dict.fromkeys((*found, *absent_holds(video, around.entries))))
        holds[video.address] = found
        return video if found == video.holds else replace(video, holds=found)

    def changed(piece: Piece) -> Piece:
        videos = tuple(map(held, piece.outline.videos))
        return replace(piece, outline=replace(piece.outline, videos=videos))

    unit = with_pieces(unit, changed)
    videos = (
        video if holds[video.address] == video.holds else replace(video, holds=holds[video.address])
        for video in unit.videos
    )
    return replace(unit, videos=tuple(videos))
