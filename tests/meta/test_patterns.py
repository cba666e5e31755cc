"""No text keeps a regular expression busy for long: each of the package's is attacked.

A pattern that needs four times as long for twice the text takes a minute for a page of `<a<a<a`.
"""

from __future__ import annotations

import pytest

from tests.support.pattern_attacks import Target, is_slow, targets

BOUNDED = {
    "storyboard.narration.sentences._STOP_AT_END": "sees the last 80 characters",
    "storyboard.narration.sentences._WIDE_AT_END": "sees the last 80 characters",
    "storyboard.narration.rule._LAST_WORD": "sees the last 40 characters",
    "storyboard.narration.ordinal_numbers._LISTED": "sees the last 64 characters",
    "storyboard.expand.scene_ids._TEMPLATE": "sees the first 500 characters",
    "storyboard.catalogs.po_regular._TEXT": "sees lines that another pattern found to be quoted",
    "storyboard.globs._NAME_PARTS": "sees texts that end with `]`",
    "storyboard.narration.rule._LITERALS": "sees the patterns of our own rules",
    "storyboard.source.acceptor._DOLLAR": "sees the patterns of our own schemas",
    "storyboard.templates.scanning._STEP": "is not used again behind a quote that nothing closes",
}
"""Patterns that are slow, and why no text makes them so."""


PARTS = 8


@pytest.mark.slow
def test_each_exemption_is_in_use() -> None:
    assert set(BOUNDED) <= {target.name for target in targets()}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_is_slow(part: int) -> None:
    found = targets()[part::PARTS]
    assert len(found) > 200 // PARTS
    slow = {
        f"{target.name}: {target.pattern}": attack
        for target in found
        if target.name not in BOUNDED and (attack := is_slow(target))
    }
    assert slow == {}


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"\s+x",
        r"<[^>]*>",
        pytest.param(r"\[([^\]]*)\]", marks=pytest.mark.slow),
        r"(?:a|a?b?)+c",
        pytest.param(r"\S*--\S*", marks=pytest.mark.slow),
    ],
)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    assert is_slow(Target(pattern, 0, False, "planted"))


@pytest.mark.parametrize("pattern", [r"(?<!\s)\s+x", r"<[^<>]*>", r"[a-z]+", r"a{1,40}b"])
def test_a_pattern_in_linear_time_is_not(pattern: str) -> None:
    assert is_slow(Target(pattern, 0, False, "planted")) is None
