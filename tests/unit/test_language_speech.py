"""How long texts take, how they are spoken, and which tables have to agree."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from storyboard.checks import RULES
from storyboard.expand.spoken import spoken
from storyboard.narration import spoken_parts
from storyboard.narration.read_out import ReadOut
from storyboard.plan.plan import make_plan
from storyboard.source.schema import read_schema
from storyboard.speech_rates import RATES, estimate_seconds, rate_of, rough_seconds
from storyboard.studio.compose.pace import Pace
from storyboard.wire import MAX_SCENES, TEMPLATE_IDS
from tests.support.plans import applied, current
from tests.support.videos import scene, video
from tests.unit.voice_narrations import NARRATIONS

PROSE = (
    "Before you leave the workshop, switch off the machine and hang your gloves on the hook. "
    "Then close the door behind you, and tell the next shift what is left to do."
)


def test_english_prose_takes_a_second_for_about_fifteen_characters() -> None:
    assert estimate_seconds(PROSE, "en") == pytest.approx(len(PROSE) / 15.0, rel=0.1)
    assert estimate_seconds(PROSE, None) == estimate_seconds(PROSE, "en")


@pytest.mark.parametrize("language", sorted(NARRATIONS))
def test_a_length_is_told_roughly_without_reading(language: str) -> None:
    for text in NARRATIONS[language]:
        assert rough_seconds(text) == pytest.approx(estimate_seconds(text, None), rel=0.6)
        assert rough_seconds(text * 1000) == pytest.approx(1000 * rough_seconds(text), rel=0.1)
    assert rough_seconds("") == 0


def test_a_rough_length_loads_nothing_that_reads() -> None:
    tell = "from storyboard.speech_rates import rough_seconds; rough_seconds('Year 2025.'); "
    loaded = "import sys; print([m for m in sys.modules if m.startswith('storyboard.narration')])"
    ran = subprocess.run([sys.executable, "-c", tell + loaded], capture_output=True, text=True)
    assert ran.stdout == "[]\n", ran.stderr


@pytest.mark.parametrize("locale", ["en", "de", "it", "ko", "xx"])
def test_initials_take_as_long_as_their_letters(locale: str) -> None:
    """HTTP was a word of four letters, and a text of initials three times as long as estimated."""
    for initials in ("HTTP", "CEO", "SQL"):
        spelled, word = (estimate_seconds(text, locale) for text in (initials, initials.lower()))
        assert spelled > 1.2 * word, initials
    assert estimate_seconds("UNESCO", locale) < estimate_seconds("HTTPSS", locale)
    many, one = (estimate_seconds(text, locale) for text in ("the APIs", "the API"))
    assert 0 < many - one < 0.2


def test_shouting_is_not_spelled() -> None:
    assert estimate_seconds("DO NOT OPEN THE CABINET", "en") < 3


@pytest.mark.parametrize("locale", sorted(RATES))
def test_pauses_take_their_time(locale: str) -> None:
    """Many short sentences took more than twice as long as their letters."""
    one, many = "Look and think and act", "Look. And think. And act"
    assert estimate_seconds(many, locale) - estimate_seconds(one, locale) > 0.9
    listed = "Look, and think, and act"
    assert 0.2 < estimate_seconds(listed, locale) - estimate_seconds(one, locale) < 0.9


def test_a_list_pauses_behind_each_item() -> None:
    items = "Bring:\n\n- a pen\n- a cup\n- a hat"
    assert estimate_seconds(items, "en") > estimate_seconds("Bring a pen a cup a hat", "en") + 1.5


@pytest.mark.parametrize(("locale", "seconds"), [("ja", 1.6), ("ko", 1.5), ("zh", 1.5)])
def test_latin_words_are_as_quick_among_other_letters(locale: str, seconds: float) -> None:
    """But for Japanese, which says them in its own syllables: some 10 letters a second."""
    assert estimate_seconds("Microsoft Windows", locale) < seconds


def test_a_region_does_not_change_the_language() -> None:
    assert rate_of("pt-BR") == rate_of("pt") == 14.0
    assert rate_of("xx") == 14.0


@pytest.mark.parametrize("locale", ["zh", "en", None])
def test_chinese_counts_as_chinese_whatever_the_locale(locale: str | None) -> None:
    assert estimate_seconds("欢迎参观我们的新产品", locale) == pytest.approx(10 / 4.5)


def test_marks_on_letters_take_no_time() -> None:
    assert estimate_seconds("é", "fr") == estimate_seconds("e\u0301", "fr")


def test_the_guide_speaks_as_fast_as_estimated() -> None:
    """Later revisions of the guide measured 2.4 words a second of its voices."""
    guide = "Welcome to this deep dive into two pillars of modern artificial intelligence."
    text = " ".join((guide, *NARRATIONS["en"], PROSE))
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


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that estimates read out, each as often as it is."""
    asked: list[str] = []

    def clean(text: str) -> str:
        asked.append(text)
        return text

    monkeypatch.setattr(spoken_parts, "clean_narration", clean)
    return asked


def test_a_plan_reads_each_text_out_once(cleaned: list[str]) -> None:
    """A film tells of its speech and of the work that it is; a second plan asks for the same."""
    texts = [f"Part {number} of 97,531 shows 5 %." for number in range(3)]
    wanted = video("q1@en", *(scene(f"s{number}", text) for number, text in enumerate(texts)))
    first = make_plan([wanted], applied(), current())
    assert cleaned == texts
    assert make_plan([wanted], applied(), current()) == first
    assert cleaned == texts


def test_estimates_of_a_thousand_videos_are_kept(
    cleaned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken_parts, "read_out", lambda text, _: ReadOut((text,)))
    texts = [f"Text {number} of a thousand videos." for number in range(20_000)]
    once = [estimate_seconds(text, "en") for text in texts]
    assert [estimate_seconds(text, "en") for text in texts] == once
    assert cleaned == texts


def test_the_longest_texts_are_not_kept(cleaned: list[str]) -> None:
    text = "Some 24,680 words. " * 200
    assert estimate_seconds(text, "en") == estimate_seconds(text, "en")
    assert cleaned == [text, text]
