"""Which texts a film has in its pictures, and when: titles of presenters, and captions burned in.

Knows the timeline and the areas of a frame; what a text looks like is its own module's matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.caption_files import Cue
from storyboard.narration.cleaning import clean_narration
from storyboard.scripts import is_written_right_to_left
from storyboard.studio.film.caption_bands import CaptionBand, rows_above
from storyboard.studio.film.frame_areas import text_area
from storyboard.studio.film.lower_thirds import lower_third, texts_of
from storyboard.studio.film.overlays import Overlay, drawing_key, fonts_key
from storyboard.studio.film.performers import Crew
from storyboard.studio.film.request import FilmError, FilmRequest, SceneTiming
from storyboard.studio.lettering.faces import CannotSet
from storyboard.studio.stage.placement import Layout

_FLASH_SECONDS: Final = 0.25
"""How long a text behind a cut is seen as a flash: for longer than cuts are ahead of sentences."""

_FLOATS: Final = 1e-6
"""Of a frame: what floats may add to the time of a frame."""


def lettering_key(request: FilmRequest, language: str) -> list[str]:
    """Return what a film's texts are set with; nothing if it has none in its pictures.

    Raises `FilmError` for letters that cannot be set here, before anything is spoken.
    """
    key = ["captions"] if request.burns_captions else []
    for index, scene in enumerate(request.scenes):
        texts = [] if scene.title is None else [*texts_of(scene.title)]
        if request.burns_captions:
            texts.append((clean_narration(scene.narration), False))
        try:
            key += fonts_key(texts, language)
        except CannotSet as cause:
            raise FilmError("no-font", cause.told, scene=index) from cause
    return [*drawing_key(), *sorted(dict.fromkeys(key))] if key else []


def scene_overlays(
    request: FilmRequest,
    index: int,
    timing: SceneTiming,
    cues: Sequence[Cue],
    layout: Layout,
    crew: Crew,
    language: str,
    cuts: Sequence[int] = (),
) -> tuple[Overlay, ...]:
    """Return the texts over a scene's pictures; `cues` are its captions, if they are burned in.

    A caption that begins soon after one of the `cuts`, frames of the scene, begins with it.
    """
    title, profile = request.scenes[index].title, request.profile
    if title is None and not cues:
        return ()
    area = text_area(layout, profile.width, profile.height, crew.placement)
    backwards = is_written_right_to_left(scene.narration for scene in request.scenes)
    shown = _captions(timing, cues, profile.fps, cuts)
    bands: list[Overlay] = [
        CaptionBand(lines, first, end, area, language, backwards) for lines, first, end in shown
    ]
    if title is not None:
        raised_to = rows_above(area) if request.burns_captions else None
        frames, fps = timing.frames, profile.fps
        bands.append(lower_third(title, frames, fps, area, raised_to, language))
    return tuple(bands)


def _captions(
    timing: SceneTiming, cues: Sequence[Cue], fps: int, cuts: Sequence[int]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Yield the lines of captions, and their first frame and the one behind their last.

    They are shown in the frames that are shown while a player shows them, or from a cut on: a text
    that stays for some frames behind it flashes, and would be filmed with what follows.
    """

    def frame_of(seconds: float) -> int:
        frame = _frame_at(seconds, fps) - timing.start_frame
        cut = max((cut for cut in cuts if cut <= frame), default=0)
        return cut if cut > 0 and frame - cut <= _FLASH_SECONDS * fps else frame

    for cue in cues:
        first, end = frame_of(cue.start), min(frame_of(cue.end), timing.frames)
        if first < end:
            yield tuple(cue.text.splitlines()), first, end


def _frame_at(seconds: float, fps: int) -> int:
    """Return the first frame that begins at a time or after it."""
    return math.ceil(seconds * fps - _FLOATS)
