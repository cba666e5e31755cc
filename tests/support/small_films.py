"""Real MP4 films of a few hundred bytes a second, told apart by a mark in their last box."""

from __future__ import annotations

import io
from functools import cache

import av
import numpy as np


def film(seconds: float, mark: str = "") -> bytes:
    """Return a film of a gray picture, two frames a second; `mark` ends it."""
    return _film(seconds) + box(b"free", mark.encode())


def box(name: bytes, content: bytes) -> bytes:
    """Return a box of an MP4 file."""
    return (8 + len(content)).to_bytes(4) + name + content


@cache
def _film(seconds: float) -> bytes:
    made = io.BytesIO()
    with av.open(made, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=2)
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = np.full((64, 64, 3), 128, np.uint8)
        for _ in range(round(2 * seconds)):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    return made.getvalue()
