"""What every voice owes the film: sound of the right level, and times that cover it."""

from __future__ import annotations

import numpy as np
import pytest

from storyboard.studio.voice import levels
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.phones import IPA
from storyboard.studio.voice.speech import Speech, VoiceError

NARRATIONS = {
    "en": "Welcome to the training overview. Here we see the key metrics from last quarter.",
    "de": "Willkommen zur Schulung. Hier sehen wir die wichtigsten Zahlen des letzten Quartals.",
}


def assert_plausible(speech: Speech) -> None:
    assert speech.samples.dtype == np.float32
    assert np.abs(speech.samples).max() <= 1.0
    active = levels.loudness(speech.samples, speech.rate)
    active = active[active > active.max() * 0.1]
    assert 0.07 < float(np.sqrt(np.mean(active**2))) < 0.14
    now = 0.0
    for phone in speech.phones:
        assert phone.symbol == "" or phone.symbol in IPA
        assert phone.start == pytest.approx(now, abs=1e-6)
        assert phone.end > phone.start
        now = phone.end
    assert now == pytest.approx(speech.seconds, abs=1e-6)


@pytest.mark.parametrize("language", NARRATIONS)
def test_speech_is_loud_and_its_phones_cover_it(language: str) -> None:
    speech = voice_for("jane", language).speak(NARRATIONS[language])
    assert_plausible(speech)
    assert 4.0 < speech.seconds < 9.0


@pytest.mark.parametrize("language", NARRATIONS)
def test_the_same_text_gives_the_same_samples(language: str) -> None:
    one = voice_for("adam", language).speak(NARRATIONS[language])
    voice_for("adam", language).speak("Otto")
    two = voice_for("adam", language).speak(NARRATIONS[language])
    assert one.samples.tobytes() == two.samples.tobytes()
    assert one.phones == two.phones


@pytest.mark.parametrize("language", NARRATIONS)
def test_pieces_joined_are_the_speech(language: str) -> None:
    voice = voice_for("ming", language)
    whole = voice.speak(NARRATIONS[language])
    pieces = levels.join(tuple(voice.stream(NARRATIONS[language])))
    assert whole.samples.tobytes() == pieces.samples.tobytes()


@pytest.mark.parametrize(
    ("language", "text"), [("en", "你好"), ("en", "…"), ("de", "…"), ("en", "")]
)
def test_what_cannot_be_spoken_is_an_error(language: str, text: str) -> None:
    with pytest.raises(VoiceError, match="can be spoken"):
        voice_for("jane", language).speak(text)


def test_a_language_without_a_voice_is_an_error() -> None:
    with pytest.raises(VoiceError, match="'tlh' has no voice"):
        voice_for("jane", "tlh")
