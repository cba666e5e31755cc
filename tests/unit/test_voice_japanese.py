"""Kanji need a reader; without one the failure says what to install."""

from __future__ import annotations

import sys

import pytest

from storyboard.studio.text.recognition import recognize_language
from storyboard.studio.voice import japanese
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.japanese import in_kana
from storyboard.studio.voice.speech import VoiceError

KANJI = "今日は新しい画面を見てみましょう。"


def test_kana_need_no_reader() -> None:
    assert in_kana("とれーにんぐへ、ようこそ。") == "とれーにんぐへ、ようこそ。"


def test_kanji_with_kana_are_recognized_as_japanese() -> None:
    assert recognize_language([KANJI]) == "ja"


def test_kanji_without_a_reader_are_an_error_that_names_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "janome.tokenizer", None)
    japanese._tokenizer.cache_clear()
    with pytest.raises(VoiceError, match=r"pip install 'storyboard-as-code\[ja\]'"):
        voice_for("jane", "ja").speak(KANJI)


def test_kanji_are_read() -> None:
    assert in_kana("今日は") == "キョウワ"
    assert 2.0 < voice_for("jane", "ja").speak(KANJI).seconds < 6.0
