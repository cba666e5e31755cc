"""Speech as MP3: it decodes to as much sound, and flows before the speech is all made."""

from __future__ import annotations

import io
from collections.abc import Iterator

import av
import numpy as np
import pytest

from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.mp3 import stream_mp3
from storyboard.studio.voice.speech import Speech, StreamingVoice, VoiceError

TEXT = "Welcome to the overview. Here we see the numbers. Thank you for watching."


class Spoken:
    """A voice that has spoken already, all at once."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def stream(self, narration: str) -> Iterator[Speech]:
        yield self._speech


def encode_mp3(speech: Speech) -> bytes:
    return b"".join(stream_mp3("", Spoken(speech)))  # type: ignore[arg-type]


def decoded_seconds(mp3: bytes) -> float:
    with av.open(io.BytesIO(mp3)) as file:
        assert file.streams.audio[0].codec_context.name.startswith("mp3")
        frames = list(file.decode(audio=0))
    return sum(f.samples for f in frames) / frames[0].sample_rate


@pytest.mark.parametrize(("language", "text"), [("en", TEXT), ("fr", "Bonjour à tous. Voici.")])
def test_an_mp3_decodes_to_the_speech(language: str, text: str) -> None:
    speech = voice_for("jane", language).speak(text)
    assert decoded_seconds(encode_mp3(speech)) == pytest.approx(speech.seconds, abs=0.15)


@pytest.mark.parametrize("rate", [8_000, 23_999, 48_001, 64_000, 96_000])
def test_speech_of_any_rate_has_its_length_and_pitch(rate: int) -> None:
    times = np.arange(2 * rate, dtype=np.float32) / rate
    speech = Speech((0.3 * np.sin(2 * np.pi * 440 * times)).astype(np.float32), rate, (), ())
    mp3 = encode_mp3(speech)
    assert decoded_seconds(mp3) == pytest.approx(2, abs=0.25)
    with av.open(io.BytesIO(mp3)) as file:
        frames = list(file.decode(audio=0))
    heard = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    spectrum = np.abs(np.fft.rfft(heard))
    found = float(np.argmax(spectrum)) * frames[0].sample_rate / len(heard)
    assert found == pytest.approx(440, abs=2)


def test_the_stream_is_the_file_in_pieces() -> None:
    voice = voice_for("adam", "en")
    pieces = list(stream_mp3(TEXT, voice))
    assert len(pieces) >= 3
    assert b"".join(pieces) == encode_mp3(voice.speak(TEXT))


class Noting:
    """A real voice that notes which piece was asked for when."""

    def __init__(self, voice: StreamingVoice) -> None:
        self.voice = voice
        self.spoken = 0

    @property
    def key(self) -> str:
        return self.voice.key

    def speak(self, text: str) -> Speech:
        return self.voice.speak(text)

    def stream(self, text: str) -> Iterator[Speech]:
        for piece in self.voice.stream(text):
            self.spoken += 1
            yield piece


def test_the_first_bytes_come_before_the_second_sentence_is_spoken() -> None:
    voice = Noting(voice_for("jane", "en"))
    stream = stream_mp3(TEXT, voice)
    assert len(next(stream)) > 500
    assert voice.spoken == 1
    assert sum(map(len, stream)) > 5000
    assert voice.spoken == 3


def test_what_cannot_be_spoken_fails_before_the_first_byte() -> None:
    with pytest.raises(VoiceError):
        next(stream_mp3("…", voice_for("jane", "en")))


def test_silence_is_encoded_too() -> None:
    speech = Speech(np.zeros(24_000, np.float32), 24_000, ())
    assert decoded_seconds(encode_mp3(speech)) == pytest.approx(1.0, abs=0.15)
