"""Moving pictures from code: still layers drawn once, moving parts a frame. Knows no subject."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 720)
INK = "#1d2433"
PAPER = "#f6f7fb"
MUTED = "#8a93a6"
BLUE, GREEN, ORANGE, RED, VIOLET = "#3866d6", "#2f9e6e", "#e8913a", "#d64545", "#7a55c7"

Paint = Callable[[ImageDraw.ImageDraw, float], None]
"""Draws what moves, at a time in seconds, over a copy of the still layer."""


@lru_cache(maxsize=64)
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the open font that comes with the drawing library; it has no accented letters."""
    return ImageFont.load_default(size)


def ease(time: float, start: float, seconds: float) -> float:
    """Go from 0 to 1 between `start` and `start + seconds`, slowing down at the end."""
    share = min(1.0, max(0.0, (time - start) / seconds))
    return 1.0 - (1.0 - share) ** 3


def still(draw_on: Callable[[ImageDraw.ImageDraw], None], *, paper: str = PAPER) -> Image.Image:
    """Draw a layer that does not move, at the full size."""
    image = Image.new("RGB", SIZE, paper)
    draw_on(ImageDraw.Draw(image))
    return image


def frames(layer: Image.Image, paint: Paint, seconds: float, fps: int) -> Iterable[np.ndarray]:
    """Yield RGB frames of the layer with its moving parts painted over it."""
    for index in range(round(seconds * fps)):
        frame = layer.copy()
        paint(ImageDraw.Draw(frame), index / fps)
        yield np.asarray(frame)


def write_mp4(path: Path, pictures: Iterable[np.ndarray], fps: int) -> None:
    """Encode RGB frames as H.264, whole or not at all."""
    partial = path.with_suffix(".part.mp4")
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(partial), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, fps)
        stream.options = {"preset": "ultrafast", "crf": "20", "g": str(2 * fps)}
        for index, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    partial.replace(path)


def write_captions(path: Path, cues: Iterable[tuple[float, float, str]]) -> None:
    """Write WebVTT beside a clip; times in seconds."""
    blocks = [f"{_clock(start)} --> {_clock(end)}\n{text}\n" for start, end, text in cues]
    path.write_text("WEBVTT\n\n" + "\n".join(blocks), encoding="utf-8")


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes // 60):02}:{int(minutes % 60):02}:{rest:06.3f}"
