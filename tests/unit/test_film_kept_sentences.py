"""A narration in which one sentence has changed: only that one is spoken again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from storyboard.studio.film.cache import Cache
from storyboard.studio.film.speaking import speak
from storyboard.studio.voice import hibari_voice
from storyboard.studio.voice.boundary import BoundedVoice
from storyboard.studio.voice.hibari_voice import HibariVoice
from storyboard.studio.voice.timbre import Timbre

VOICE = BoundedVoice(HibariVoice(Timbre(1.0, 1.0, 1.0, 0.77)), says_phonemes=True)
LOWER = BoundedVoice(HibariVoice(Timbre(0.7, 1.0, 1.0, 0.77)), says_phonemes=True)
TEXT = "Welcome to the team. We look at the numbers. Thank you for your time."
CHANGED = TEXT.replace("the numbers", "what is new")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the letters of whatever the network is asked to say."""
    asked: list[str] = []
    really = hibari_voice.speak_letters

    def counted(network, letters, timbre, words=()):  # type: ignore[no-untyped-def]
        asked.append(letters)
        return really(network, letters, timbre, words)

    monkeypatch.setattr(hibari_voice, "speak_letters", counted)
    return asked


def test_one_changed_sentence_is_spoken_alone_and_sounds_as_spoken_anew(
    tmp_path: Path, said: list[str]
) -> None:
    kept = Cache(tmp_path / "kept")
    speak(kept, VOICE, TEXT)
    assert len(said) == 3
    again = speak(kept, VOICE, CHANGED)
    assert len(said) == 4
    anew = speak(Cache(tmp_path / "new"), VOICE, CHANGED)
    assert len(said) == 7
    assert np.array_equal(again.pcm, anew.pcm)
    assert (again.phones, again.words) == (anew.phones, anew.words)


def test_another_voice_speaks_every_sentence(tmp_path: Path, said: list[str]) -> None:
    kept = Cache(tmp_path)
    speak(kept, VOICE, TEXT)
    speak(kept, LOWER, TEXT)
    assert len(said) == 6


def test_a_damaged_sentence_is_spoken_again(tmp_path: Path, said: list[str]) -> None:
    kept = Cache(tmp_path)
    speak(kept, VOICE, TEXT)
    for path in tmp_path.glob("sentences/*"):
        path.write_bytes(path.read_bytes()[:-40])
    speak(kept, VOICE, CHANGED)
    assert len(said) == 6


class Far:
    """What several machines share, far away; counts what it is asked for and sent."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def fetch(self, name: str, part: Path) -> bool:
        self.names.append(name)
        return False

    def send(self, file: Path, name: str) -> None:
        self.names.append(name)


def test_sentences_stay_on_their_machine(tmp_path: Path) -> None:
    far = Far()
    speak(Cache(tmp_path, far), VOICE, TEXT)
    assert {name.split("/")[0] for name in far.names} == {"speech"}


def test_where_no_sentence_can_be_kept_it_is_spoken_still(tmp_path: Path) -> None:
    (tmp_path / "sentences").write_text("no folder")
    assert speak(Cache(tmp_path), VOICE, TEXT).seconds > 3
