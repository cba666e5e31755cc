"""How long a clip's picture lasts, and at which rate it comes. Reads packets, decodes none.

What a container claims is compared with its packets: recordings break off, and recorders lie.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from av.container import InputContainer
from av.video.stream import VideoStream

from storyboard.studio.media.seeking import rewind, start_microseconds

CLAIM_TOLERANCE: Final = 0.5
"""Seconds that a container may claim beyond its last packet, for rounding and for its sound."""

_LONGEST: Final = 1e9
"""Seconds; nothing lasts longer, whatever it claims, and FFmpeg counts microseconds in 64 bits."""

_RATE_PACKETS, _RATE_TOLERANCE = 60, 0.02
"""How many packets tell a rate, and the share by which a container may err: it rounds to 1 ms."""

_REORDERED: Final = 16
"""How many pictures a codec may send ahead of their turn: the last ones read leave gaps."""


def container_seconds(container: InputContainer) -> float:
    """Return how long a file says that it lasts, with all its tracks; 0 where it says nothing."""
    return (container.duration or 0) / 1_000_000


def claimed_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Return for how long a file says that its picture lasts; 0 where it says nothing.

    That counts from where the file begins: its picture may begin later than its sound.
    """
    if stream.duration is not None and stream.time_base is not None:
        end = float((stream.duration + (stream.start_time or 0)) * stream.time_base)
        return end - start_microseconds(container) / 1_000_000
    return container_seconds(container)


def picture_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Return how long the picture lasts: what is claimed, unless the packets end elsewhere.

    Recordings break off before; some browsers claim a thirtieth of what they recorded.
    """
    claimed = claimed_seconds(container, stream)
    start = start_microseconds(container)
    end = _last_end(container, stream, start + round(min(claimed, _LONGEST) * 1_000_000))
    # A seek behind the last key frame may find nothing: then all packets are read.
    if claimed and end is None:
        end = _last_end(container, stream, start)
    lasts = (end or 0.0) - start / 1_000_000
    # The claim where both agree: packets of some containers have no duration, so the last one ends
    # early.
    return claimed if abs(lasts - claimed) <= CLAIM_TOLERANCE and claimed else lasts


def frame_rate(container: InputContainer, stream: VideoStream) -> float:
    """Return frames a second: as told, which is the average where the container counts them.

    Where the first packets clearly have another rate, the container lies or the rate varies: then
    the lower of both, which is what a service sees that takes a steady rate alone.
    """
    told = float(stream.average_rate or stream.guessed_rate or 0)
    rewind(container)
    packets = islice(container.demux(stream), _RATE_PACKETS)
    times = sorted(
        packet.pts * packet.time_base
        for packet in packets
        if packet.pts is not None and packet.time_base is not None
    )[:-_REORDERED]
    if len(times) < _RATE_PACKETS - _REORDERED or times[0] == times[-1]:
        return told
    measured = float((len(times) - 1) / (times[-1] - times[0]))
    if not told:
        return measured
    return told if abs(measured - told) <= _RATE_TOLERANCE * told else min(told, measured)


def _last_end(container: InputContainer, stream: VideoStream, microseconds: int) -> float | None:
    """Return when the last packet ends, in seconds; read from the key frame before a moment on."""
    container.seek(microseconds)
    ends = (
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux(stream)
        if packet.pts is not None and packet.time_base is not None and not packet.is_discard
    )
    return max(ends, default=None)
