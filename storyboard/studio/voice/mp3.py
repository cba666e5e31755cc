"""Speech as MP3, flowing while it is still being spoken. Knows no engine."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av

from storyboard.studio.voice.levels import Samples
from storyboard.studio.voice.speech import Speech, StreamingVoice

BIT_RATE = 64_000
"""Bits a second; mono speech."""


def stream_mp3(narration: str, voice: StreamingVoice) -> Iterator[bytes]:
    """Speak and encode piece by piece; raises `VoiceError` before the first byte or not at all."""
    return _encoded(voice.stream(narration))


def _encoded(pieces: Iterator[Speech]) -> Iterator[bytes]:
    first = next(pieces)
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as out:
        track = out.add_stream("libmp3lame", rate=first.rate, layout="mono")
        track.bit_rate = BIT_RATE
        at = 0
        for speech in _all(first, pieces):
            frame = _frame(speech.samples, speech.rate, at)
            at += len(speech.samples)
            out.mux(track.encode(frame))
            if sink.tell():
                yield _drained(sink)
        out.mux(track.encode(None))
    yield _drained(sink)


def _all(first: Speech, rest: Iterator[Speech]) -> Iterator[Speech]:
    yield first
    yield from rest


def _frame(samples: Samples, rate: int, at: int) -> av.AudioFrame:
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="fltp", layout="mono")
    frame.sample_rate = rate
    frame.pts = at
    return frame


def _drained(sink: io.BytesIO) -> bytes:
    made = sink.getvalue()
    sink.seek(0)
    sink.truncate()
    return made
