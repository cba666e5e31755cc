"""Pictures as the encoder wants them: BT.709 planes in 4:2:0, and patches blended into them.

Knows pixels, no presenter and no file. Colors are converted once for each drawing, never for
each frame. Rectangles (x0, y0, x1, y1) are even, so that chroma samples belong to one side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import ColorRange, Colorspace

Image = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
Planes = tuple[Image, Image, Image]
"""Luma and the two chroma planes: shapes (h, w) and twice (h/2, w/2)."""

MARGIN = 8
"""Pixels converted around a region, so that chroma filters see its true neighbors."""

CLEAR = 256
"""What a patch keeps of the picture where it has nothing of its own."""

BLACK = (16, 128, 128)
"""In the three planes, of limited range."""


@dataclass(frozen=True, slots=True)
class Tile:
    """An opaque piece of picture and its place."""

    x: int
    y: int
    planes: Planes

    def stamp(self, canvas: Planes) -> None:
        """Copy it into the picture."""
        for below, mine, by in zip(canvas, self.planes, (1, 2, 2), strict=True):
            height, width = mine.shape
            x, y = self.x // by, self.y // by
            below[y : y + height, x : x + width] = mine


@dataclass(frozen=True, slots=True)
class Patch:
    """A translucent piece: out = (below * `keep` + `add`) / 256, for each plane."""

    x: int
    y: int
    keep: tuple[npt.NDArray[np.uint16], ...]
    add: tuple[npt.NDArray[np.uint16], ...]

    @property
    def box(self) -> Box:
        """Its place in the picture."""
        height, width = self.keep[0].shape
        return self.x, self.y, self.x + width, self.y + height

    def blend(self, canvas: Planes) -> None:
        """Lay it over the picture."""
        for region, keep, add in zip(self.below(canvas), self.keep, self.add, strict=True):
            mixed = region * keep
            mixed += add
            mixed >>= 8
            region[...] = mixed

    def below(self, canvas: Planes) -> Planes:
        """Return a view of what of the picture it lies over."""
        y, u, v = (
            plane[self.y // by : self.y // by + len(keep), self.x // by :][:, : keep.shape[1]]
            for plane, keep, by in zip(canvas, self.keep, (1, 2, 2), strict=True)
        )
        return y, u, v

    def part(self, box: Box) -> Patch:
        """Return what of it lies in an even rectangle of the picture."""
        x0, y0, x1, y1 = self._within(box)
        return Patch(
            self.x + x0,
            self.y + y0,
            tuple(
                each[y0 // by : y1 // by, x0 // by : x1 // by] for each, by in self._by(self.keep)
            ),
            tuple(
                each[y0 // by : y1 // by, x0 // by : x1 // by] for each, by in self._by(self.add)
            ),
        )

    def own(self) -> Patch:
        """Return a copy, for another patch to be put into."""
        keep, add = (tuple(each.copy() for each in planes) for planes in (self.keep, self.add))
        return Patch(self.x, self.y, keep, add)

    def put(self, other: Patch) -> None:
        """Take what of another patch lies in it in place of its own; it need not reach there."""
        x0, y0, x1, y1 = other.box
        if x0 >= self.box[2] or y0 >= self.box[3] or x1 <= self.x or y1 <= self.y:
            return
        its = other.part(self.box)
        for mine, theirs in ((self.keep, its.keep), (self.add, its.add)):
            for each, part, by in zip(mine, theirs, (1, 2, 2), strict=True):
                height, width = part.shape
                x, y = (its.x - self.x) // by, (its.y - self.y) // by
                each[y : y + height, x : x + width] = part

    def _within(self, box: Box) -> Box:
        height, width = self.keep[0].shape
        x0, y0, x1, y1 = box
        return (
            max(0, x0 - self.x), max(0, y0 - self.y),
            min(width, x1 - self.x), min(height, y1 - self.y),
        )  # fmt: skip

    @staticmethod
    def _by(
        planes: tuple[npt.NDArray[np.uint16], ...],
    ) -> Iterator[tuple[npt.NDArray[np.uint16], int]]:
        return zip(planes, (1, 2, 2), strict=True)


def even_box(box: Box, width: int, height: int) -> Box:
    """Grow a rectangle to even edges, within the picture."""
    x0, y0, x1, y1 = box
    return (
        max(0, x0 - x0 % 2), max(0, y0 - y0 % 2),
        min(width, x1 + x1 % 2), min(height, y1 + y1 % 2),
    )  # fmt: skip


def opaque(picture: Image) -> Image:
    """Return an RGB picture as RGBA, which is quicker to work with."""
    return np.dstack((picture, np.full(picture.shape[:2], 255, np.uint8)))


def composed(below: Image, above: Image, x: int, y: int) -> Image:
    """Return opaque `below` with `above` on it at (x, y), in bounds; RGBA, colors times alpha.

    Only edges are mixed: most of a drawing hides what is below, or shows it.
    """
    out = below.copy()
    height, width = above.shape[:2]
    under = out[y : y + height, x : x + width]
    alpha = np.ascontiguousarray(above[..., 3])
    np.copyto(_whole(under), _whole(above), where=alpha == 255)
    edges = alpha - np.uint8(1) < 254  # 0 is 255 then
    its = _bytes(_whole(above)[edges])
    mixed = _bytes(_whole(under)[edges]) * (255 - its[:, 3:].astype(np.uint16))
    mixed += 128
    mixed += mixed >> 8
    mixed >>= 8
    mixed += its
    _whole(under)[edges] = _whole(mixed.astype(np.uint8))
    return out


def tile(paint: Callable[[Box], Image], box: Box, width: int, height: int) -> Tile:
    """Convert one rectangle of a picture, as if the whole picture had been converted.

    `paint` gives the RGBA pixels of a rectangle of the picture, which is `width` by `height`.
    """
    x0, y0, x1, y1 = box
    left, top = max(0, x0 - MARGIN), max(0, y0 - MARGIN)
    around = (left, top, min(width, x1 + MARGIN), min(height, y1 + MARGIN))
    y, u, v = (
        plane[(y0 - top) // by : (y1 - top) // by, (x0 - left) // by : (x1 - left) // by]
        for plane, by in zip(_converted(paint(around)), (1, 2, 2), strict=True)
    )
    return Tile(x0, y0, (y, u, v))


def even_sides(sprite: Image, x: int, y: int) -> tuple[Image, int, int]:
    """Add clear pixels where the sprite's edges at (x, y) are odd; return it and its corner."""
    height, width = sprite.shape[:2]
    left, top, right, bottom = x % 2, y % 2, (x + width) % 2, (y + height) % 2
    if not (left or top or right or bottom):
        return sprite, x, y
    padded = np.zeros((top + height + bottom, left + width + right, 4), np.uint8)
    padded[top : top + height, left : left + width] = sprite
    return padded, x - left, y - top


def patch(sprite: Image, x: int, y: int) -> Patch:
    """Convert an RGBA drawing with even sides, colors times alpha, to stand at the even (x, y)."""
    alpha = np.ascontiguousarray(sprite[..., 3])
    rows = alpha[0::2].astype(np.uint16) + alpha[1::2]
    full, half = _KEPT_OF_ONE[alpha], _KEPT_OF_FOUR[rows[:, 0::2] + rows[:, 1::2]]
    keep = (full, half, half)
    add = tuple(
        _added(plane, part, black)
        for plane, part, black in zip(_converted(sprite), keep, BLACK, strict=True)
    )
    return Patch(x, y, keep, add)


def _added(plane: Image, keep: npt.NDArray[np.uint16], black: int) -> npt.NDArray[np.uint16]:
    """Return what a patch adds: its samples, but for the black that what it keeps has itself."""
    mine = plane.astype(np.int32)
    mine <<= 8
    mine += 128
    mine -= np.multiply(keep, black, dtype=np.int32)
    return np.maximum(mine, 0, out=mine).astype(np.uint16)


_KEPT_OF_ONE: Final = (256 - (np.arange(256) * 256 + 127) // 255).astype(np.uint16)
"""What is kept under a pixel of each alpha."""

_KEPT_OF_FOUR: Final = (256 - (np.arange(1021) * 256 + 510) // 1020).astype(np.uint16)
"""The same under a chroma sample, by the sum of the alphas of its four pixels."""


def _whole(pixels: Image) -> npt.NDArray[np.uint32]:
    """Return a view of RGBA pixels as one number each."""
    return pixels.view(np.uint32)[..., 0]


def _bytes(pixels: npt.NDArray[np.uint32]) -> Image:
    """Return a view of a row of pixels as RGBA again."""
    return pixels.view(np.uint8).reshape(-1, 4)


def _converted(rgba: Image) -> Planes:
    frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(rgba), format="rgba").reformat(
        format="yuv420p",
        src_colorspace=Colorspace.ITU709,
        dst_colorspace=Colorspace.ITU709,
        src_color_range=ColorRange.JPEG,
        dst_color_range=ColorRange.MPEG,
        threads=1,
    )
    return planes_of(frame)


def planes_of(frame: VideoFrame) -> Planes:
    """Return writable views of a yuv420p frame's planes, without the padding of their lines."""
    y, u, v = (plane_pixels(plane) for plane in frame.planes)
    return y, u, v


def copy_planes(into: Planes, planes: Planes) -> None:
    """Copy a picture over another one of its size."""
    for mine, its in zip(into, planes, strict=True):
        np.copyto(mine, its)


def own_copy(planes: Planes) -> VideoFrame:
    """Return a picture of its own for planes."""
    height, width = planes[0].shape
    frame = VideoFrame(width, height, "yuv420p")
    copy_planes(planes_of(frame), planes)
    return frame


def middle(planes: Planes, width: int, height: int) -> Planes:
    """Return the middle of a picture, on whole chroma samples."""
    tall, wide = planes[0].shape
    top, left = (tall - height) // 4 * 2, (wide - width) // 4 * 2
    y, u, v = (
        plane[top // by :, left // by :][: -(-height // by), : -(-width // by)]
        for plane, by in zip(planes, (1, 2, 2), strict=True)
    )
    return y, u, v


def plane_pixels(plane: VideoPlane) -> Image:
    """Return a writable view of a plane of bytes, without the padding of its lines."""
    size = plane.height, plane.width
    return np.ndarray(size, np.uint8, memoryview(plane), 0, (plane.line_size, 1))
