"""Engines spell sounds in their ways; the stage sees plain IPA."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.studio.voice.phones import IPA, letters, merged, spread
from storyboard.studio.voice.speech import Phone


@pytest.mark.parametrize(
    ("symbol", "plain"),
    [
        ("ˈɛ̃", "ɛ"),
        ("ã", "a"),
        ("ç", "ç"),
        ("tʃ", "tʃ"),
        ("t͡s", "ts"),
        ("ʤ", "dʒ"),
        ("ph", "ph"),
        ("a-", "a"),
        ("ˈɑu", "ɑu"),
        ("uː", "u"),
        ("A", "eɪ"),
        ("ɚ", "ə"),
        ("g", "ɡ"),
        ("ˈ", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_a_symbol_becomes_plain_letters(symbol: str, plain: str) -> None:
    assert "".join(letters(symbol)) == plain


@given(st.text(max_size=8), st.floats(0, 100), st.floats(0.001, 2))
def test_spreading_fills_exactly_the_symbols_time(symbol: str, start: float, length: float) -> None:
    parts = list(spread(symbol, start, start + length))
    assert parts[0].start == start
    assert parts[-1].end == pytest.approx(start + length)
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert all(part.symbol == "" or part.symbol in IPA for part in parts)


def test_pauses_side_by_side_are_one() -> None:
    phones = [Phone("", 0, 1), Phone("a", 1, 1), Phone("", 1, 2), Phone("a", 2, 3)]
    assert merged(phones) == (Phone("", 0, 2), Phone("a", 2, 3))
