"""Which videos wait for a file, an entry, a font or a name. Asks no studio itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from storyboard.checks.absent_entries import absent_holds
from storyboard.checks.outline import VideoOutline
from storyboard.checks.shared_names import shared_name_holds
from storyboard.checks.studio_facts import StudioFacts
from storyboard.checks.unset_letters import unset_holds
from storyboard.checks.unusable_media import tell_apart, unusable_holds
from storyboard.source.span import Span
from storyboard.units.merging import with_pieces
from storyboard.units.unit import Piece, Unit


def with_holds(
    units: tuple[Unit, ...], studio: StudioFacts, *, by_name: bool = False
) -> tuple[tuple[Unit, ...], StudioFacts]:
    """Hold the videos that wait for a file, an entry or a font, and for a name if it is their key.

    The studio is not asked if none could.
    Returns the units with what is held, and what was learned of the studio.
    """
    outlines = [v for unit in units for piece in unit.pieces for v in piece.outline.videos]
    look = tell_apart(studio.media, outlines) if studio.films_here else studio.media
    asks = any(video.alone for video in outlines)
    there = studio.entries() if asks and studio.entries is not None else None
    studio = replace(studio, media=look, entries=lambda: there)
    if any(v.uses or v.lettered or (v.alone and there is not None) for v in outlines):
        units = tuple(_held_unit(unit, studio, there) for unit in units)
    return tuple(map(_told_apart, units)) if by_name else units, studio


def _held_unit(unit: Unit, studio: StudioFacts, there: Collection[str] | None) -> Unit:

    def held(video: VideoOutline) -> VideoOutline:
        found = (
            *video.holds,
            *unusable_holds(video, studio.media),
            *unset_holds(video, studio.unset),
        )
        if there is not None:
            found = tuple(dict.fromkeys((*found, *absent_holds(video, there))))
        return video if found == video.holds else replace(video, holds=found)

    return _with_held(unit, held)


def _told_apart(unit: Unit) -> Unit:
    outlines = [piece.outline for piece in unit.pieces]
    named = {tag: span for outline in outlines for tag, span in outline.locales}
    videos = [video for outline in outlines for video in outline.videos]
    # As the locales are written, the source's first, whichever of them are asked for.
    videos.sort(key=lambda video: _place(named.get(video.address.locale or "")))
    shared = shared_name_holds(videos)

    def held(video: VideoOutline) -> VideoOutline:
        hold = shared.get(video.address)
        return video if hold is None else replace(video, holds=(*video.holds, hold))

    return _with_held(unit, held) if shared else unit


def _place(span: Span | None) -> tuple[int, int]:
    return (0, 0) if span is None else (span.line, span.column)


def _with_held(unit: Unit, held: Callable[[VideoOutline], VideoOutline]) -> Unit:
    def changed(piece: Piece) -> Piece:
        videos = tuple(map(held, piece.outline.videos))
        return replace(piece, outline=replace(piece.outline, videos=videos))

    unit = with_pieces(unit, changed)
    holds = {v.address: v.holds for piece in unit.pieces for v in piece.outline.videos}
    videos = (
        video if holds[video.address] == video.holds else replace(video, holds=holds[video.address])
        for video in unit.videos
    )
    return replace(unit, videos=tuple(videos))
