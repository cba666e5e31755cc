"""What a media file is, and opening one safely. Knows containers; shows no frame.

Only local regular files of well-known containers are opened: a playlist that names other files or
hosts is not media here, whatever its name says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TypeVar

import av
from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from storyboard.studio.media.claims import MAX_PIXELS, TooLarge, check_claims, check_side
from storyboard.studio.media.decoding import has_alpha
from storyboard.studio.media.lengths import container_seconds, frame_rate, picture_seconds
from storyboard.studio.media.orientation import orientation
from storyboard.studio.media.patience import LOOK_SECONDS, TooSlow, within
from storyboard.studio.media.tracks import picture_track, sound_track

_T = TypeVar("_T")

_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,mp3,wav,flac,aac"

_MAX_STREAMS = 100
"""Of all kinds; films with dubs, subtitles and their fonts have some dozens."""

_ALONE = {"protocol_whitelist": "file", "max_streams": str(_MAX_STREAMS)}
_MAX_PICTURES = 4
"""Each is decoded when a file is opened; cameras and covers make two or three."""

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
    has_alpha: bool = False
    """Whether something behind it may shine through."""


class MediaError(Exception):
    """The file is not media that can be read; the message says why."""


class MediaTooLarge(MediaError):
    """The file claims more than is decoded here."""


class MediaTooSlow(MediaTooLarge):
    """The file keeps a decoder busy for longer than anybody waits."""


class MediaMissing(MediaError):
    """There is no such file."""


def open_media(path: Path) -> InputContainer:
    """Open a local media file for reading; raises `MediaError`.

    What it claims is compared with the limits first, and FFmpeg is held to them: opening decodes.
    """
    container = _open(path, MAX_PIXELS)
    for stream in container.streams.video:
        if stream.codec_context is not None:
            stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
    return container


def open_kept(path: Path, options: Mapping[str, str] | None = None) -> InputContainer:
    """Open an MP4 that was made here; raises `MediaError`.

    Its folder may hold what others put there, so it is opened as nothing else: no playlist.
    """
    try:
        check_claims(path)
        return av.open(
            f"file:{path.absolute()}", format="mov", options={**_ALONE, **(options or {})}
        )
    except TooLarge as cause:
        raise MediaTooLarge(str(cause)) from cause
    except (FFmpegError, OSError) as error:
        raise MediaError(f"'{path.name}' is not a film that the studio made") from error


def check_streams(path: Path) -> None:
    """Raise `MediaError` for pictures that claim to be too large, or too many at once.

    Nothing is unpacked: only what the container says is read.
    """
    in_time(lambda: _check_streams(path))


def in_time(look: Callable[[], _T]) -> _T:
    """Return what a look into a file finds; raises `MediaTooSlow` for one without end."""
    try:
        return within(LOOK_SECONDS, look)
    except TooSlow as cause:
        raise MediaTooSlow(
            f"it keeps a decoder busy for more than {LOOK_SECONDS:.0f} seconds"
        ) from cause


def _check_streams(path: Path) -> None:
    # FFmpeg decodes frames when it opens some files: with one pixel allowed, none is unpacked.
    with _open(path, max_pixels=1) as container:
        if len(container.streams.video) > _MAX_PICTURES:
            raise MediaTooLarge(f"it has more than {_MAX_PICTURES} streams of pictures")
        for stream in container.streams.video:
            if stream.codec_context is None:
                raise MediaTooLarge("its pictures are in a format that cannot be decoded here")
            try:
                check_side(max(stream.codec_context.width, stream.codec_context.height))
            except TooLarge as cause:
                raise MediaTooLarge(str(cause)) from cause


_TITLES: Final[dict[str, Any]] = (
    {"metadata_errors": "replace"} if int(av.__version__.partition(".")[0]) < 19 else {}
)
"""A title in another encoding says nothing of the picture. PyAV 19 takes it as it is, and knows
no such argument."""


def _open(path: Path, max_pixels: int) -> InputContainer:
    image = _image_format(path)
    try:
        check_claims(path)
        opened: InputContainer = av.open(
            f"file:{path.absolute()}",
            format=image,
            options={
                **_ALONE,
                "format_whitelist": image or _CONTAINERS,
                "max_pixels": str(max_pixels),
            },
            **_TITLES,
        )
        return opened
    except TooLarge as cause:
        raise MediaTooLarge(str(cause)) from cause
    except (FFmpegError, OSError, UnicodeError) as error:
        raise MediaError(f"'{path.name}' is not a media file that can be read") from error


def probe_media(path: Path) -> MediaFacts:
    """Read a file's facts and its first frame; raises `MediaError`."""
    try:
        return in_time(lambda: _probe(path))
    except FFmpegError as error:
        raise MediaError(f"'{path.name}' cannot be decoded: {error.strerror}") from error


def _probe(path: Path) -> MediaFacts:
    image = _image_format(path) is not None
    with open_media(path) as container:
        audio = sound_track(container) is not None
        stream = picture_track(container)
        if stream is None:
            if not audio:
                raise MediaError(f"'{path.name}' has neither picture nor sound")
            return MediaFacts(container_seconds(container), 0.0, 0, 0, False, True, MediaKind.AUDIO)
        frame = next(container.decode(stream), None)
        if frame is None:
            raise MediaError(f"'{path.name}' has no frame to show")
        clear = has_alpha(stream, frame)
        width, height = _shown_size(pixel_shape(container, stream), frame)
        if image:
            return MediaFacts(0.0, 0.0, width, height, True, False, MediaKind.IMAGE, clear)
        return MediaFacts(
            picture_seconds(container, stream),
            frame_rate(container, stream),
            width,
            height,
            True,
            audio,
            MediaKind.VIDEO,
            clear,
        )


def pixel_shape(container: InputContainer, stream: VideoStream) -> Fraction:
    """Return how wide a picture's pixels are, in times of their height.

    Viewers show those of a still as squares, whatever a printer is told of them.
    """
    told = None if container.format.name in _IMAGES.values() else stream.sample_aspect_ratio
    return told or Fraction(1)


def _shown_size(aspect: Fraction, frame: VideoFrame) -> tuple[int, int]:
    """Return width and height with square pixels, the way up that players show."""
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if orientation(frame).transposed else (width, height)


def _image_format(path: Path) -> str | None:
    if not path.is_file():
        raise MediaMissing(f"no file '{path.name}'")
    with path.open("rb") as file:
        head = file.read(12)
    for magic, name in _IMAGES.items():
        if head.startswith(magic):
            return None if magic == b"RIFF" and head[8:12] != b"WEBP" else name
    return None
