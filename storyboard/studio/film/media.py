"""What a media file is, and opening one safely. Knows containers; shows no frame.

Only local regular files of well-known containers are opened: a playlist that names other files or
hosts is not media here, whatever its name says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import av
from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,mp3,wav,flac,aac"
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "png_pipe",
    b"\xff\xd8\xff": "jpeg_pipe",
    b"RIFF": "webp_pipe",
    b"GIF8": "gif",
}


class MediaKind(Enum):
    """What a file can be used for."""

    VIDEO = "video"
    AUDIO = "audio"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """A file's length in seconds (0 for an image), frames a second, and size as shown."""

    seconds: float
    fps: float
    width: int
    height: int
    has_video: bool
    has_audio: bool
    kind: MediaKind


class MediaError(Exception):
    """The file is not media that can be read; the message says why."""


class MediaMissing(MediaError):
    """There is no such file."""


def open_media(path: Path) -> InputContainer:
    """Open a local media file for reading; raises `MediaError`."""
    image = _image_format(path)
    try:
        return av.open(
            f"file:{path.absolute()}",
            format=image,
            options={
                "protocol_whitelist": "file",
                "format_whitelist": image or _CONTAINERS,
            },
        )
    except (FFmpegError, OSError) as error:
        raise MediaError(f"'{path.name}' is not a media file that can be read") from error


def probe_media(path: Path) -> MediaFacts:
    """Read a file's facts and its first frame; raises `MediaError`."""
    try:
        return _probe(path)
    except FFmpegError as error:
        raise MediaError(f"'{path.name}' cannot be decoded: {error.strerror}") from error


def _probe(path: Path) -> MediaFacts:
    image = _image_format(path) is not None
    with open_media(path) as container:
        audio = bool(container.streams.audio)
        if not container.streams.video:
            if not audio:
                raise MediaError(f"'{path.name}' has neither picture nor sound")
            return MediaFacts(_seconds(container), 0.0, 0, 0, False, True, MediaKind.AUDIO)
        stream = container.streams.video[0]
        frame = next(container.decode(stream), None)
        if frame is None:
            raise MediaError(f"'{path.name}' has no frame to show")
        width, height = _shown_size(stream, frame)
        if image:
            return MediaFacts(0.0, 0.0, width, height, True, False, MediaKind.IMAGE)
        rate = stream.average_rate or stream.guessed_rate
        return MediaFacts(
            _video_seconds(container, stream),
            float(rate or 0),
            width,
            height,
            True,
            audio,
            MediaKind.VIDEO,
        )


def start_microseconds(container: InputContainer) -> int:
    """Return the time stamp that players call zero."""
    return container.start_time or 0


def _shown_size(stream: VideoStream, frame: VideoFrame) -> tuple[int, int]:
    """Return width and height with square pixels, the way up that players show."""
    width, height = round(frame.width * (stream.sample_aspect_ratio or 1)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _image_format(path: Path) -> str | None:
    if not path.is_file():
        raise MediaMissing(f"no file '{path.name}'")
    with path.open("rb") as file:
        head = file.read(12)
    for magic, name in _IMAGES.items():
        if head.startswith(magic):
            return None if magic == b"RIFF" and head[8:12] != b"WEBP" else name
    return None


def _seconds(container: InputContainer) -> float:
    return (container.duration or 0) / 1_000_000


def _video_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Return how long the picture lasts; read all packets where the container does not say."""
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    if container.duration is not None:
        return _seconds(container)
    end = 0.0
    container.seek(start_microseconds(container))
    for packet in container.demux(stream):
        if packet.pts is not None and packet.time_base is not None:
            end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return end - start_microseconds(container) / 1_000_000
