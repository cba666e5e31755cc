"""What of its own plane an SVG colors, by a coarse drawing. Knows no figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor
from typing import Final

import numpy as np
import numpy.typing as npt

from storyboard.studio.stage.affine import scaling, translation
from storyboard.studio.stage.canvas import Box, Piece, drawn, size_of

_COARSE: Final = 4
"""How much smaller a picture is drawn to find out what of its place it colors."""

_AROUND: Final = 64
"""Units around a picture in which is looked too: a drawing may leave its sheet a little."""


@dataclass(frozen=True, slots=True, eq=False)
class _Coverage:
    """The alpha of a coarse drawing, with two clear cells more on each side."""

    alpha: npt.NDArray[np.uint8]

    def around(self, x0: float, y0: float, x1: float, y1: float) -> npt.NDArray[np.uint8]:
        """Return the cells of a rectangle of the SVG's plane, and one more on each side.

        What a coarse pixel cannot show lies beside one that does.
        """
        rows, columns = self.alpha.shape
        left, right = (min(max(0, cell), columns) for cell in _cells(x0, x1))
        top, bottom = (min(max(0, cell), rows) for cell in _cells(y0, y1))
        return self.alpha[top:bottom, left:right]


def reaches(piece: Piece, box: Box) -> bool:
    """Tell whether a piece may color a pixel of a box of the plane in which it is placed."""
    back = piece.place.inverse()
    corners = [back.at(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, along = zip(*corners, strict=True)
    cells = _coverage(piece.svg).around(min(across), min(along), max(across), max(along))
    return bool(cells.any())


def _cells(start: float, end: float) -> tuple[int, int]:
    """Return the first cell of a range, and the one after its last, with one more on each side."""
    return floor((start + _AROUND) / _COARSE) + 1, ceil((end + _AROUND) / _COARSE) + 3


@lru_cache(maxsize=1024)
def _coverage(svg: str) -> _Coverage:
    width, height = size_of(svg)
    size = ceil(width + 2 * _AROUND), ceil(height + 2 * _AROUND)
    whole = (0, 0, size[0] // _COARSE + 1, size[1] // _COARSE + 1)
    place = scaling(1 / _COARSE) @ translation(_AROUND, _AROUND)
    return _Coverage(np.pad(drawn([Piece(svg, place)], whole)[..., 3], 2))
