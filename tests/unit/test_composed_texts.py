"""Texts in Unicode's one spelling, in time that grows with their length."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from storyboard.texts import composed, normal_text, spoken_text
from tests.support.passing_time import soon

MARKS = "\u0301\u0316"
"""An accent above and one below: what sorts them looks at each pair."""


@given(st.text(alphabet="aeé한각가" + MARKS + "\u0323\u05b0", max_size=90))
def test_honest_texts_are_in_nfc(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_a_long_honest_text_is_in_nfc() -> None:
    text = "Cafe\u0301 " * 1000
    assert composed(text) == "Café " * 1000


def test_a_letter_with_thousands_of_marks_takes_no_time() -> None:
    """A file of 240 kB took 39 s."""
    text = "a" + MARKS * 120_000
    for compose in (composed, spoken_text, normal_text):
        with soon(2):
            assert len(compose(text)) == len(text)
