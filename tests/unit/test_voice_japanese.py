"""Kanji need a reader; without one the failure says what to install."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.japanese import in_kana
from storyboard.studio.voice.recognition import recognise_language
from storyboard.studio.voice.speech import VoiceError

KANJI = "今日は新しい画面を見てみましょう。"

with_janome = pytest.mark.skipif(find_spec("janome") is None, reason="janome is not installed")
without_janome = pytest.mark.skipif(find_spec("janome") is not None, reason="janome is installed")


def test_kana_need_no_reader() -> None:
    assert in_kana("とれーにんぐへ、ようこそ。") == "とれーにんぐへ、ようこそ。"


def test_kanji_with_kana_are_recognised_as_japanese() -> None:
    assert recognise_language([KANJI]) == "ja"


@without_janome
def test_kanji_without_a_reader_are_an_error_that_names_the_package() -> None:
    with pytest.raises(VoiceError, match=r"pip install 'storyboard\[ja\]'"):
        voice_for("jane", "ja").speak(KANJI)


@with_janome
def test_kanji_are_read() -> None:
    assert in_kana("今日は") == "キョウワ"
    assert 2.0 < voice_for("jane", "ja").speak(KANJI).seconds < 6.0
