"""Kanji need a reader; without one the failure says what to install."""

from __future__ import annotations

import sys

import pytest

from storyboard.speech_rates import estimate_seconds
from storyboard.studio.text.recognition import recognize_language
from storyboard.studio.voice import japanese
from storyboard.studio.voice.casting import voice_for
from storyboard.studio.voice.espeak_voice import written_for
from storyboard.studio.voice.speech import VoiceError

KANJI = "今日は新しい画面を見てみましょう。"


def test_kana_need_no_reader() -> None:
    assert written_for("ja", "とれーにんぐへ、ようこそ。") == "とれーにんぐへ、ようこそ。"


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
    assert written_for("ja", "今日は") == "キョウワ"
    assert 2.0 < voice_for("jane", "ja").speak(KANJI).seconds < 6.0


@pytest.mark.parametrize(
    ("written", "kana"),
    [
        ("Salesforceを開く", "セールスフォースヲヒラク"),
        ("please open the table", "プリーズ オーパン ザ テーブル"),
        ("ZoomとSlackとGitHub", "ズームとスラックとギット ハブ"),
        ("new training", "ニュー トレーニング"),
        ("jump, quick, judge", "ジャンプ, クウィック, ジャッジ"),
        ("AとBのボタン", "AとBのボタン"),
    ],
)
def test_words_in_latin_letters_are_written_as_they_sound(written: str, kana: str) -> None:
    assert written_for("ja", written) == kana


@pytest.mark.parametrize(
    "text",
    [
        "まず、Microsoft TeamsとSalesforceを開いて、ログインしてください。",
        "OutlookからSharePointのファイルを開き、PowerPointで表示します。",
        "GitHubとDockerとKubernetesを使って、アプリケーションを公開します。",
        "新しいAdobe Photoshopでは、JPEGとPNGの画像を編集できます。",
        "Call the help desk if you need a new password or a new phone.",
        "ダッシュボードはGoogle Chrome、Firefox、Safariで動作します。",
    ],
)
def test_words_in_latin_letters_take_about_as_long_as_the_estimate_tells(text: str) -> None:
    spoken = voice_for("jane", "ja").speak(text).seconds
    assert 0.75 * spoken < estimate_seconds(text, "ja") < 1.25 * spoken
