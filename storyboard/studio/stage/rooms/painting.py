"""Paints what stands behind a presenter: a solid color, a room, an image. Knows no figure."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, assert_never

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.error import FFmpegError

from storyboard.studio.media.decoding import is_clear
from storyboard.studio.media.opening import MediaError, open_media
from storyboard.studio.media.orientation import orientation
from storyboard.studio.media.tracks import picture_track
from storyboard.studio.stage.affine import scaling
from storyboard.studio.stage.canvas import Piece, Pixels
from storyboard.studio.stage.raster import rasterise
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.studio.stage.rooms.rooms import LIBRARY_IDS, room_svg

__all__ = ["LIBRARY_IDS", "BackdropError", "draw_backdrop"]

_Floats = npt.NDArray[np.floating[Any]]

_COLOR = re.compile("#" + "([0-9A-Fa-f]{2})" * 3)
_ROWS = 40
"""Rows that are painted at once."""


class BackdropError(Exception):
    """The background is not in the library, not a color, or not a readable image."""


def draw_backdrop(backdrop: Backdrop, width: int, height: int) -> Pixels:
    """Paint a background: RGB, shape (height, width, 3); read-only, since it is shared.

    Raises BackdropError.
    """
    match backdrop.kind:
        case BackdropKind.COLOR:
            return _solid(backdrop.value, width, height)
        case BackdropKind.LIBRARY:
            if backdrop.value not in LIBRARY_IDS:
                raise BackdropError(f"no library background '{backdrop.value}'")
            return _room(backdrop.value, width, height)
        case BackdropKind.IMAGE:
            return _image(Path(backdrop.value), width, height)
        case _:
            assert_never(backdrop.kind)


@lru_cache(maxsize=8)
def _solid(color: str, width: int, height: int) -> Pixels:
    found = _COLOR.fullmatch(color)
    if found is None:
        raise BackdropError(f"not a color: '{color}'")
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:] = [int(part, 16) for part in found.groups()]
    pixels.setflags(write=False)
    return pixels


@lru_cache(maxsize=8)
def _room(name: str, width: int, height: int) -> Pixels:
    scale = max(width / 1920, height / 1080)
    size = (1920 * scale, 1080 * scale)
    x0, y0 = round((size[0] - width) / 2), round((size[1] - height) / 2)
    box = (x0, y0, x0 + width, y0 + height)
    rgba = rasterise([Piece(room_svg(name), scaling(scale))], box, blur=9.0 * scale)

    def darkened(rows: slice, y: _Floats, x: _Floats) -> _Floats:
        edge = np.clip((x * x + y * y) - 0.16, 0.0, 1.0)
        return np.asarray(rgba[rows, :, :3] * (1.0 - 0.36 * edge)[..., None])

    return _painted(width, height, darkened)


def _image(path: Path, width: int, height: int) -> Pixels:
    """Read an image the way up that viewers show it, cut to the frame's shape, then scaled."""
    try:
        with open_media(path) as container:
            stream = picture_track(container)
            if stream is None:
                raise BackdropError(f"'{path.name}' has no picture")
            frame = next(container.decode(stream))
            picture = orientation(frame).upright(_opaque(frame))
    except (MediaError, FFmpegError, StopIteration) as error:
        raise BackdropError(f"'{path.name}' is not a readable image") from error
    tall, wide = picture.shape[:2]
    shape = width / height
    keep_wide, keep_tall = (
        max(1, min(wide, round(tall * shape))),
        max(1, min(tall, round(wide / shape))),
    )
    x, y = (wide - keep_wide) // 2, (tall - keep_tall) // 2
    kept = np.ascontiguousarray(picture[y : y + keep_tall, x : x + keep_wide])
    scaled = VideoFrame.from_ndarray(kept, format="rgb24").reformat(
        width=width, height=height, interpolation="BICUBIC"
    )
    return np.asarray(scaled.to_ndarray(), np.uint8)


def _opaque(frame: VideoFrame) -> Pixels:
    """Return a frame's RGB; what can be seen through shows white, as on a page."""
    if not is_clear(frame):
        return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    rgba = frame.to_ndarray(format="rgba")
    for top in range(0, len(rgba), _ROWS):
        rows = rgba[top : top + _ROWS].astype(np.uint16)
        alpha = rows[..., 3:]
        rgba[top : top + _ROWS, :, :3] = (rows[..., :3] * alpha + 255 * (255 - alpha) + 127) // 255
    return np.asarray(rgba[..., :3])


def _painted(
    width: int, height: int, colors: Callable[[slice, _Floats, _Floats], _Floats]
) -> Pixels:
    """Paint some rows at a time, so that the work fits the cache; lock the result.

    `colors` is given rows, and y and x of their pixels, from -0.5 to 0.5. What it returns is
    rounded with a fixed fine grain, so that soft gradients show no bands.
    """
    x = (np.arange(width, dtype=np.float32) + 0.5)[None, :] / width - 0.5
    grain = np.random.default_rng(20)
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, _ROWS):
        rows = slice(top, min(height, top + _ROWS))
        y = (np.arange(rows.start, rows.stop, dtype=np.float32) + 0.5)[:, None] / height - 0.5
        picture = colors(rows, y, x) + grain.random((len(y), width), np.float32)[..., None]
        pixels[rows] = np.clip(picture, 0, 255)
    pixels.setflags(write=False)
    return pixels
