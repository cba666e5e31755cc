"""Captions: all of the text, in order, on time, in lines that can be read."""

from __future__ import annotations

import html
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.caption_files import write_srt, write_vtt
from storyboard.narration.cleaning import clean_narration
from storyboard.studio.film.caption_tokens import LINE_WIDTH, tokens_of, width
from storyboard.studio.film.captions import (
    chapters,
    later,
    scene_cues,
)
from storyboard.studio.film.cue_cutting import TAIL_SECONDS
from storyboard.studio.film.request import Cue, SceneTiming
from storyboard.studio.voice.speech import Word

WORDS = st.lists(st.text("abcdefghij.,!", min_size=1, max_size=14), min_size=1, max_size=60)


@given(WORDS, st.floats(1.5, 60))
def test_nothing_is_lost_or_out_of_order(words: list[str], seconds: float) -> None:
    cues = list(scene_cues(" ".join(words), (), seconds, 3.0))
    shown = clean_narration(" ".join(words)).split()
    assert " ".join(cue.text for cue in cues).split() == shown
    assert cues[0].start == 3.0
    assert -1e-6 < cues[-1].end - 3.0 - seconds < TAIL_SECONDS + 1e-6
    for before, after in pairwise(cues):
        assert before.start < before.end <= after.start + 1e-9


@given(WORDS)
def test_lines_are_two_and_short(words: list[str]) -> None:
    for block in write_srt(list(scene_cues(" ".join(words), (), 10.0, 0.0))).strip().split("\n\n"):
        lines = block.split("\n")[2:]
        assert 1 <= len(lines) <= 2
        assert max(len(line) for line in lines) <= LINE_WIDTH


def test_word_times_are_used_where_each_word_has_one() -> None:
    words = (Word("twelve", 0.1, 0.5), Word("more", 0.5, 1.3), Word("then", 2.5, 3.5))
    cues = list(scene_cues("12 more then", words, 3.6, 1.0))
    assert cues == [Cue(1.1, 2.3, "12 more"), Cue(3.5, 4.5, "then")]


def test_what_is_heard_tells_when_captions_are_shown_and_not_what_they_show() -> None:
    told = (Word("Yes", 0.1, 0.3), Word("No", 1.4, 1.6), Word("Go", 1.9, 2.1))
    heard = (Word("Yes", 0.2, 0.5), Word("No", 1.3, 1.4), Word("Go", 2.11, 2.15))
    cues = list(scene_cues("Yes. No. Go.", told, 2.2, 1.0, heard=heard))
    shown = [(cue.start, cue.text) for cue in cues]
    assert shown == [(1.2, "Yes."), (2.3, "No. Go.")]


def test_what_is_said_quickly_stays_to_be_read() -> None:
    words = (Word("Yes", 0.1, 0.3), Word("No", 1.4, 1.6), Word("Go", 1.9, 2.1))
    cues = list(scene_cues("Yes. No. Go.", words, 2.2, 0.0))
    told = [(cue.start, cue.end, cue.text) for cue in cues]
    assert told == [(0.1, 1.4, "Yes."), (1.4, 2.4, "No. Go.")]


def test_sentences_begin_captions() -> None:
    cues = list(scene_cues("One is here. “Two is there!” Three ends", (), 6.0, 0.0))
    assert [cue.text for cue in cues] == ["One is here.", "“Two is there!”", "Three ends"]


def test_text_without_spaces_is_cut_too() -> None:
    text = "今日は四半期の主要な指標を確認します。" * 6
    cues = list(scene_cues(text, (), 40.0, 0.0))
    assert "".join(cue.text for cue in cues).replace("\n", "") == text
    for block in write_srt(cues).strip().split("\n\n"):
        assert max(len(line) for line in block.split("\n")[2:]) <= LINE_WIDTH // 2 + 2


def test_captions_are_the_same_wherever_in_the_film_their_scene_is() -> None:
    text = "Yes. No. Go. Here we see the key metrics, and the cost of support went down again."
    cues = tuple(scene_cues(text, (), 7.3, 0.0, "en"))
    there = tuple(scene_cues(text, (), 7.3, 1234.56, "en"))
    assert len(cues) > 1
    assert later(cues, 1234.56) == there


def test_chapters_cover_the_film() -> None:
    timeline = (SceneTiming(0, 75), SceneTiming(75, 50))
    assert chapters(("intro", "end"), timeline, 25) == (
        Cue(0.0, 3.0, "intro"),
        Cue(3.0, 5.0, "end"),
    )


@given(
    st.text("\u00a0\u202f\u2028\u200d«»abc déz漢字한글ก็ิ  \n\n-–—.!?/&<>5%°C🎉", max_size=160)
    | st.text("a/.", max_size=160),
    st.sampled_from(("en", "de", "zh", "ko", None)),
)
def test_a_cue_has_two_lines_at_most_and_loses_nothing(
    narration: str, language: str | None
) -> None:
    """A blank line in a narration ended its cue: the rest of it was lost."""
    cues = tuple(scene_cues(narration, (), 9.0, 0.0, language))
    blocks = write_vtt(cues).split("\n\n")[1:]
    assert len(blocks) == len(cues)
    for block in blocks:
        lines = html.unescape(block).rstrip("\n").split("\n")[1:]
        assert 1 <= len(lines) <= 2
        assert all(line and width(line) <= LINE_WIDTH for line in lines), lines
    shown = "".join("".join(cue.text for cue in cues).split())
    assert shown == "".join(clean_narration(narration).split())


def test_what_is_read_as_one_is_not_parted() -> None:
    text = "The lists of the report have many items, all at −5 °C and 3.5 % each."
    shown = [cue.text for cue in scene_cues(text, (), 30.0, 0.0, "en")]
    assert len(shown) > 2
    assert all(sum(part in cue for cue in shown) == 1 for part in ("−5 °C", "3.5 %")), shown


def test_items_of_a_list_are_captions_of_their_own() -> None:
    text = "• Store it at 2–8 °C. • Keep it away from heat • Open the lid"
    shown = [cue.text for cue in scene_cues(text, (), 9.0, 0.0, "en")]
    assert shown == ["Store it at 2–8 °C.", "Keep it away from heat", "Open the lid"]


def test_the_number_of_an_item_stays_with_it() -> None:
    text = "1.\tOpen the lid of the box\n2.\tClose the lid of the box"
    shown = [cue.text for cue in scene_cues(text, (), 9.0, 0.0, "en")]
    assert shown == ["1. Open the lid of the box", "2. Close the lid of the box"]


@pytest.mark.parametrize("language", ["it", "pt-BR", "ru", "sv", None])
def test_a_number_and_its_percent_sign_are_one(language: str | None) -> None:
    text = "Xyz xyzzy xyzzy 4,2 % xyz, 7 %."
    assert tokens_of(text, language=language)[-3:] == ("4,2 % ", "xyz, ", "7 %.")
