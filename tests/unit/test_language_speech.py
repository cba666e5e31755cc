"""How long texts take, how they are spoken, and which tables have to agree."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.checks import RULES
from storyboard.expand.spoken import spoken
from storyboard.plan.plan import make_plan
from storyboard.source.schema import read_schema
from storyboard.speech_rates import RATES, estimate_seconds, rate_of
from storyboard.studio.compose.pace import Pace
from storyboard.wire import MAX_SCENES, TEMPLATE_IDS
from tests.support.plans import applied, current
from tests.support.videos import video


def test_english_takes_a_second_for_fifteen_characters() -> None:
    assert estimate_seconds("x" * 150, "en") == 10.0
    assert estimate_seconds("x" * 150, None) == 10.0


def test_a_region_does_not_change_the_language() -> None:
    assert rate_of("pt-BR") == rate_of("pt") == 14.0
    assert rate_of("xx") == 14.0


@pytest.mark.parametrize("locale", ["zh", "en", None])
def test_chinese_counts_as_chinese_whatever_the_locale(locale: str | None) -> None:
    assert estimate_seconds("欢迎参观我们的新产品", locale) == pytest.approx(2.0)


def test_marks_on_letters_take_no_time() -> None:
    assert estimate_seconds("é", "fr") == estimate_seconds("e\u0301", "fr")


def test_the_guide_speaks_as_fast_as_estimated() -> None:
    """Later revisions of the guide measured 2.4 words a second; English has about 6 characters."""
    text = "Welcome to this deep dive into two pillars of modern artificial intelligence"
    words = len(text.split())
    assert words / estimate_seconds(text, "en") == pytest.approx(2.4, rel=0.15)


def test_no_language_is_faster_or_slower_than_people_speak() -> None:
    assert all(3 <= rate <= 20 for rate in RATES.values())


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("  one   two  ", "one two"),
        ("one\ntwo\n", "one two"),
        ("one\n\n\n  two \n", "one\n\ntwo"),
        ("10\u202f€ and 5\u00a0%", "10\u202f€ and 5\u00a0%"),
        ("e\u0301", "é"),
        (12, "12"),
        (1.5, "1.5"),
        (True, True),
        (None, None),
    ],
)
def test_white_space_is_not_spoken(written: Any, said: Any) -> None:
    assert spoken(written) == said


def test_the_strict_schema_knows_the_limits_of_the_wire() -> None:
    schema = read_schema("video")
    template = schema["definitions"]["avatar"]["properties"]["templateId"]
    assert template["enum"] == list(TEMPLATE_IDS)
    assert schema["properties"]["scenes"]["maxItems"] == MAX_SCENES


@pytest.mark.parametrize("draft", ["Draft7Validator", "Draft202012Validator"])
def test_the_strict_schema_is_good_in_both_drafts(draft: str) -> None:
    import jsonschema

    getattr(jsonschema, draft).check_schema(read_schema("video"))


def test_every_rule_has_its_own_code() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize(
    ("text", "locale"), [("欢迎参观我们的新产品", "zh"), ("ברוכים הבאים", "he"), ("Welcome", "en")]
)
def test_all_who_tell_of_seconds_tell_the_same(text: str, locale: str) -> None:
    """The plan had a rate of its own, and so had composing: 3.8 s were 1.3 s to the plan."""
    wanted = video(f"q1@{locale}", text)
    film = make_plan([wanted], applied(), current()).changes[0].film
    assert film is not None
    assert film.speech_seconds == round(estimate_seconds(text, locale), 1)
    assert Pace().seconds(text) == pytest.approx(estimate_seconds(text, locale), rel=0.05)
