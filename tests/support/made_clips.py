"""Small clips of every kind that recorders, phones and editors make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.request import Clip

Rgb = npt.NDArray[np.uint8]

RED, GREEN, BLUE, WHITE = (230, 20, 20), (20, 200, 40), (30, 40, 220), (240, 240, 240)
QUARTERS = ((RED, GREEN), (BLUE, WHITE))
"""The colors of the corners of `quarters`, row by row."""


def quarters(width: int, height: int) -> Rgb:
    """Return a picture whose four quarters have four colors."""
    y, x = np.arange(height) * 2 // height, np.arange(width) * 2 // width
    return np.array(QUARTERS, np.uint8)[y[:, None], x[None, :]]


def in_yuv(rgb: Rgb, pix_fmt: str = "yuv420p", **colors: object) -> VideoFrame:
    """Return a picture in the colors of HD, or others."""
    asked = {"dst_colorspace": Colorspace.ITU709, "dst_color_range": ColorRange.MPEG, **colors}
    kind = "rgba" if rgb.shape[2] == 4 else "rgb24"
    frame = VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format=kind)
    return frame.reformat(format=pix_fmt, src_color_range=ColorRange.JPEG, **asked)  # type: ignore[arg-type]


def moving_clip(
    path: Path,
    pictures: Iterable[VideoFrame],
    codec: str = "libx264",
    rate: int | Fraction = 25,
    options: Mapping[str, str] | None = None,
    prepare: Callable[[VideoStream], None] | None = None,
) -> Path:
    """Write pictures of one size and format as a clip."""
    with av.open(str(path), "w") as out:
        add_pictures(out, pictures, codec, rate, options, prepare)
    return path


def add_pictures(
    out: av.container.OutputContainer,
    pictures: Iterable[VideoFrame],
    codec: str = "libx264",
    rate: int | Fraction = 25,
    options: Mapping[str, str] | None = None,
    prepare: Callable[[VideoStream], None] | None = None,
) -> VideoStream:
    """Write pictures as one more stream of a file; the first is not before 0."""
    pictures = list(pictures)
    defaults = {"crf": "5"} if codec == "libx264" else {}
    stream = out.add_stream(codec, rate=rate, options={**defaults, **(options or {})})
    assert isinstance(stream, VideoStream)
    stream.thread_count = 1  # the same bytes on any machine
    first = pictures[0]
    stream.width, stream.height, stream.pix_fmt = first.width, first.height, first.format.name
    for tag in ("colorspace", "color_range", "color_trc", "color_primaries"):
        setattr(stream.codec_context, tag, getattr(first, tag))
    if prepare is not None:
        prepare(stream)
    for index, frame in enumerate(pictures):
        if frame.pts is None:
            frame.pts, frame.time_base = index, Fraction(1) / Fraction(rate)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))
    return stream


def shown(path: Path, width: int, height: int, count: int = 1, start: float = 0.0) -> list[Rgb]:
    """Return what a film of a size shows of a clip, frame by frame."""
    return [
        frame.to_ndarray(format="rgb24", src_colorspace=Colorspace.ITU709)
        for frame in islice(clip_frames(Clip(path, start), 0, 25, width, height), count)
    ]


def corners(rgb: Rgb) -> list[list[tuple[int, ...]]]:
    """Return the colors in the middle of the four quarters, row by row."""
    height, width = rgb.shape[:2]
    return [
        [tuple(int(v) for v in rgb[height * y // 4, width * x // 4]) for x in (1, 3)]
        for y in (1, 3)
    ]


def is_near(color: tuple[int, ...], other: tuple[int, ...], by: int = 8) -> bool:
    """Whether two colors look the same."""
    return max(abs(int(one) - int(two)) for one, two in zip(color, other, strict=True)) <= by
