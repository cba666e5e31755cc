"""From which second on a clip is broken. Decodes a few key frames of it, never the whole clip.

So it finds what happens to recordings and copies (they end early, or their tail was never written),
and not a spot in the middle: a film passes over both, and holds the last good frame.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.video.stream import VideoStream

from storyboard.studio.media.lengths import ends_early
from storyboard.studio.media.matroska import is_cut_short
from storyboard.studio.media.opening import (
    MediaError,
    MediaFacts,
    MediaKind,
    in_time,
    open_media,
)
from storyboard.studio.media.seeking import start_microseconds
from storyboard.studio.media.tracks import picture_track

_NEAR: Final = 0.5
"""Seconds to which a break is looked for: key frames are seldom closer."""

_DELAY: Final = 32
"""Packets within which every decoder gives its first frame."""


def find_break(path: Path, facts: MediaFacts) -> float | None:
    """Return the second from which on a clip's picture is missing or broken, None for none.

    `facts` are what `probe_media` found of the same file. Raises `MediaTooSlow`.
    """
    if facts.kind is not MediaKind.VIDEO:
        return None
    return in_time(lambda: _find_break(path, facts))


def _find_break(path: Path, facts: MediaFacts) -> float | None:
    try:
        with open_media(path) as container:
            stream = picture_track(container)
            if stream is None:
                return None
            if ends_early(container, stream, facts.seconds, is_cut=is_cut_short(path)):
                return facts.seconds
            return _first_broken(container, stream, facts.seconds)
    except (FFmpegError, MediaError):
        return None


def _first_broken(container: InputContainer, stream: VideoStream, seconds: float) -> float | None:
    """Look between the beginning, which is known to be good, and the end, halving the way."""
    good, broken = 0.0, _broken_at(container, stream, seconds)
    if broken is None:
        return None
    while broken - good > _NEAR:
        middle = (good + broken) / 2
        found = _broken_at(container, stream, middle)
        if found is None:
            good = middle
        # The key frame that is broken lies before the middle: the break is there at the latest.
        elif found > good:
            broken = min(found, middle)
        else:
            return found
    return broken


def _broken_at(container: InputContainer, stream: VideoStream, second: float) -> float | None:
    """Return when the key frame before a second appears, if it cannot be decoded."""
    zero = start_microseconds(container)
    container.seek(zero + round(second * 1_000_000), backward=True)
    first: float | None = None
    for count, packet in enumerate(container.demux(stream)):
        if first is None and packet.pts is not None and packet.time_base is not None:
            first = float(packet.pts * packet.time_base) - zero / 1_000_000
        try:
            if packet.decode() or count > _DELAY:
                return None
        except InvalidDataError:
            return first
    return None
