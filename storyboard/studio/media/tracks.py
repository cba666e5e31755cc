"""Which of a file's tracks is meant, by FFmpeg's rule. Decodes nothing.

`ffmpeg -i clip out.mp4` takes the largest picture and the sound with most channels, and prefers
what is marked as default by a bonus; a cover is a picture only where there is no other.
"""

from __future__ import annotations

from typing import Final

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

_DEFAULT_BONUS: Final = 5_000_000
"""What the mark as default weighs, in pixels and in channels: FFmpeg's own number."""

_COVERS: Final = Disposition.attached_pic | Disposition.timed_thumbnails


def picture_track(container: InputContainer) -> VideoStream | None:
    """Return the track whose pictures a file is shown by; None for sound, also with a cover."""
    films = [stream for stream in container.streams.video if not stream.disposition & _COVERS]
    return max(films, key=_picture_weight, default=None)


def sound_track(container: InputContainer) -> AudioStream | None:
    """Return the track that is heard; None where none can be decoded.

    Phones put a second one in a format of their own beside the usual one.
    """
    heard = [stream for stream in container.streams.audio if stream.codec_context is not None]
    return max(heard, key=_sound_weight, default=None)


def _picture_weight(stream: VideoStream) -> int:
    context = stream.codec_context
    size = 0 if context is None else context.width * context.height
    return size + _bonus(stream)


def _sound_weight(stream: AudioStream) -> int:
    return stream.codec_context.channels + _bonus(stream)


def _bonus(stream: VideoStream | AudioStream) -> int:
    return _DEFAULT_BONUS if stream.disposition & Disposition.default else 0
