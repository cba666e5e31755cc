"""The film's one sound track: every scene's speech in its place, encoded once. Knows no picture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.error import FFmpegError

from storyboard.studio.film.cache import Cache, digest
from storyboard.studio.film.loudness import CEILING
from storyboard.studio.film.request import Cancelled
from storyboard.studio.film.segments import encoder_name
from storyboard.studio.film.timeline import LEAD_SAMPLES, SAMPLE_RATE, Timeline

Pcm = npt.NDArray[np.int16]

BIT_RATE = 128_000
FRAME_SAMPLES = 1024
"""Samples of an AAC packet; the encoder puts one packet of silence before the first."""

_KIND, _SUFFIX = "sound", ".m4a"
_VERSION = "2"
_LOUDEST = round(CEILING * 32_767)


def mix(timeline: Timeline, speeches: Sequence[Pcm], ambiences: Sequence[Pcm]) -> Pcm:
    """Return the whole film's samples, one channel: exactly as long as its frames.

    An ambience lies under its scene from the first frame on; it may be empty.
    """
    each = timeline.samples_per_frame
    track = np.zeros(timeline.frames * each, np.int16)
    for timing, speech, under in zip(timeline.scenes, speeches, ambiences, strict=True):
        begin = timing.start_frame * each
        track[begin : begin + len(under)] = under
        start = begin + LEAD_SAMPLES
        spoken = track[start : start + len(speech)].astype(np.int32) + speech
        track[start : start + len(speech)] = np.clip(spoken, -_LOUDEST, _LOUDEST)
    return track


def encode_sound(cache: Cache, track: Pcm, stopped: Callable[[], bool]) -> Path:
    """Return the track as AAC, stereo, from the cache where it is kept."""
    content = hashlib.sha256(track.tobytes()).hexdigest()
    key = digest(_VERSION, encoder_name(), BIT_RATE, content)
    kept = cache.find(_KIND, key, _SUFFIX)
    if kept is not None and _samples_in(kept) >= len(track):
        return kept
    with cache.writing(_KIND, key, _SUFFIX) as part, av.open(str(part), "w", format="mp4") as out:
        stream = out.add_stream("aac", rate=SAMPLE_RATE, options={"aac_coder": "fast"})
        stream.layout, stream.bit_rate = "stereo", BIT_RATE
        for start in range(0, len(track), SAMPLE_RATE):
            if stopped():
                raise Cancelled("the film was cancelled")
            piece = track[start : start + SAMPLE_RATE].astype(np.float32) / 32_768
            frame = av.AudioFrame.from_ndarray(
                np.stack((piece, piece)), format="fltp", layout="stereo"
            )
            frame.sample_rate, frame.pts = SAMPLE_RATE, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return cache.path(_KIND, key, _SUFFIX)


def _samples_in(path: Path) -> int:
    try:
        with av.open(str(path)) as container:
            return container.streams.audio[0].frames * FRAME_SAMPLES
    except (FFmpegError, IndexError):
        return 0
