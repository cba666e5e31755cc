"""In which colors a decoded picture is, by its tags and its size. Converts nothing."""

from __future__ import annotations

from enum import Enum
from typing import Final

from av import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

BT709: Final = Colorspace.ITU709.value
"""Numbers, since to look an enumeration's up takes as long as to scale a small cell."""

LIMITED, FULL = ColorRange.MPEG.value, ColorRange.JPEG.value

_BT601, _BT2020 = Colorspace.ITU601.value, Colorspace.BT2020.value
_MATRICES: Final = {
    1: BT709, 4: Colorspace.FCC.value, 5: _BT601, 6: _BT601, 7: Colorspace.SMPTE240M.value,
    9: _BT2020, 10: _BT2020,
}  # fmt: skip
"""By the number of ITU-T H.273 §8.3; 10 is taken for 9, as players do."""

_PQ, _HLG = ColorTrc.SMPTE2084.value, ColorTrc.ARIB_STD_B67.value
_WIDE: Final = ColorPrimaries.BT2020.value
_HD_WIDTH, _HD_HEIGHT = 1280, 577
"""From one of them on, a picture that tells no matrix is taken for HD, as players do."""


class Light(Enum):
    """How a picture's numbers stand for light, where that is not the film's own way."""

    PQ = "pq"
    HLG = "hlg"
    WIDE = "wide"
    """The usual way, in the primaries of BT.2020."""


def matrix_of(frame: VideoFrame) -> int:
    """Return swscale's number of the frame's matrix; a guess by size where it is not told."""
    told = _MATRICES.get(frame.colorspace)
    if told is not None:
        return told
    return BT709 if frame.width >= _HD_WIDTH or frame.height >= _HD_HEIGHT else _BT601


def range_of(frame: VideoFrame) -> int:
    """Return whether black is 0 or 16, as swscale numbers it."""
    full = frame.color_range == FULL or frame.format.name.startswith(("yuvj", "rgb"))
    return FULL if full else LIMITED


def light_of(frame: VideoFrame) -> Light | None:
    """Return how a frame is lit, None for the film's own way: BT.709 and what is near to it."""
    if frame.color_trc == _PQ:
        return Light.PQ
    if frame.color_trc == _HLG:
        return Light.HLG
    is_wide = frame.color_primaries == _WIDE or matrix_of(frame) == _BT2020
    return Light.WIDE if is_wide else None
