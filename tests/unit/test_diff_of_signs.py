"""A diff of words cuts no sign in two that a reader sees as one."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, product

import pytest

from storyboard.graphemes import borders
from storyboard.plan.words import Kept, compare_words, shorten_same, words_markup
from tests.support.passing_time import soon

SIGNS = (
    "a", " ", "ü", "e\u0301", "👍", "👍🏽",
    "👩\u200d💻", "👩🏽\u200d💻", "👨\u200d👩\u200d👧", "❤\ufe0f", "❤\ufe0f\u200d🔥",
    "🇩🇪", "🇫🇷", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1\ufe0f\u20e3", "か\u3099", "กั", "กำ", "葛\U000e0100", "कि", ".", "欢",
)  # fmt: skip


def test_a_text_is_cut_between_signs() -> None:
    for one, other in product(SIGNS, SIGNS):
        assert borders(one + other) == [0, len(one)], ascii((one, other))


def test_a_changed_sign_is_shown_whole() -> None:
    for old, new in product(SIGNS[2:], SIGNS[2:]):
        before, after = f"Look: {old} now", f"Look: {new} now"
        at = set(borders(before)) | {len(before)}
        of_before = [p.text for p in compare_words(before, after) if p.kept is not Kept.NEW]
        assert set(accumulate(map(len, of_before))) <= at, ascii((old, new))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Hi 👩\u200d💻!", "Hi 👩\u200d🔬!", "Hi [-👩\u200d💻-]{+👩\u200d🔬+}!"),
        ("Hi 👍!", "Hi 👍🏽!", "Hi [-👍-]{+👍🏽+}!"),
        ("🇩🇪🇫🇷", "🇩🇪🇮🇹", "🇩🇪[-🇫🇷-]{+🇮🇹+}"),
        ("❤", "❤\ufe0f", "[-❤-]{+❤\ufe0f+}"),
        ("यह किताब है", "यह कागज़ है", "यह [-किताब-]{+कागज़+} है"),
    ],
)
def test_the_diff_as_it_is_read(before: str, after: str, shown: str) -> None:
    assert words_markup(compare_words(before, after)) == shown


def test_a_word_is_one_in_either_form() -> None:
    before, after = "un été chaud", "un étage chaud"
    plain = [(p.kept, p.text) for p in compare_words(before, after)]
    nfd = (unicodedata.normalize("NFD", text) for text in (before, after))
    parted = [(p.kept, unicodedata.normalize("NFC", p.text)) for p in compare_words(*nfd)]
    assert parted == plain


@pytest.mark.parametrize("shift", range(9))
def test_an_unchanged_run_is_cut_between_signs(shift: int) -> None:
    text = "x" * shift + "👩🏽\u200d💻" * 40
    for first, last in ((True, False), (False, True), (False, False)):
        shown = shorten_same(text, first=first, last=last, context=24)
        assert "…" in shown
        for part in shown.split("…"):
            assert part.strip("x ").replace("👩🏽\u200d💻", "").strip() == ""


def test_many_marks_and_flags_take_time_by_their_length() -> None:
    with soon(5):
        for text in ("e" + "\u0301" * 30_000, "🇩" * 30_000, "👩\u200d" * 15_000):
            assert len(borders(text)) <= 15_000


def test_a_text_of_one_sign_is_compared_at_once() -> None:
    with soon(0.5):
        pieces = compare_words("あ" * 5000, "い" + "あ" * 4998)
    assert "".join(piece.text for piece in pieces if piece.kept is Kept.OLD) == "あ" * 5000
