"""The display matrix of a file beside its packets, for a decoder that was not opened with the file.

FFmpeg hands the matrix to its own decoder of a track; one that is made apart knows none.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Final

from av import VideoCodecContext, VideoFrame
from av.error import FFmpegError
from av.packet import Packet, PacketSideData, packet_sidedata_type_from_literal

from storyboard.studio.media.orientation import UPRIGHT, Orientation, orientation

_ONE: Final = 1 << 16
_LAST: Final = 1 << 30
_LOOKED_AT: Final = 4
"""Packets until a picture comes: the first is a key frame, unless a file is broken."""


def with_matrix(packets: Iterable[Packet[Any]], told: VideoCodecContext) -> Iterator[Packet[Any]]:
    """Yield packets with the matrix that the file's own decoder, `told`, puts on their pictures."""
    rest = iter(packets)
    first = list(islice(rest, _LOOKED_AT))
    way = _way_up(first, told)
    for packet in chain(first, rest):
        if way != UPRIGHT and packet.size:
            _mark(packet, way)
        yield packet


def _way_up(packets: Iterable[Packet[Any]], told: VideoCodecContext) -> Orientation:
    """Return it; what the file tells of colors stays, which a decoder of VP8 puts its own over."""
    colors = told.colorspace
    try:
        for packet in packets:
            for picture in _pictures(packet, told):
                return orientation(picture)
        return UPRIGHT
    finally:
        told.flush_buffers()
        told.colorspace = colors


def _pictures(packet: Packet[Any], told: VideoCodecContext) -> Sequence[VideoFrame]:
    """Decode one packet; what is broken has no picture."""
    try:
        found = told.decode(packet) if packet.size else []
        # What it holds back for its threads is asked for, or it would say nothing yet.
        found = found or told.decode(None)
        told.flush_buffers()
    except FFmpegError:
        return ()
    return [each for each in found if isinstance(each, VideoFrame)]


def _mark(packet: Packet[Any], way: Orientation) -> None:
    across, down = (-_ONE if each else _ONE for each in (way.across, way.down))
    a, b, c, d = (0, down, across, 0) if way.transposed else (across, 0, 0, down)
    data = PacketSideData(packet_sidedata_type_from_literal("display_matrix"), 36)  # type: ignore[call-arg]
    data.update(struct.pack("=9i", a, b, 0, c, d, 0, 0, 0, _LAST))
    data.to_packet(packet, move=True)
