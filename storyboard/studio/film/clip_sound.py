"""What a clip sounds like from its in-point on, in one channel. Knows no film and no loudness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import av
import numpy as np
import numpy.typing as npt
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from storyboard.studio.film.request import Clip
from storyboard.studio.film.timeline import SAMPLE_RATE
from storyboard.studio.media.decoding import decoded_sound
from storyboard.studio.media.opening import open_media
from storyboard.studio.media.seeking import seeks_before, start_microseconds
from storyboard.studio.media.tracks import sound_track

Samples = npt.NDArray[np.float32]

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
    with open_media(clip.path) as container:
        track = sound_track(container)
        if track is not None:
            _place(both, _pieces(container, track, clip.start))
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


def _pieces(
    container: InputContainer, track: AudioStream, start: float
) -> Iterator[tuple[int, Samples]]:
    """Yield decoded pieces, two channels, and how many samples after the in-point they sound."""
    zero = start_microseconds(container) / 1_000_000
    mixer: _Mixer | None = None
    at = 0
    for frame in _frames_from(container, track, start):
        told = None if frame.time is None else round((frame.time - zero - start) * SAMPLE_RATE)
        if mixer is None or (told is not None and abs(told - at) > _TOLERANCE):
            mixer, at = _Mixer(), told or 0
        piece = mixer(frame)
        yield at, piece
        at += piece.shape[1]
    if mixer is not None:
        yield at, mixer(None)


def _frames_from(
    container: InputContainer, track: AudioStream, start: float
) -> Iterator[AudioFrame]:
    """Decode from a moment on, or from a little before it."""
    zero = start_microseconds(container) / 1_000_000
    frames: Iterator[AudioFrame] = iter(())
    first: AudioFrame | None = None
    try:
        for _ in seeks_before(container, round(start * 1_000_000)):
            frames = decoded_sound(container, track)
            first = next(frames, None)
            if first is not None and (first.time or 0.0) - zero <= start:
                break
    except FFmpegError:
        return
    if first is not None:
        yield first
        yield from frames


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
