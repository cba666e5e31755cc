"""A locale's estimate is that of the language which its voice speaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storyboard.speech_rates import RATES, estimate_seconds, rate_of
from storyboard.spoken_tags import OTHER_TAGS, language_of
from storyboard.studio.voice.languages import LANGUAGES, find_language

PACKAGE = Path(__file__).parents[2] / "storyboard"
REGIONS = ("HK", "MO", "TW", "US", "IN", "MX", "CA", "Hant-HK", "Hans-HK", "Latn")


def tags() -> list[str]:
    regional = (f"{language_of(tag)}-{region}" for tag in LANGUAGES for region in REGIONS)
    return sorted({*LANGUAGES, *OTHER_TAGS, *regional})


def test_the_estimate_is_the_voices() -> None:
    assert len(tags()) > 400
    for tag in tags():
        found = find_language(tag)
        assert found is not None, tag
        assert rate_of(tag) == rate_of(found.tag), tag
        assert language_of(found.tag) in RATES, tag


def test_hong_kong_speaks_cantonese() -> None:
    text = "歡迎來到今日嘅培訓"
    for tag in ("zh-HK", "zh-Hant-HK", "zh_HK"):
        assert estimate_seconds(text, tag) == estimate_seconds(text, "yue")
        assert estimate_seconds(text, tag) == pytest.approx(len(text) / 3.8, rel=0.1)
        assert getattr(find_language(tag), "tag", None) == "yue"


def test_only_one_function_takes_a_tag_to_its_language() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name != "spoken_tags.py":
            found = re.search(r'(?:partition|split)\("-"(?:, 1)?\)\[0\]', path.read_text("utf-8"))
            assert found is None, path
