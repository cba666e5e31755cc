"""B-roll, frame by frame: from an in-point on, at the film's rate and size. Knows no presenter.

A clip of any rate shows, at each of the film's instants, the frame that a player would show; it
covers the picture without distortion. Where it is too short, it begins again or its last frame
stays; so does the last good one of a broken clip: what cannot be decoded is passed over, as players
do. Its own sound is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.filter import Graph
from av.video.stream import VideoStream

from storyboard.studio.film.request import Clip
from storyboard.studio.film.scaling import Scaler
from storyboard.studio.media.opening import MediaError, open_media
from storyboard.studio.media.seeking import seeks_before, start_microseconds

_SECOND = 1_000_000
_TOLERANCE = 1_000
"""Microseconds by which containers round their time stamps."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A decoded frame and the microsecond at which it appears."""

    time: int
    frame: VideoFrame


def _never() -> bool:
    return False


def clip_frames(
    clip: Clip,
    first: int,
    fps: int,
    width: int,
    height: int,
    is_late: Callable[[], bool] = _never,
) -> Iterator[VideoFrame]:
    """Yield the picture for frames `first`, `first + 1`, … of a scene, without end.

    Frames are yuv420p BT.709 of the asked size. The same object may come again and belongs to the
    iterator: who paints on it restores it before asking for the next. Raises `MediaError`.

    The first is an earlier one of the clip where it `is_late` before the right one is decoded: a
    clip may have an hour between two pictures that stand for themselves.
    """
    with open_media(clip.path) as container:
        if not container.streams.video:
            raise MediaError(f"'{clip.path.name}' has no picture")
        container.streams.video[0].codec_context.thread_count = 1
        try:
            if clip.loop is None:
                yield from _frames(container, clip, first, fps, (width, height), is_late)
                return
            once = max(1, round(clip.loop * fps))
            first %= once
            while True:
                pictures = _frames(container, clip, first, fps, (width, height), is_late)
                yield from islice(pictures, once - first)
                first = 0
        except FFmpegError as error:
            raise MediaError(f"'{clip.path.name}' cannot be decoded: {error.strerror}") from error


def _frames(
    container: InputContainer,
    clip: Clip,
    first: int,
    fps: int,
    size: tuple[int, int],
    is_late: Callable[[], bool],
) -> Iterator[VideoFrame]:
    stream = container.streams.video[0]
    start = round(clip.start * _SECOND)
    shown = _shown_from(container, stream, start + first * _SECOND // fps, is_late)
    current = next(shown, None)
    if current is None:
        raise MediaError(f"'{clip.path.name}' has no frame to show")
    fit = _Fit(stream, *size)
    picture = fit(current.frame)
    following = next(shown, None)
    index = first
    while True:
        now = start + index * _SECOND // fps + _TOLERANCE
        before = current
        while following is not None and following.time <= now and not is_late():
            current, following = following, next(shown, None)
        if current is not before:
            picture = fit(current.frame)
        yield picture
        index += 1


def _shown_from(
    container: InputContainer, stream: VideoStream, time: int, is_late: Callable[[], bool]
) -> Iterator[_Shown]:
    """Yield frames from the one on screen at `time` on; of a clip that is over, the last one."""
    zero = start_microseconds(container)
    shown: Iterator[_Shown] = iter(())
    held: _Shown | None = None
    for _ in seeks_before(container, time):
        shown = _decoded(container, stream, zero)
        held = next(shown, None)
        if held is not None and held.time <= time + _TOLERANCE:
            break
    for coming in shown:
        if held is not None and (coming.time > time + _TOLERANCE or is_late()):
            yield held
        held = coming
    if held is not None:
        yield held


def _decoded(container: InputContainer, stream: VideoStream, zero: int) -> Iterator[_Shown]:
    """Decode on from where the container stands; time stamps that run back are counted instead."""
    step = int(_SECOND / (stream.average_rate or stream.guessed_rate or 25))
    time: int | None = None
    for frame in _good_frames(container, stream):
        told = None
        if frame.pts is not None and frame.time_base is not None:
            told = int(frame.pts * frame.time_base * _SECOND) - zero
        if told is None or (time is not None and told <= time):
            told = 0 if time is None else time + step
        time = told
        yield _Shown(time, frame)


def _good_frames(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """Decode all that can be decoded: of a recording that broke off, only the end is bad."""
    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except InvalidDataError:
                continue
            yield from (frame for frame in frames if isinstance(frame, VideoFrame))
    except FFmpegError:
        return


class _Fit:
    """Crops to the film's shape, then scales; the filter graph exists only where one is needed."""

    def __init__(self, stream: VideoStream, width: int, height: int) -> None:
        self._width, self._height = width, height
        self._aspect = stream.sample_aspect_ratio or 1
        self._scaler = Scaler(width, height)
        self._graph: Graph | None = None
        self._shape: tuple[int, int, str, int] | None = None

    def __call__(self, frame: VideoFrame) -> VideoFrame:
        shape = (frame.width, frame.height, frame.format.name, frame.rotation)
        if shape != self._shape:
            self._shape = shape
            self._graph = self._cropping(frame)
        if self._graph is not None:
            source = frame
            self._graph.vpush(source)
            frame = self._graph.vpull()
            frame.colorspace, frame.color_range = source.colorspace, source.color_range
        return self._scaler(frame, whole=self._graph is not None)

    def _cropping(self, frame: VideoFrame) -> Graph | None:
        """Build turn and crop; None where the frame has the film's shape as it is."""
        steps: list[tuple[str, str]] = []
        width, height, aspect = frame.width, frame.height, float(self._aspect)
        if frame.rotation in (90, -90, 270):
            width, height, aspect = height, width, 1 / aspect
            steps.append(("transpose", "cclock" if frame.rotation == 90 else "clock"))
        elif frame.rotation in (180, -180):
            steps += [("hflip", ""), ("vflip", "")]
        wanted = self._width / self._height / aspect
        crop_width = min(width, round(height * wanted))
        crop_height = min(height, round(width / wanted))
        if width - crop_width > 1 or height - crop_height > 1:
            steps.append(("crop", f"{max(2, crop_width)}:{max(2, crop_height)}"))
        if not steps:
            return None
        graph = Graph()
        last = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
        )
        for name, arguments in (*steps, ("buffersink", "")):
            step = graph.add(name, arguments) if arguments else graph.add(name)
            last.link_to(step)
            last = step
        graph.configure()
        return graph
