"""A still of a medium as JPEG, at a second and a size. Knows files, no entry and no URL."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.error import FFmpegError

from storyboard.studio.film.media import MediaError, open_media

MAX_SIDE: Final = 4096


def thumbnail(path: Path, second: float, width: int, height: int) -> bytes | None:
    """Return a JPEG, or `None` where the file shows nothing.

    A side of 0 follows from the other; with both 0 the picture keeps its size.
    """
    try:
        with open_media(path) as container:
            frame = _frame_at(container, second)
    except (MediaError, FFmpegError):
        return None
    if frame is None:
        return None
    wide, tall = _size(frame.width, frame.height, width, height)
    codec = av.CodecContext.create("mjpeg", "w")
    assert isinstance(codec, av.VideoCodecContext)
    codec.width, codec.height, codec.pix_fmt = wide, tall, "yuvj420p"
    codec.time_base = Fraction(1, 25)
    still = frame.reformat(wide, tall, "yuvj420p")
    still.pts = 0
    return b"".join(bytes(packet) for packet in (*codec.encode(still), *codec.encode(None)))


def _frame_at(container: InputContainer, second: float) -> av.VideoFrame | None:
    """Return the picture shown at a second; the last one where the film is over by then."""
    if not container.streams.video:
        return None
    if container.duration:
        container.seek(int(second * av.time_base), backward=True)
    last: av.VideoFrame | None = None
    for frame in container.decode(video=0):
        if last is not None and frame.time is not None and frame.time > second:
            break
        last = frame
    return last


def _size(wide: int, tall: int, width: int, height: int) -> tuple[int, int]:
    if not width and not height:
        width, height = wide, tall
    width = width or round(height * wide / tall)
    height = height or round(width * tall / wide)
    return min(max(width, 2), MAX_SIDE), min(max(height, 2), MAX_SIDE)
