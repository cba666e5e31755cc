"""Small clips of every kind that recorders, phones and editors make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av import AudioFrame, VideoFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Disposition
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


@dataclass(frozen=True)
class Track:
    """What a file gets as one stream: who adds the stream, and its frames in order."""

    add: Callable[[OutputContainer], VideoStream | AudioStream]
    frames: tuple[VideoFrame, ...] | tuple[AudioFrame, ...]


def write_tracks(path: Path, *tracks: Track, options: Mapping[str, str] | None = None) -> Path:
    """Write a file of several tracks."""
    with av.open(str(path), "w", options=dict(options or {})) as out:
        streams = [track.add(out) for track in tracks]
        for stream, track in zip(streams, tracks, strict=True):
            for frame in (*track.frames, None):
                out.mux(stream.encode(frame))  # type: ignore[arg-type]
    return path


def moving_clip(
    path: Path,
    pictures: Iterable[VideoFrame],
    codec: str = "libx264",
    rate: int | Fraction = 25,
    options: Mapping[str, str] | None = None,
    prepare: Callable[[VideoStream], None] | None = None,
) -> Path:
    """Write pictures of one size and format as a clip."""
    return write_tracks(path, film(pictures, codec, rate, options, prepare))


def film(
    pictures: Iterable[VideoFrame],
    codec: str = "libx264",
    rate: int | Fraction = 25,
    options: Mapping[str, str] | None = None,
    prepare: Callable[[VideoStream], None] | None = None,
    start: float = 0.0,
) -> Track:
    """Return pictures of one size and format as a track that begins at a second of the file."""
    frames = tuple(pictures)
    assert len({id(each) for each in frames}) == len(frames), "each has a time of its own"
    first = frames[0]
    for index, frame in enumerate(frames):
        frame.pts = index + round(start * rate)
        frame.time_base = Fraction(1) / Fraction(rate)

    def add(out: OutputContainer) -> VideoStream:
        defaults = {"crf": "5"} if codec == "libx264" else {}
        stream = out.add_stream(codec, rate=rate, options={**defaults, **(options or {})})
        assert isinstance(stream, VideoStream)
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, first.format.name
        for tag in ("colorspace", "color_range", "color_trc", "color_primaries"):
            setattr(stream.codec_context, tag, getattr(first, tag))
        if prepare is not None:
            prepare(stream)
        return stream

    return Track(add, frames)


def sound(
    channels: npt.NDArray[np.float32],
    layout: str = "stereo",
    rate: int = 48_000,
    codec: str = "flac",
    disposition: Disposition | None = None,
    start: float = 0.0,
) -> Track:
    """Return samples, a row for each channel, as a track that begins at a second of the file."""
    kind = "s16" if codec in ("flac", "libopus") else "fltp"
    whole = AudioFrame.from_ndarray(
        np.ascontiguousarray(channels, np.float32), format="fltp", layout=layout
    )
    whole.sample_rate, whole.pts, whole.time_base = rate, 0, Fraction(1, rate)
    pieces = av.AudioResampler(format=kind, layout=layout, rate=rate, frame_size=1024)
    frames = (*pieces.resample(whole), *pieces.resample(None))
    for index, frame in enumerate(frames):
        frame.pts, frame.time_base = round(start * rate) + 1024 * index, Fraction(1, rate)

    def add(out: OutputContainer) -> AudioStream:
        stream = out.add_stream(codec, rate=rate)
        assert isinstance(stream, AudioStream)
        stream.layout, stream.format = layout, kind
        if disposition is not None:
            stream.disposition = disposition
        return stream

    return Track(add, frames)


def tone(pitch: float, seconds: float, rate: int = 48_000) -> npt.NDArray[np.float32]:
    """Return samples of a loud tone."""
    return (0.5 * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)).astype("f4")


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
