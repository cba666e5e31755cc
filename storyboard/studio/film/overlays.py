"""Texts over pictures, frame by frame: laid on, and taken off again. Knows no presenter.

What a picture shows below a text is kept while the text is there: pictures of a scene are painted
over the ones before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from av import VideoFrame

from storyboard.studio.film.caption_bands import CaptionBand
from storyboard.studio.film.lower_thirds import LowerThird
from storyboard.studio.film.panels import faded
from storyboard.studio.film.picture import Patch, even_sides, patch, planes_of
from storyboard.studio.lettering.faces import set_in_runs
from storyboard.studio.lettering.lines import setter_name

Overlay = LowerThird | CaptionBand

_VERSION: Final = "2"
"""Changes whenever a text would be drawn otherwise."""


def within(overlays: Sequence[Overlay], first: int, end: int) -> tuple[Overlay, ...]:
    """Return those that are seen between two frames of a scene, in frames since the first."""
    return tuple(
        replace(each, first=each.first - first, end=each.end - first)
        for each in overlays
        if each.first < end and first < each.end
    )


def overlays_key(overlays: Sequence[Overlay]) -> list[str]:
    """Return what texts over a picture depend on; raises `CannotSet`."""
    if not overlays:
        return []
    fonts = sorted({name for each in overlays for name in fonts_key(each.texts, each.language)})
    return [*drawing_key(), *fonts, *map(repr, overlays)]


def drawing_key() -> list[str]:
    """Return what all texts over pictures are drawn with."""
    return [_VERSION, setter_name()]


def fonts_key(texts: Iterable[tuple[str, bool]], language: str) -> list[str]:
    """Return what tells the faces of texts from others; raises `CannotSet`."""
    runs = (run for text, bold in texts for run in set_in_runs(text, language, bold=bold))
    return [f"{_digest(run.face.path)}#{run.face.index}" for run in runs]


def with_overlays(
    pictures: Iterable[VideoFrame], overlays: Sequence[Overlay]
) -> Iterator[VideoFrame]:
    """Yield pictures with the texts that are over them."""
    drawn = [(each, *each.draw()) for each in overlays]
    kept: dict[tuple[int, float], Patch] = {}
    for frame, picture in enumerate(pictures):
        shown = []
        for number, (each, image, x, y) in enumerate(drawn):
            opacity = each.opacity(frame) if each.first <= frame < each.end else 0.0
            if opacity > 0:
                key = number, opacity
                if key not in kept:
                    kept[key] = patch(*even_sides(faded(image, opacity), x, y))
                shown.append(kept[key])
        planes = planes_of(picture)
        below = [region for laid in shown for region in laid.below(planes)]
        saved = [region.copy() for region in below]
        for laid in shown:
            laid.blend(planes)
        yield picture
        for region, its in zip(below, saved, strict=True):
            np.copyto(region, its)


@lru_cache(maxsize=256)
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
