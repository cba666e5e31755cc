"""A track's pictures and sound as a player has them: clear, whole and deinterlaced.

Knows codecs and no clock; which way up and in which colors a picture is meant stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import av
from av import AudioCodecContext, AudioFrame, VideoCodecContext, VideoFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.filter import Graph
from av.packet import Packet
from av.video.stream import VideoStream

from storyboard.studio.media.filtering import UNTOLD, filtered, pulled, push
from storyboard.studio.media.packet_matrix import with_matrix

_WITH_ALPHA: Final = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""FFmpeg's own decoders of these leave out what WebM has beside the picture: its transparency."""


def has_alpha(stream: VideoStream, frame: VideoFrame) -> bool:
    """Return whether a picture can be seen through, as far as its format tells."""
    return _says_alpha(stream) or is_clear(frame)


def is_clear(frame: VideoFrame) -> bool:
    """Return whether a decoded picture has transparency, or a palette that may have some."""
    format_ = frame.format
    return format_.name == "pal8" or any(part.is_alpha for part in format_.components)


def decoded_pictures(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decode on from where the container stands, each picture at its own time stamp.

    What cannot be decoded is passed over: of a recording that broke off, only the end is bad.
    """
    return _deinterlaced(_good_pictures(container, stream))


def decoded_sound(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Decode sound on from where the container stands; what cannot be decoded is passed over."""
    for frame in _good_frames(container.demux(stream), stream.codec_context):
        if isinstance(frame, AudioFrame):
            yield frame


def _good_pictures(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    decoder, packets = _decoder(stream), container.demux(stream)
    if decoder is not stream.codec_context:
        packets = with_matrix(packets, stream.codec_context)
    for frame in _good_frames(packets, decoder):
        if isinstance(frame, VideoFrame):
            _tag(frame, stream)
            yield frame


def _good_frames(
    packets: Iterable[Packet[Any]], context: VideoCodecContext | AudioCodecContext
) -> Iterator[object]:
    try:
        for packet in packets:
            try:
                yield from context.decode(packet)
            except InvalidDataError:
                continue
    except FFmpegError:
        return


def _tag(frame: VideoFrame, stream: VideoStream) -> None:
    """Give a frame the matrix that the container tells: some decoders tell none of their own."""
    if frame.colorspace == UNTOLD:
        frame.colorspace = stream.codec_context.colorspace


def _decoder(stream: VideoStream) -> VideoCodecContext:
    name = _WITH_ALPHA.get(stream.codec_context.name)
    if name is None or not _says_alpha(stream):
        return stream.codec_context
    context = av.CodecContext.create(name, "r")
    assert isinstance(context, VideoCodecContext)
    context.thread_count = 1
    context.options = stream.codec_context.options
    return context


def _says_alpha(stream: VideoStream) -> bool:
    return stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE")) == "1"


def _deinterlaced(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """Make whole pictures of two halves, where a picture says that it is such; one for each.

    The filter waits for the picture that follows, so pictures are handed over one later.
    """
    graph: Graph | None = None
    waiting: list[VideoFrame] = []
    for frame in frames:
        if graph is not None and waiting and not _alike(waiting[-1], frame):
            yield from _pulled(graph, waiting, is_over=True)
            graph = None
        if graph is None and frame.interlaced_frame:
            graph = filtered(frame, ("bwdif", "mode=send_frame:deint=interlaced"))
        if graph is None:
            yield frame
            continue
        waiting.append(frame)
        push(graph, frame)
        yield from _pulled(graph, waiting)
    if graph is not None:
        yield from _pulled(graph, waiting, is_over=True)


def _pulled(
    graph: Graph, waiting: list[VideoFrame], *, is_over: bool = False
) -> Iterator[VideoFrame]:
    """Yield what a graph gives, with the times and the tags of the pictures that went in."""
    if is_over:
        graph.vpush(None)
    while waiting:
        try:
            frame = pulled(graph, waiting[0])
        except (av.BlockingIOError, av.EOFError):
            return
        source = waiting.pop(0)
        frame.pts, frame.time_base = source.pts, source.time_base
        yield frame


def _alike(one: VideoFrame, other: VideoFrame) -> bool:
    return (one.width, one.height, one.format.name) == (
        other.width, other.height, other.format.name
    )  # fmt: skip
