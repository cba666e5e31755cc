"""Emphasis of Markdown, taken off: what the plain regular expression for it took off, and fast."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.emphasis import without_emphasis
from storyboard.narration.read_out import read_out
from storyboard.studio.compose.markdown import markdown_text
from tests.support.examples import examples
from tests.support.passing_time import soon

PLAIN = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|~~|`{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)


@settings(deadline=None, max_examples=examples(2000))
@given(st.text(st.sampled_from("*_~`a \n."), max_size=14))
def test_the_same_marks_are_taken_off(text: str) -> None:
    assert without_emphasis(text) == PLAIN.sub(r"\2", text)


@pytest.mark.parametrize(
    "piece",
    ["*a ", "*", "_a _", "- ", "# ", "> ", "[", "[a](", "[a](b) ", "*~~", "`a ", "\t", " ", "!",
     "~", "🎉 ", "<a", "<https:", "![", "](", "1.", "\n\t", "—", " —", "``` "],
)  # fmt: skip
@pytest.mark.parametrize(
    "end", ["", "a~~*", *(pytest.param(e, marks=pytest.mark.slow) for e in ("a", " x"))]
)
def test_no_text_takes_long_to_clean(piece: str, end: str) -> None:
    """Work that grows with the square of the length would take more than a second."""
    text = piece * (10_000 // len(piece)) + end
    for clean in (clean_narration, partial(read_out, language="en"), markdown_text):
        with soon(1):
            clean(text)


@pytest.mark.parametrize(
    "text", ["- " * 3000 + "a", "[" * 900 + "a" + "](b)" * 900, "*~~" * 900 + "a" + "~~*" * 900]
)
def test_marks_within_marks_come_to_an_end(text: str) -> None:
    cleaned = clean_narration(text)
    assert "a" in cleaned
    assert clean_narration(cleaned) == cleaned
