"""What a media file is, found out safely: a format allow-list, local files only, one frame decoded.

The name is not believed and the content names no demuxer: playlists and protocols stay outside.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av

MAX_SECONDS: Final = 6 * 3600.0
MAX_SIDE: Final = 8192
_LOCAL_ONLY: Final = {"protocol_whitelist": "file"}


class MediaRefused(Exception):
    """The file is no medium that the studio takes; the text says why."""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A medium: `kind` is `video`, `image` or `audio`; `fps` and `seconds` are 0 for an image."""

    kind: str
    suffix: str
    seconds: float
    fps: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Format:
    demuxer: str
    suffix: str
    is_image: bool = False


def probe(path: Path) -> MediaFacts:
    """Open a local file and decode its first picture; raises `MediaRefused`."""
    with path.open("rb") as file:
        form = _sniff(file.read(16))
    if form is None:
        raise MediaRefused("not a format that the studio takes: MP4, MOV, WebM, MKV, PNG, JPEG")
    try:
        with av.open(f"file:{path}", format=form.demuxer, options=_LOCAL_ONLY) as container:
            return _facts(container, form)
    except (av.FFmpegError, ValueError, StopIteration) as cause:
        raise MediaRefused(f"the file cannot be decoded: {cause}") from cause


def _facts(container: av.container.InputContainer, form: _Format) -> MediaFacts:
    if not container.streams.video:
        if container.streams.audio and not form.is_image:
            return MediaFacts("audio", form.suffix, _seconds(container), 0.0, 0, 0)
        raise MediaRefused("the file has no picture and no sound")
    stream = container.streams.video[0]
    rate = stream.average_rate or stream.guessed_rate
    frame = next(container.decode(stream))
    if not (0 < frame.width <= MAX_SIDE and 0 < frame.height <= MAX_SIDE):
        raise MediaRefused(f"the picture is {frame.width}x{frame.height}, at most {MAX_SIDE} wide")
    if form.is_image:
        return MediaFacts("image", form.suffix, 0.0, 0.0, frame.width, frame.height)
    seconds = _seconds(container)
    if not 0 < seconds <= MAX_SECONDS:
        raise MediaRefused(f"the film is {seconds:.0f} seconds long, at most {MAX_SECONDS:.0f}")
    return MediaFacts("video", form.suffix, seconds, float(rate or 0), frame.width, frame.height)


def _seconds(container: av.container.InputContainer) -> float:
    """Return the length: as the container says, or where it does not, by its last packet."""
    if container.duration is not None:
        return float(container.duration / av.time_base)
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux()
        if packet.pts is not None and packet.time_base is not None
    ]
    return max(ends, default=0.0)


def _sniff(head: bytes) -> _Format | None:
    if head[4:8] == b"ftyp":
        return _Format("mov", "mov" if head[8:10] == b"qt" else "mp4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return _Format("matroska", "mkv")
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return _Format("png_pipe", "png", is_image=True)
    if head[:3] == b"\xff\xd8\xff":
        return _Format("jpeg_pipe", "jpg", is_image=True)
    return None
