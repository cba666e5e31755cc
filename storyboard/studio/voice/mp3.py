"""Speech as MP3, flowing while it is still being spoken. Knows no engine."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av

from storyboard.studio.voice.levels import Samples
from storyboard.studio.voice.speech import Speech, StreamingVoice

BIT_RATE = 64_000
"""Bits a second; mono speech."""

_RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""All that MP3 has (ISO 11172-3, 13818-3, and the extension below 16 kHz)."""


def stream_mp3(narration: str, voice: StreamingVoice) -> Iterator[bytes]:
    """Speak and encode piece by piece; raises `VoiceError` before the first byte or not at all."""
    return _encoded(voice.stream(narration))


def _encoded(pieces: Iterator[Speech]) -> Iterator[bytes]:
    first = next(pieces)
    sink = io.BytesIO()
    with av.open(sink, "w", format="mp3", options={"write_xing": "0", "id3v2_version": "0"}) as out:
        track = out.add_stream("libmp3lame", rate=_rate_for(first.rate), layout="mono")
        track.bit_rate = BIT_RATE
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=track.rate)
        at = 0
        for speech in _all(first, pieces):
            frame = _frame(speech.samples, speech.rate, at)
            at += len(speech.samples)
            for piece in resampler.resample(frame):
                out.mux(track.encode(piece))
            if sink.tell():
                yield _drained(sink)
        for each in (*resampler.resample(None), None):
            out.mux(track.encode(each))
    yield _drained(sink)


def _rate_for(rate: int) -> int:
    """Return the rate that MP3 has for sound of this one: the next above, or its highest."""
    return min((each for each in _RATES if each >= rate), default=_RATES[-1])


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
