"""Draws SVG pieces by thorvg into pixels. Knows no figure, and draws all that it is given."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np
import numpy.typing as npt
from thorvg_python.base import Colorspace, Matrix, Result
from thorvg_python.canvas.sw import SwCanvas
from thorvg_python.engine import Engine
from thorvg_python.paint.picture import Picture
from thorvg_python.paint.scene import Scene

from storyboard.studio.stage.affine import IDENTITY, Affine, translation

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]

_LOCK = Lock()
"""The binding declares some functions anew at each call, for all threads, and the renderer counts
who shares a parsed picture without a lock of its own. Drawing needs none."""

_MOST_PICTURES: Final = 256
"""Parsed pictures that are kept: some ten of a presenter, and one for each mouth, of 20 KiB."""


class DrawingError(Exception):
    """The renderer refused a drawing: a bug of ours, or of the renderer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An SVG, and where its own coordinates come to lie."""

    svg: str
    place: Affine = IDENTITY


def size_of(svg: str) -> tuple[float, float]:
    """Return the width and the height that an SVG says it has."""
    with _LOCK:
        return _pictures().size_of(svg)


def drawn(
    pieces: Sequence[Piece], box: Box, blur: float = 0.0, onto: Pixels | None = None
) -> Pixels:
    """Draw pieces one upon the other, on nothing or onto a copy of pixels of the same box.

    What is drawn in two goes is what one go draws: the renderer lays each shape by itself over
    the bytes that are there.
    """
    x0, y0, x1, y1 = box
    with _LOCK:  # of two engines that threads begin at once, the one given up ends the other
        canvas = SwCanvas(_engine())
    try:
        with _LOCK:
            canvas.set_target(x1 - x0, y1 - y0, cs=Colorspace.ABGR8888)
            pictures = [_pictures().copy_of(piece.svg) for piece in pieces]
        if canvas.buffer_arr is None:
            raise DrawingError("the renderer gave no pixels")
        target = np.frombuffer(memoryview(canvas.buffer_arr).cast("B"), np.uint8)
        pixels = target.reshape(y1 - y0, x1 - x0, 4)
        if onto is not None:
            np.copyto(pixels, onto)
        for picture, piece in zip(pictures, pieces, strict=True):
            _must(picture.set_transform(_matrix(translation(-x0, -y0) @ piece.place)))
            _must(canvas.add(_blurred(picture, blur) if blur > 0 else picture))
        _must(canvas.draw(onto is None))
        _must(canvas.sync())
        return pixels.copy()
    finally:
        with _LOCK:
            canvas.destroy()


class _Pictures:
    """Owns the pictures parsed last. Not safe for threads by itself."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Picture] = OrderedDict()

    def copy_of(self, svg: str) -> Picture:
        """Return a copy of the parsed SVG for one canvas, which will own it."""
        copy = self._parsed_once(svg).duplicate()
        if copy is None:
            raise DrawingError("the renderer did not copy a picture")
        return Picture(_engine(), copy)

    def size_of(self, svg: str) -> tuple[float, float]:
        """Return the width and the height that an SVG says it has."""
        result, width, height = self._parsed_once(svg).get_size()
        _must(result)
        return width, height

    def _parsed_once(self, svg: str) -> Picture:
        if svg in self._kept:
            self._kept.move_to_end(svg)
        else:
            self._kept[svg] = _parsed(svg)
            if len(self._kept) > _MOST_PICTURES:
                _, oldest = self._kept.popitem(last=False)
                oldest._rel()  # the binding has no public name for it
        return self._kept[svg]


def _parsed(svg: str) -> Picture:
    picture = Picture(_engine())
    _must(picture.load_data(svg.encode(), "svg", None, True))
    return picture


def _matrix(of: Affine) -> Matrix:
    return Matrix(of.a, of.c, of.e, of.b, of.d, of.f, 0.0, 0.0, 1.0)


def _blurred(picture: Picture, radius: float) -> Scene:
    scene = Scene(_engine())
    _must(scene.add(picture))
    _must(scene.add_effect_gaussian_blur(radius, 0, 0, 100))
    return scene


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(threads=0)


@lru_cache(maxsize=1)
def _pictures() -> _Pictures:
    return _Pictures()


def _must(result: Result) -> None:
    if result is not Result.SUCCESS:
        raise DrawingError(f"the renderer answered {result.name}")
