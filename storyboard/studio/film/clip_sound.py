"""What a clip sounds like from its in-point on, in one channel. Knows no film and no loudness."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

import av
import numpy as np
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from storyboard.studio.film.loudness import Samples
from storyboard.studio.film.request import Clip
from storyboard.studio.film.timeline import SAMPLE_RATE
from storyboard.studio.media.decoding import decoded_sound
from storyboard.studio.media.opening import open_media
from storyboard.studio.media.seeking import seeks_before, start_microseconds
from storyboard.studio.media.tracks import sound_track

_Timed = tuple[float | None, AudioFrame]
"""A frame, and how many seconds after the in-point it sounds, if it tells."""

_TOLERANCE: Final = SAMPLE_RATE // 20
"""Samples by which time stamps may differ from a count of samples: containers round, and recorders
drift. More than that is a hole in a recording, and what follows has its own time."""

_BLOCK: Final = SAMPLE_RATE // 2
_AGAINST: Final = -0.5
"""Correlation below which one channel is the other turned over: a cable or a microphone that was
wired wrongly. Their sum would be next to nothing; music in wide stereo stays above."""


def clip_sound(clip: Clip, samples: int) -> Samples:
    """Return so many samples at 48 kHz; what cannot be decoded is silence. Raises `MediaError`."""
    both = np.zeros((2, samples), np.float32)
    _place(both, _pieces(_frames_from(clip)))
    return one_channel(both)


def one_channel(both: Samples) -> Samples:
    """Mix two channels into one of which nothing is lost, also where they are opposed."""
    left, right = both
    blocks = -(-both.shape[1] // _BLOCK)
    padded = np.pad(both, ((0, 0), (0, blocks * _BLOCK - both.shape[1]))).reshape(2, blocks, _BLOCK)
    alike = (padded[0] * padded[1]).sum(axis=1)
    loud = np.sqrt((padded[0] ** 2).sum(axis=1) * (padded[1] ** 2).sum(axis=1))
    signs = np.where(alike < _AGAINST * np.maximum(loud, 1e-9), -1.0, 1.0)
    if np.all(signs > 0):
        return np.asarray((left + right) / 2, np.float32)
    # From one to the other it changes gradually, where it does.
    centers = (np.arange(blocks) + 0.5) * _BLOCK
    sign = np.interp(np.arange(both.shape[1]), centers, signs).astype(np.float32)
    return np.asarray((left + sign * right) / 2, np.float32)


def _place(both: Samples, pieces: Iterator[tuple[int, Samples]]) -> None:
    """Write pieces where they sound, as far as there is room."""
    for at, piece in pieces:
        if at >= both.shape[1]:
            return
        start, skipped = max(0, at), max(0, -at)
        fitting = piece[:, skipped : skipped + both.shape[1] - start]
        both[:, start : start + fitting.shape[1]] = fitting


def _pieces(frames: Iterator[_Timed]) -> Iterator[tuple[int, Samples]]:
    """Yield pieces of two channels, and how many samples after the in-point they sound."""
    mixer: _Mixer | None = None
    at = 0
    for time, frame in frames:
        told = None if time is None else round(time * SAMPLE_RATE)
        if mixer is None or (told is not None and abs(told - at) > _TOLERANCE):
            mixer, at = _Mixer(), told or 0
        piece = mixer(frame)
        yield at, piece
        at += piece.shape[1]
    if mixer is not None:
        yield at, mixer(None)


def _frames_from(clip: Clip) -> Iterator[_Timed]:
    """Decode from the in-point on, or from before it.

    Files seek by their pictures, and pass over the sound before a picture that begins late: then,
    and for an in-point at the beginning, a file is read as it was opened.
    """
    for is_sought in (True, False) if clip.start > 0 else (False,):
        with open_media(clip.path) as container:
            track = sound_track(container)
            if track is None:
                return
            if not is_sought:
                yield from _decoded(container, track, clip.start)
                return
            found = _sought(container, track, clip.start)
            if found is not None:
                yield from found
                return


def _sought(container: InputContainer, track: AudioStream, start: float) -> Iterator[_Timed] | None:
    """Go to the sound at a moment; return it from there on, None where it is not found."""
    try:
        for _ in seeks_before(container, round(start * 1_000_000)):
            frames = _decoded(container, track, start)
            first = next(frames, None)
            if first is not None and (first[0] or 0.0) <= 0:
                return chain((first,), frames)
    except FFmpegError:
        pass
    return None


def _decoded(container: InputContainer, track: AudioStream, start: float) -> Iterator[_Timed]:
    zero = start_microseconds(container) / 1_000_000
    for frame in decoded_sound(container, track):
        yield None if frame.time is None else frame.time - zero - start, frame


class _Mixer:
    """Resamples to two channels at 48 kHz; begins anew where a recording changes its format."""

    def __init__(self) -> None:
        self._resampler = _resampler()
        self._kind: object = None

    def __call__(self, frame: AudioFrame | None) -> Samples:
        if frame is not None:
            kind = frame.format.name, frame.layout.name, frame.sample_rate
            if kind != self._kind:
                self._resampler, self._kind = _resampler(), kind
        pieces = [piece.to_ndarray() for piece in self._resampler.resample(frame)]
        return np.concatenate(pieces, axis=1) if pieces else np.zeros((2, 0), np.float32)


def _resampler() -> av.AudioResampler:
    return av.AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE)
