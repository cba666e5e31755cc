"""Which way up a decoded picture is meant to be seen. Knows the display matrix, shows nothing."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from av import VideoFrame
from av.sidedata.sidedata import Type

from storyboard.studio.media.filtering import filtered, pulled, push

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    _Array = TypeVar("_Array", bound=npt.NDArray[np.generic])

_TRANSPOSE: Final = {(0, 0): "cclock_flip", (1, 0): "clock", (0, 1): "cclock", (1, 1): "clock_flip"}
"""FFmpeg's names for an exchange of the sides, then a mirror across, down, or both."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """What to do with a picture, in this order: exchange the sides, mirror across, mirror down."""

    transposed: bool = False
    across: bool = False
    down: bool = False

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return FFmpeg's filters that do it, with their arguments."""
        if self.transposed:
            return (("transpose", _TRANSPOSE[self.across, self.down]),)
        # Upside down is told by lines that are counted backwards, until the next step copies them.
        down = ("vflip", "hflip") if self.across else ("vflip", "copy")
        names = down if self.down else ("hflip",) * self.across
        return tuple((name, "") for name in names)

    def upright(self, pixels: _Array) -> _Array:
        """Return a view of pixels, rows first, the way up that is meant."""
        turned = pixels.swapaxes(0, 1) if self.transposed else pixels
        return turned[:: -1 if self.down else 1, :: -1 if self.across else 1]  # type: ignore[return-value]


UPRIGHT: Final = Orientation()

_NEWER: Final = 8
"""Kinds of data beside a frame that FFmpeg may know and PyAV not: the EXIF of a photo is one."""

_QUARTERS: Final = {
    90: Orientation(True, across=False, down=True),
    180: Orientation(False, across=True, down=True),
    270: Orientation(True, across=True, down=False),
}
"""Quarter turns to the left, in degrees."""


def orientation(frame: VideoFrame) -> Orientation:
    """Return how a frame is to be turned and mirrored: the nearest of the eight ways.

    The matrix takes (x, y) to (a x + c y, b x + d y), the axes to the right and down (ISO
    14496-12 §6.2.2). Cameras write quarter turns and editors mirrors; a few degrees are a slip of
    a tool, and would show black corners.
    """
    try:
        told = _tiny(frame).side_data.get(Type.DISPLAYMATRIX)  # type: ignore[call-overload]
    except ValueError:  # PyAV fails for all, where a frame has data of a kind that it knows not
        return _QUARTERS.get(round(frame.rotation / 90) * 90 % 360, UPRIGHT)
    if told is None:
        return UPRIGHT
    a, b, _, c, d, *_ = struct.unpack("=9i", bytes(told))
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(False, a < 0, d < 0)
    return Orientation(True, c < 0, b < 0)


def _tiny(frame: VideoFrame) -> VideoFrame:
    """Return a frame of a few pixels with the same matrix, and without what PyAV fails for.

    PyAV ties a frame whose matrix is read to itself, with all its pixels, until the garbage
    collector comes by: that may be long, and a picture may take 200 MB.
    """
    first = len(Type)
    unknown = range(first, first + _NEWER)
    without = (("sidedata", f"mode=delete:type={number}") for number in unknown)
    graph = filtered(frame, ("scale", "2:2:flags=neighbor"), *without)
    push(graph, frame)
    return pulled(graph, frame)
