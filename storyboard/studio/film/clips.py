"""B-roll, frame by frame: from an in-point on, at the film's rate and size. Knows no presenter.

A clip of any rate shows, at each of the film's instants, the frame that a player would show. Where
it is too short, it begins again or its last frame stays; so does the last good one of a broken
clip: what cannot be decoded is passed over, as players do. Its own sound is not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice

from av import VideoFrame
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream

from storyboard.studio.film.fitting import Fit, Framing
from storyboard.studio.film.picture import Planes, own_copy, planes_of
from storyboard.studio.film.request import Clip
from storyboard.studio.media.decoding import decoded_pictures
from storyboard.studio.media.opening import MediaError, open_media, pixel_shape
from storyboard.studio.media.seeking import seeks_before, start_microseconds
from storyboard.studio.media.tracks import picture_track

_SECOND = 1_000_000
_KEPT = 25
"""Pictures of a round that are kept, of 3 MB each in full HD."""

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
    *,
    framing: Framing = Framing.FILM,
    ground: Callable[[], Planes] | None = None,
) -> Iterator[VideoFrame]:
    """Yield the picture for frames `first`, `first + 1`, … of a scene, without end.

    Frames are yuv420p BT.709 of the asked size. One that shows the same as the frame before it may
    be the same object: what was painted on it is there then. Raises `MediaError`.

    The first is an earlier one of the clip where it `is_late` before the right one is decoded: a
    clip may have an hour between two pictures that stand for themselves.
    """
    with open_media(clip.path) as container:
        track = picture_track(container)
        if track is None:
            raise MediaError(f"'{clip.path.name}' has no picture")
        track.codec_context.thread_count = 1
        fit = Fit(float(pixel_shape(container, track)), width, height, framing, ground)
        frames = partial(_frames, container, track, clip, fps, fit, is_late)
        try:
            if clip.loop is None:
                yield from frames(first)
            else:
                once = max(1, round(clip.loop * fps))
                yield from _rounds(frames, first % once, once)
        except FFmpegError as error:
            raise MediaError(f"'{clip.path.name}' cannot be decoded: {error.strerror}") from error


def _rounds(
    frames: Callable[[int], Iterator[VideoFrame]], first: int, once: int
) -> Iterator[VideoFrame]:
    """Yield the `once` pictures of a clip that begins again and again, from `first` on.

    A short round is kept: it may lie far behind the picture from which it has to be decoded.
    """
    if once <= _KEPT:
        kept = [own_copy(planes_of(picture)) for picture in islice(frames(0), once)]
        yield from (own_copy(planes_of(each)) for each in islice(cycle(kept), first, None))
    while True:
        yield from islice(frames(first), once - first)
        first = 0


def _frames(
    container: InputContainer,
    stream: VideoStream,
    clip: Clip,
    fps: int,
    fit: Fit,
    is_late: Callable[[], bool],
    first: int,
) -> Iterator[VideoFrame]:
    start = round(clip.start * _SECOND)
    shown = _shown_from(container, stream, start + first * _SECOND // fps, is_late)
    current = next(shown, None)
    if current is None:
        raise MediaError(f"'{clip.path.name}' has no frame to show")
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
    for frame in decoded_pictures(container, stream):
        told = None
        if frame.pts is not None and frame.time_base is not None:
            told = int(frame.pts * frame.time_base * _SECOND) - zero
        if told is None or (time is not None and told <= time):
            told = 0 if time is None else time + step
        time = told
        yield _Shown(time, frame)
