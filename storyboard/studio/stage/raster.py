"""Turns pieces of SVG into pixels, and draws none that cannot be seen. Knows no figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from storyboard.studio.stage.canvas import Box, Piece, Pixels, drawn
from storyboard.studio.stage.coverage import reaches

_LARGEST_KEPT: Final = 2**17
"""Pixels of a drawing that is kept for what comes over it: a face has fewer, a body has more."""


def rasterise(pieces: Sequence[Piece], box: Box, blur: float = 0.0, *, still: int = 0) -> Pixels:
    """Draw pieces one upon the other, placed in pixels, and return those of `box`.

    `box` is (x0, y0, x1, y1). RGBA, colors times alpha, shape (y1 - y0, x1 - x0, 4). `blur` is
    a radius in pixels. Parsing takes as long as drawing little, so an SVG that comes again in
    another place should be the same string. A piece of which nothing can be seen is not drawn.
    The first `still` pieces are drawn once for all that comes over them in the same box.
    """
    if blur > 0:
        return drawn(pieces, box, blur)
    if still and (box[2] - box[0]) * (box[3] - box[1]) <= _LARGEST_KEPT:
        # The first that moves is why the box is drawn: to look where it colors took 1 ms for each.
        above = [pieces[still], *_seen(pieces[still + 1 :], box)]
        return drawn(above, box, onto=_kept(tuple(pieces[:still]), box))
    return drawn(_seen(pieces, box), box)


def _seen(pieces: Sequence[Piece], box: Box) -> list[Piece]:
    return [piece for piece in pieces if reaches(piece, box)]


@lru_cache(maxsize=32)
def _kept(pieces: tuple[Piece, ...], box: Box) -> Pixels:
    return drawn(_seen(pieces, box), box)
