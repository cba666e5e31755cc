"""Turns SVG into pixels by thorvg. Knows no figure."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import numpy as np
import numpy.typing as npt
from thorvg_python.base import Colorspace, Result
from thorvg_python.canvas.sw import SwCanvas
from thorvg_python.engine import Engine
from thorvg_python.paint.picture import Picture
from thorvg_python.paint.scene import Scene

Pixels = npt.NDArray[np.uint8]

_LOCK = Lock()
"""The binding declares some functions anew at each call, for all threads; drawing is not one."""


class DrawingError(Exception):
    """The renderer refused a drawing: a bug of ours, or of the renderer."""


def rasterise(
    svg: str, size: tuple[float, float], box: tuple[int, int, int, int], blur: float = 0.0
) -> Pixels:
    """Draw an SVG scaled to `size` (width, height) and return the pixels of `box`.

    `box` is (x0, y0, x1, y1) in pixels of the scaled drawing. RGBA with straight alpha, shape
    (y1 - y0, x1 - x0, 4). `blur` is a radius in pixels.
    """
    x0, y0, x1, y1 = box
    engine = _engine()
    canvas = SwCanvas(engine)
    try:
        with _LOCK:
            canvas.set_target(x1 - x0, y1 - y0, cs=Colorspace.ABGR8888S)
            picture = Picture(engine)
            _must(picture.load_data(svg.encode(), "svg", None, True))
        _must(picture.set_size(*size))
        _must(picture.translate(-x0, -y0))
        _must(canvas.add(_blurred(picture, engine, blur) if blur > 0 else picture))
        _must(canvas.draw(True))
        _must(canvas.sync())
        if canvas.buffer_arr is None:
            raise DrawingError("the renderer gave no pixels")
        pixels = np.frombuffer(memoryview(canvas.buffer_arr).cast("B"), np.uint8)
        return pixels.reshape(y1 - y0, x1 - x0, 4).copy()
    finally:
        canvas.destroy()


def _blurred(picture: Picture, engine: Engine, radius: float) -> Scene:
    scene = Scene(engine)
    _must(scene.add(picture))
    _must(scene.add_effect_gaussian_blur(radius, 0, 0, 100))
    return scene


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(threads=0)


def _must(result: Result) -> None:
    if result is not Result.SUCCESS:
        raise DrawingError(f"the renderer answered {result.name}")
