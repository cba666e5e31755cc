"""Which videos wait for a file, an entry or a font that they show. Asks no studio itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from storyboard.checks.absent_entries import absent_holds
from storyboard.checks.outline import VideoOutline
from storyboard.checks.studio_facts import StudioFacts
from storyboard.checks.unset_letters import unset_holds
from storyboard.checks.unusable_media import tell_apart, unusable_holds
from storyboard.units.merging import with_pieces
from storyboard.units.unit import Piece, Unit
from storyboard.video import Address, Hold


def with_holds(
    units: tuple[Unit, ...], studio: StudioFacts
) -> tuple[tuple[Unit, ...], StudioFacts]:
    """Hold the videos that wait for a file, an entry or a font.

    The studio is not asked if none could.
    Returns the units with what is held, and what was learned of the studio.
    """
    outlines = [v for unit in units for piece in unit.pieces for v in piece.outline.videos]
    look = tell_apart(studio.media, outlines) if studio.films_here else studio.media
    asks = any(video.alone for video in outlines)
    there = studio.entries() if asks and studio.entries is not None else None
    studio = replace(studio, media=look, entries=lambda: there)
    if not any(v.uses or v.lettered or (v.alone and there is not None) for v in outlines):
        return units, studio
    return tuple(_held_unit(unit, studio, there) for unit in units), studio


def _held_unit(unit: Unit, studio: StudioFacts, there: Collection[str] | None) -> Unit:
    holds: dict[Address, tuple[Hold, ...]] = {}

    def held(video: VideoOutline) -> VideoOutline:
        found = (
            *video.holds,
            *unusable_holds(video, studio.media),
            *unset_holds(video, studio.unset),
        )
        if there is not None:
            found = tuple(dict.fromkeys((*found, *absent_holds(video, there))))
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
