"""A still of a medium as JPEG, at a second and a size. Knows files, no entry and no URL.

The way up, the shape of the pixels and the colors are those that a player shows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError
from av.video.reformatter import ColorRange, Colorspace

from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.fitting import Framing
from storyboard.studio.film.request import Clip
from storyboard.studio.media.opening import MediaError, probe_media

MAX_SIDE: Final = 2048
"""Pixels: anybody may ask for a still, and a square of 4096 took seconds. A film is 1920 wide."""


_LONGEST: Final = 1.0
"""CPU seconds until a still is of an earlier moment: anybody may ask for one, again and again."""


class StillFit(IntEnum):
    """How a picture meets a size of another shape, numbered as Kaltura's `type` is."""

    INSIDE = 1
    PADDED = 2
    CROPPED = 3


@dataclass(frozen=True, slots=True)
class Still:
    """The picture that is wanted: a side of 0 follows from the other, both from the medium."""

    second: float = 0.0
    width: int = 0
    height: int = 0
    fit: StillFit = StillFit.INSIDE


def thumbnail(
    path: Path, still: Still, clock: Callable[[], float] = time.thread_time
) -> bytes | None:
    """Return a JPEG, or `None` where the file shows nothing.

    It is of an earlier moment where the right one takes too long to reach, by CPU seconds.
    """
    begun = clock()

    def is_late() -> bool:
        return clock() - begun > _LONGEST

    try:
        facts = probe_media(path)
        if not facts.has_video:
            return None
        wide, tall = _size(facts.width, facts.height, still)
        clip = Clip(path, still.second)
        frame = next(clip_frames(clip, 0, 25, wide, tall, is_late, framing=Framing.COVER))
    except (MediaError, FFmpegError):
        return None
    # Named, since FFmpeg takes the older 601 where it is not told, and colors shift.
    rgb = frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)
    if still.fit is StillFit.PADDED and still.width and still.height:
        rgb = _padded(rgb, _allowed(still.width), _allowed(still.height))
    return jpeg(rgb)


def _size(wide: int, tall: int, still: Still) -> tuple[int, int]:
    """Return the size to scale to; only a crop has another shape than the medium."""
    if not still.width and not still.height:
        scale = 1.0
    elif not still.width or not still.height:
        scale = still.width / wide or still.height / tall
    elif still.fit is StillFit.CROPPED:
        return _allowed(still.width), _allowed(still.height)
    else:
        scale = min(still.width / wide, still.height / tall)
    scale = min(scale, MAX_SIDE / wide, MAX_SIDE / tall)
    return _allowed(round(wide * scale)), _allowed(round(tall * scale))


def _allowed(side: int) -> int:
    return min(max(side, 2), MAX_SIDE)


def _padded(rgb: np.ndarray, width: int, height: int) -> np.ndarray:
    """Put a picture into the middle of a white one."""
    tall, wide = min(rgb.shape[0], height), min(rgb.shape[1], width)
    canvas = np.full((height, width, 3), 255, np.uint8)
    top, left = (height - tall) // 2, (width - wide) // 2
    canvas[top : top + tall, left : left + wide] = rgb[:tall, :wide]
    return canvas


def jpeg(rgb: np.ndarray) -> bytes:
    """Encode RGB pixels as JPEG."""
    codec = av.CodecContext.create("mjpeg", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.height, codec.width = rgb.shape[:2]
    codec.pix_fmt, codec.time_base = "yuvj420p", Fraction(1, 25)
    picture = av.VideoFrame.from_ndarray(rgb, format="rgb24").reformat(
        format="yuvj420p", dst_colorspace=Colorspace.ITU601, dst_color_range=ColorRange.JPEG
    )
    picture.pts = 0
    return b"".join(bytes(packet) for packet in (*codec.encode(picture), *codec.encode(None)))
