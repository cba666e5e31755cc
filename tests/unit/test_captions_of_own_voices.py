"""Captions of an operator's voices begin and end with the sound of their sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.film.speaking import Spoken, mastered
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.model_program import model_programs
from storyboard.studio.voice.own_voices import own_voices
from tests.support.heard_sentences import late_sentences
from tests.support.speech_server import speech_server
from tests.support.tiny_voice import voice_model, write_voice
from tests.unit.voice_narrations import NARRATIONS

TOLD_OTHERWISE = ("bg", "cs", "de", "en", "ja", "sk", "zh")
"""Of most of them espeak-ng tells the sounds of two words as one group, or of one as several."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with speech_server() as url:
        yield url


@pytest.fixture(autouse=True, scope="module")
def _programs() -> Iterator[None]:
    yield
    model_programs().close()


def speak(folder: Path, language: str, text: str) -> Spoken:
    own = own_voices(folder, {})
    assert own is not None
    assert own.names_of(language)
    return mastered(voice_for("jane", language, own).speak(text))


@pytest.mark.parametrize(
    "language",
    [
        *TOLD_OTHERWISE,
        *(
            pytest.param(language, marks=pytest.mark.slow)
            for language in NARRATIONS
            if language not in (*TOLD_OTHERWISE, "th")
        ),
    ],
)
def test_sentences_of_an_endpoint_are_shown_while_they_are_heard(
    tmp_path: Path, endpoint: str, language: str
) -> None:
    row = {"url": endpoint, "voice": language, "language": language}
    (tmp_path / "voices.json").write_text(json.dumps({"voices": [row]}), "utf-8")
    text = " ".join(NARRATIONS[language])
    assert late_sentences(text, language, speak(tmp_path, language, text)) == []


@pytest.mark.parametrize("tells", [True, False], ids=["durations", "none"])
def test_sentences_of_a_model_are_shown_while_they_are_heard(tmp_path: Path, tells: bool) -> None:
    """It is silent for a third of a second before and behind each, as most models are."""
    text = "Guten Tag, meine Damen. Es geht um drei Dinge! Wir beginnen."
    write_voice(tmp_path, model=voice_model(tells=tells, silence=0.3))
    assert late_sentences(text, "de", speak(tmp_path, "de", text)) == []
