"""Whatever an engine throws is its scene's error, told at one boundary."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from storyboard.studio.film.preparation import blaming_voices
from storyboard.studio.film.request import FilmError
from storyboard.studio.voice.boundary import BoundedVoice
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.speech import Speech, VoiceError


class Breaking:
    """Says one piece, and then an engine fails in its own way."""

    key = "breaking"

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    def speak(self, text: str) -> Speech:
        raise self._failure

    def stream(self, text: str) -> Iterator[Speech]:
        yield Speech(np.zeros(1, np.float32), 24_000, ())
        raise self._failure


@pytest.mark.parametrize(
    "failure", [ValueError("invalid literal"), IndexError(7), RuntimeError("x"), VoiceError("no")]
)
def test_what_a_voice_throws_is_a_voice_error(failure: Exception) -> None:
    voice = BoundedVoice(Breaking(failure))
    assert voice.key == "breaking"
    for use in (voice.speak, lambda text: list(voice.stream(text))):
        with pytest.raises(VoiceError) as told:
            use("Some text")
        if not isinstance(failure, VoiceError):
            assert str(told.value).startswith("the voice failed at 'Some text': ")
            assert told.value.__cause__ is failure


def test_the_scene_is_named() -> None:
    with pytest.raises(FilmError) as told, blaming_voices(3):
        BoundedVoice(Breaking(ValueError("1"))).speak("Some text")
    assert told.value.scene == 3


def test_every_voice_stands_behind_the_boundary() -> None:
    assert all(isinstance(voice_for("jane", tag), BoundedVoice) for tag in ("en", "de"))


@pytest.mark.slow
def test_numbers_that_broke_the_voice_are_spoken() -> None:
    speech = voice_for("jane", "en").speak(f"⑴ and ①m, then {'123' * 15}.")
    assert speech.seconds > 10
