"""Arabic is said with vowels, where they can be added."""

from __future__ import annotations

import pytest

from storyboard.local_studio.voices import is_unclear
from storyboard.studio.voice import arabic
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.phones import VOWELS

SENTENCE = "تساعد هذه الأداة فريقكم."
VOWELLED = "تُسَاعِدُ هَذِهِ الْأَدَاةُ فَرِيقُكُمْ."


def share_of_vowels(text: str) -> float:
    symbols = [phone.symbol for phone in voice_for("jane", "ar").speak(text).phones if phone.symbol]
    return sum(symbol in VOWELS for symbol in symbols) / len(symbols)


def test_vowels_are_added_and_those_of_the_author_kept() -> None:
    assert arabic.with_vowels(SENTENCE) != SENTENCE
    assert arabic.with_vowels(f"{SENTENCE}\n{SENTENCE}").count("\n") == 1
    assert arabic.with_vowels(VOWELLED) == VOWELLED
    assert share_of_vowels(SENTENCE) > 0.4


def test_speech_without_vowels_is_another_speech(monkeypatch: pytest.MonkeyPatch) -> None:
    key = voice_for("jane", "ar").key
    assert not is_unclear("ar-SA")
    monkeypatch.setattr(arabic, "_PACKAGE", "no_such_package")
    assert arabic.with_vowels(SENTENCE) == SENTENCE
    assert voice_for("jane", "ar").key != key
    assert is_unclear("ar-SA")
    assert share_of_vowels(SENTENCE) < 0.35


@pytest.mark.parametrize(
    ("tag", "unclear"), [("he", True), ("fa-IR", True), ("de", False), ("xx", False)]
)
def test_who_is_hard_to_follow(tag: str, unclear: bool) -> None:
    assert is_unclear(tag) is unclear
