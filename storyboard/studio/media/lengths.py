"""How long a clip's picture lasts, and at which rate it comes. Reads packets, decodes none.

What a container claims is compared with its packets: recordings break off, and recorders lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import islice, pairwise
from typing import Final

from av.container import InputContainer
from av.stream import Stream
from av.video.stream import VideoStream

from storyboard.studio.media.seeking import rewind, start_microseconds

CLAIM_TOLERANCE: Final = 0.5
"""Seconds that a container may claim beyond its last packet, for rounding and for its sound."""

_LONGEST: Final = 1e9
"""Seconds; nothing lasts longer, whatever it claims, and FFmpeg counts microseconds in 64 bits."""

_RATE_PACKETS, _RATE_TOLERANCE = 60, 0.02
"""How many packets tell a rate, and the share by which a container may err: it rounds to 1 ms."""

_FEW: Final = 5
_TICK: Final = 0.002
"""Pictures that tell no rate, and seconds by which containers round the times of two of them."""

_LONGEST_WAIT: Final = 0.1
_RATE_EXACT: Final = 0.0005
"""Seconds that sound encoders begin early (1024 to 2048 samples, at 22 kHz and more), and the
share by which times of 1 ms may err over a second and a half."""

_REORDERED: Final = 16
"""How many pictures a codec may send ahead of their turn: the last ones read leave gaps."""


def container_seconds(container: InputContainer) -> float:
    """Return how long a file says that it lasts, with all its tracks; 0 where it says nothing."""
    return (container.duration or 0) / 1_000_000


def claimed_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Return for how long a file says that its picture lasts; 0 where it says nothing.

    That counts from where the file begins: its picture may begin later than its sound.
    """
    if _has_own_claim(container, stream):
        assert stream.duration is not None
        assert stream.time_base is not None
        end = float((stream.duration + (stream.start_time or 0)) * stream.time_base)
        return end - start_microseconds(container) / 1_000_000
    return container_seconds(container)


def ends_early(
    container: InputContainer, stream: VideoStream, seconds: float, *, is_cut: bool
) -> bool:
    """Return whether a file with so many seconds of picture claims that more would follow.

    Of one that `is_cut` in the middle of its bytes, a longer claim is believed as it is. Where one
    claim stands for all tracks, a sound or a line of subtitles may be what lasts so long, and
    writers count it from 0 on as well as from the first time stamp.
    """
    claimed = claimed_seconds(container, stream)
    if claimed <= seconds + CLAIM_TOLERANCE:
        return False
    if is_cut or _has_own_claim(container, stream):
        return True
    # Of what lasts to the end, a seek may miss the beginning: then all packets are read.
    start = start_microseconds(container)
    moments = start + round(seconds * 1_000_000), start
    tracks = tuple(container.streams)
    ends = (_last_end(container, tracks, moment) or 0.0 for moment in moments)
    return all(end < claimed - CLAIM_TOLERANCE for end in ends)


def picture_seconds(container: InputContainer, stream: VideoStream) -> float:
    """Return how long the picture lasts: what is claimed, unless the packets end elsewhere.

    Recordings break off before; some browsers claim a thirtieth of what they recorded.
    """
    claimed = claimed_seconds(container, stream)
    start = start_microseconds(container)
    end = _last_end(container, (stream,), start + round(min(claimed, _LONGEST) * 1_000_000))
    # A seek behind the last key frame may find nothing: then all packets are read.
    if claimed and end is None:
        end = _last_end(container, (stream,), start)
    lasts = (end or 0.0) - start / 1_000_000
    if end is not None and not _has_own_claim(container, stream):
        claimed = min(claimed, claimed - start / 1_000_000, key=lambda each: abs(lasts - each))
    # The claim where both agree: packets of some containers have no duration, so the last one ends
    # early.
    return claimed if abs(lasts - claimed) <= CLAIM_TOLERANCE and claimed else lasts


def frame_rate(container: InputContainer, stream: VideoStream) -> float:
    """Return frames a second: as told, which is the average where the container counts them.

    Where the first packets clearly have another rate, the container lies or the rate varies: then
    the lower of both, which is what a service sees that takes a steady rate alone. A first picture
    that stands a little longer is no other rate: it waits for a sound that begins before it.
    """
    told = float(stream.average_rate or stream.guessed_rate or 0)
    times = _first_times(container, stream)
    if len(times) > _FEW and told:
        told = _without_wait(told, times, claimed_seconds(container, stream))
    if len(times) < _RATE_PACKETS - _REORDERED or times[0] == times[-1]:
        return told
    measured = float((len(times) - 1) / (times[-1] - times[0]))
    if not told:
        return measured
    return told if abs(measured - told) <= _RATE_TOLERANCE * told else min(told, measured)


def _first_times(container: InputContainer, stream: VideoStream) -> list[Fraction]:
    """Return when the first pictures appear, in seconds, without those that leave gaps."""
    rewind(container)
    packets = tuple(islice(container.demux(stream), _RATE_PACKETS))
    times = sorted(
        packet.pts * packet.time_base
        for packet in packets
        if packet.pts is not None and packet.time_base is not None
    )
    return times[:-_REORDERED] if len(packets) == _RATE_PACKETS else times


def _without_wait(told: float, times: Sequence[Fraction], seconds: float) -> float:
    """Return an average rate without what the first picture stands longer than all others do."""
    steps = [float(after - before) for before, after in pairwise(times)]
    steady = sum(steps[1:]) / len(steps[1:])
    wait = steps[0] - steady
    is_steady = all(abs(step - steady) < _TICK for step in steps[1:])
    if not (is_steady and _TICK < wait < _LONGEST_WAIT and wait < seconds):
        return told
    rate = told * seconds / (seconds - wait)
    # Who tells no average told the steady rate already, and who waits again later is not steady.
    return rate if abs(rate * steady - 1) < _RATE_EXACT else told


def _has_own_claim(container: InputContainer, stream: VideoStream) -> bool:
    """Whether a file tells the length of its picture alone; Matroska tells one of all tracks.

    FFmpeg gives that one to tracks too, if it finds no picture of theirs at the beginning.
    """
    told = stream.duration is not None and stream.time_base is not None
    return told and "matroska" not in container.format.name


def _last_end(
    container: InputContainer, tracks: Sequence[Stream], microseconds: int
) -> float | None:
    """Return when the last packet ends, in seconds; read from the key frame before a moment on."""
    container.seek(microseconds)
    ends = (
        float((packet.pts + (packet.duration or 0)) * packet.time_base)
        for packet in container.demux(*tracks)
        if packet.pts is not None and packet.time_base is not None and not packet.is_discard
    )
    return max(ends, default=None)
