"""Times of written words: exact where a said word agrees, shared out between those."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.narration.sentences import ends_sentence
from storyboard.studio.film.word_times import word_times
from storyboard.studio.voice.speech import Word


def said(*words: tuple[str, float, float]) -> tuple[Word, ...]:
    return tuple(Word(*word) for word in words)


def test_a_number_lasts_as_long_as_all_the_words_that_say_it() -> None:
    words = said(("Lag", 0, 0.5), ("2025", 0.5, 0.8), ("025.", 0.8, 1.5), ("Nun", 2, 2.4))
    assert word_times(["Lag ", "2025. ", "Nun"], words, 2.5) == ((0, 0.5), (0.5, 1.5), (2, 2.4))


def test_points_and_case_and_vowels_do_not_matter() -> None:
    words = said(("حَسَنًا", 0.1, 0.6), ("نَعَمْ", 0.7, 1.0), ("x", 1.0, 1.1))
    assert word_times(["حسنا ", "نعم."], words, 1.2)[:1] == ((0.1, 0.6),)


def test_between_two_anchors_time_is_shared_by_letters() -> None:
    words = said(("a", 0, 1), ("for", 1, 2), ("example", 2, 4), ("x", 4, 5), ("b", 5, 6))
    spans = word_times(["a ", "e.g. ", "abcdef ", "b"], words, 7)
    assert spans == ((0, 1), (1, 2), (2, 5), (5, 6))


def test_pauses_part_what_no_word_agrees_with() -> None:
    words = said(("カ", 0, 2), ("キ", 3, 4), ("ク", 5, 6))
    spans = word_times(["価。", "格", "は。", "元"], words, 6)
    assert spans == ((0, 2), (3, 3.5), (3.5, 4), (5, 6))


def test_sentences_are_those_that_are_spoken_and_not_those_between_marks() -> None:
    """A Japanese sentence ends at a blank, too: all captions behind it came seconds late."""
    words = said(("カ", 0, 2), ("キク", 3, 5), ("17", 6, 7), ("ケ", 8, 9))
    tokens, numbers = ["価。", "格", "は ", "17。", "元"], [1, 2, 2, 3, 4]
    spans = word_times(tokens, words, 9, numbers)
    assert spans == ((0, 2), (3, 4), (4, 5), (6, 7), (8, 9))


def test_a_word_without_letters_says_nothing() -> None:
    """Where such a word came first, it was divided by its letters: an error of the scene."""
    words = said(("—", 0, 0.2), ("Abcdef", 0.2, 0.8), ("…", 0.8, 1.4), ("no", 1.4, 2))
    spans = word_times(["— ", "Abc", "def … ", "no"], words, 2)
    assert spans == ((0.2, 0.2), (0.2, 0.5), (0.5, 0.8), (1.4, 2))


@given(
    st.lists(st.text("ab.,—1", min_size=1, max_size=6), min_size=1, max_size=30),
    st.lists(st.tuples(st.text("ab1", max_size=4), st.floats(0.05, 1), st.floats(0, 0.5))),
)
def test_times_run_forward_within_the_speech(
    tokens: list[str], heard: list[tuple[str, float, float]]
) -> None:
    now, words = 0.0, []
    for text, length, pause in heard:
        words.append(Word(text, now, now + length))
        now += length + pause
    spans = word_times(tokens, words, now + 1)
    assert len(spans) == len(tokens)
    assert all(0 <= start <= end <= now + 1 + 1e-6 for start, end in spans)
    assert all(a[1] <= b[0] + 1e-6 for a, b in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "following", "ends"),
    [
        ("It is. ", "Then", True), ("z. ", "B. ", False), ("am 31. ", "Dezember", False),
        ("Mr. ", "Smith", False), ("in 2025. ", "Then", True), ("e.g. ", "this", False),
        ("です。", "次", True),
        ("დღეს. ", "გახსენით", True), ("օր։ ", "Բացեք", True), ("no stop ", "here", False),
    ],
)  # fmt: skip
def test_a_sentence_does_not_end_at_every_stop(text: str, following: str, ends: bool) -> None:
    assert ends_sentence(text, following) is ends
