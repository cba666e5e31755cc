"""What is written in digits and signs is said in words, and what nothing says is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.narration import readers
from storyboard.narration.cleaning import clean_narration
from storyboard.narration.grammar import Form, grammar_of
from storyboard.narration.minus_signs import minus_words
from storyboard.narration.plain_text import PAUSES, is_pause
from storyboard.narration.read_out import read_out
from storyboard.narration.readers import Reader
from storyboard.narration.spoken_tokens import spoken_tokens
from storyboard.narration.voice_signs import doubtful_signs
from storyboard.speech_rates import estimate_seconds
from storyboard.spoken_tags import language_of
from storyboard.studio.voice.languages import LANGUAGES
from tests.support.passing_time import soon

READ = ("en", "de", "fr", "es", "it", "pt", "ja", "ko", "zh")

FOLDER = Path(__file__).parent / "readings"


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield language, written and said of each pair of lines."""
    for path in sorted(FOLDER.glob("*.txt")):
        lines = path.read_text("utf-8").splitlines()
        for written, said in zip(lines[::2], lines[1::2], strict=True):
            yield path.stem, written, said.removeprefix("= ")


@pytest.mark.parametrize("language", sorted({tag for tag, _, _ in examples()}))
def test_short_forms_are_read_out(language: str) -> None:
    pinned = {written: said for tag, written, said in examples() if tag == language}
    found = {written: read_out(clean_narration(written), language) for written in pinned}
    assert {written: each.spoken for written, each in found.items()} == pinned
    assert {written: each.unspoken for written, each in found.items() if each.unspoken} == {}


def test_sentences_of_manuals_reports_and_courses_are_counted() -> None:
    """Each is read by `test_short_forms_are_read_out`: with no sign dropped, no number misread."""
    told = [tag for tag, _, _ in examples()]
    assert len(told) >= 1700
    assert min(told.count(language) for language in READ) >= 44
    assert len({written for _, written, _ in examples()}) == len(told)


@pytest.mark.parametrize("language", READ)
@pytest.mark.parametrize(
    "written", ["9" * 37, "$" + "9" * 37, "1" + "0" * 70, "⑴", "①m", "٣", "Ⅳ", "㊿", "ↈ"]
)
def test_no_number_is_too_strange_or_too_long(language: str, written: str) -> None:
    """They were a traceback of the English voice; a long number is said digit by digit."""
    said = read_out(written, language).spoken
    assert not re.search("[^\x00-\x7f]", said) or not any(c.isdigit() and c > "\x7f" for c in said)
    if written.isascii() and language not in ("ja", "zh", "ko"):
        assert len(said.split()) == len(written)


SCIENCE = (
    "mm² cm² m² km² mm³ cm³ m³ µg mg g kg t µs ms ml dL l nm µm mm cm m km N kN Nm Pa hPa kPa "
    "MPa GPa mmHg mV V kV mA Ω kΩ MΩ Wh kWh MWh GWh TWh mAh Ah W kW MW GW kJ MJ Hz kHz MHz GHz "
    "lm lx dB °C m/s m/s² km/h mol/l ppm rpm fps bps pp"
)
"""Units that manuals and reports of every language have."""


@pytest.mark.parametrize("language", READ)
def test_a_unit_that_one_language_names_has_a_name_in_each(language: str) -> None:
    """Japanese, Chinese and Korean lost the sign of "1.5 mm²", and passed "5000 mAh" on."""
    said = {unit: read_out(f"7 {unit}.", language) for unit in SCIENCE.split()}
    assert [unit for unit, found in said.items() if found.unspoken] == []
    passed_on = [u for u, found in said.items() if re.search(f"{u}[.]|Ω", found.spoken)]
    assert passed_on == []


@pytest.mark.parametrize("language", [*READ, "ru", "th"])
def test_what_nothing_says_is_told_with_its_place(language: str) -> None:
    (sign,) = read_out("a ∴ b", language).unspoken
    assert (sign.sign, sign.start) == ("∴", 2)
    assert "∴" not in read_out("a ∴ b", language).spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_loses_a_minus_sign(language: str) -> None:
    """Most voices pass over a hyphen, and all over a dash: it is a word before they see it."""
    if language_of(language) not in minus_words():
        assert grammar_of(language) is not None
        return
    for sign in "-–−":
        read = read_out(f"A {sign}5", language)
        assert read.spoken == f"A {minus_words()[language_of(language)]} 5"
        assert read.unspoken == ()
    assert read_out("3-5, 3–5, A-5, A - 5", language).spoken == "3-5, 3–5, A-5, A - 5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_loses_a_currency(language: str) -> None:
    """Most voices pass over the signs of other countries' money."""
    for price in ("€5", "5 €", "£5", "5 CHF", "¥5", "₹5", "R$ 5"):
        read = read_out(f"A {price}.", language)
        assert read.unspoken == ()
        assert not set("€£¥₹$") & set(read.spoken)
        assert read.spoken != read_out("A 5.", language).spoken


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_in_groups_are_one_number_in_every_language(language: str) -> None:
    whole = read_out("A 12500 B", language).spoken
    for number in ("12 500", "12\u202f500", "12'500", "12’500"):
        assert read_out(f"A {number} B", language).spoken == whole, number


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_loses_inches_and_feet(language: str) -> None:
    read = read_out('A 12" B 6\'2" C', language)
    assert read.unspoken == ()
    assert not set("\"'″′") & set(read.spoken)
    assert len(read.spoken) > len("A 12 B 6 2 C")


def test_changes_tell_their_places() -> None:
    text = "It grew 5 % in Jan. 2024. Call Dr. Y."
    found = read_out(text, "en")
    assert [text[each.start : each.end] for each in found.changes] == [
        "5 %",
        "Jan. ",
        "2024",
        "Dr.",
    ]
    assert found.sentences == (
        "It grew five percent in January twenty twenty-four.",
        "Call Doctor Y.",
    )


@pytest.mark.parametrize(
    "text", ["Stop.", "no. Never", "no e.gress", "I am, it's (well) “so” – yes"]
)
def test_what_only_looks_short_stays(text: str) -> None:
    assert read_out(text, "en").spoken == text


@given(
    st.sampled_from(LANGUAGES),
    st.text("abz 0123456789.,:/-–%€$£&+<>=≥±°²³⁶⁺⁻ⁿ₂½①⑴ⅣXVI月日年時分Ahx†#@_*|", max_size=40),
)
def test_each_sign_is_said_or_told(language: str, text: str) -> None:
    """The law of the pipeline: nothing is dropped in silence, and all digits become words."""
    found = read_out(text, language)
    told = {each.start for each in found.unspoken}
    changed = {at for each in found.changes for at in range(each.start, each.end)}
    if grammar_of(language) is None:
        return
    for at, sign in enumerate(text):
        if not (sign.isalpha() or sign.isspace() or is_pause(sign)):
            assert at in told or at in changed, (text, found)
    for sign in found.spoken:
        assert sign.isalpha() or sign.isspace() or is_pause(sign) or sign in "0123456789'", found
        assert language == "ja" or not sign.isdigit(), found


@pytest.mark.parametrize("language", READ)
def test_cardinals_differ_and_grow_by_parts(language: str) -> None:
    """Every number below ten thousand has a name of its own, which no engine has to know."""
    grammar = grammar_of(language)
    assert grammar is not None
    names = [grammar.cardinal(number, "") for number in range(10_000)]
    assert len(set(names)) == len(names)
    assert all(grammar.cardinal(10**power, "") for power in range(15))


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 1_234_567, "one million two hundred thirty-four thousand five hundred sixty-seven"),
        ("de", 101_001, "einhunderteintausendeins"),
        ("fr", 80_080, "quatre-vingt mille quatre-vingts"),
        ("fr", 171_200, "cent soixante et onze mille deux cents"),
        ("es", 21_101, "veintiún mil ciento uno"),
        ("es", 1_000_000_000, "mil millones"),
        ("ko", 11_110, "만천백십"),
        ("zh", 110, "一百一十"),
        ("zh", 100_001, "十万零一"),
        ("zh", 10_010, "一万零一十"),
        ("ja", 2_500_000_000, "25億"),
    ],
)
def test_cardinals(language: str, number: int, said: str) -> None:
    grammar = grammar_of(language)
    assert grammar is not None
    assert grammar.cardinal(number, "") == said


def test_ordinals() -> None:
    forms = [("en", 21), ("de", 7), ("fr", 71), ("es", 3)]
    found = [grammar_of(tag).ordinal(n, Form.PLAIN) for tag, n in forms]  # type: ignore[union-attr]
    assert found == ["twenty-first", "siebte", "soixante et onzième", "tercero"]


def test_the_estimate_is_of_what_is_said() -> None:
    words = "in zweitausendvierundzwanzig"
    assert estimate_seconds("in 2024", "de") == estimate_seconds(words, "de")
    said = "two point five billion dollars"
    assert estimate_seconds("$2.5bn", None) == estimate_seconds(said, "en")


def test_tokens_know_what_is_said_for_them() -> None:
    tokens = ["Up ", "5 ", "% ", "in ", "2024."]
    changes = read_out("".join(tokens), "en").changes
    said = [" ".join(each.split()) for each in spoken_tokens(tokens, changes)]
    assert said == ["Up", "five", "percent", "in", "twenty twenty-four ."]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "é ü ñ"), ("hi", "नमस्ते"), ("th", "สวัสดี"), ("ja", "が"), ("zh", "A你")],
)
def test_letters_and_their_marks_are_no_signs(language: str, text: str) -> None:
    assert read_out(unicodedata.normalize("NFD", text), language).unspoken == ()


def test_letters_that_a_voice_leaves_out_are_told() -> None:
    found = read_out("Say 你好 or Привет and π.", "en")
    assert [each.sign for each in found.unspoken] == ["你好", "Привет"]
    assert found.spoken == "Say or and pi."


PIECES = (*PAUSES, "§", "≈", "a", "IV", "Dr.", "e.g.", "No. ", "5", "3.5", " ", "km", "$", "@")


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(READ))
def test_a_sign_that_is_not_spoken_is_seen_at_a_glance(text: str, language: str) -> None:
    """Checks read a text out only if it has one."""
    assert not read_out(clean_narration(text), language).unspoken or (
        doubtful_signs(language).search(text)
    )


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(READ))
def test_rules_that_are_passed_over_have_nothing_to_say(text: str, language: str) -> None:
    reader, each = Reader(language), Reader(language)
    each._runs = ((None, reader._rules),)
    own = (rule.starts for rule in reader._rules if rule.starts)
    each._starts = re.compile("|".join((readers._EVERYWHERE, *own)))
    assert reader.read(text) == each.read(text)


@pytest.mark.parametrize("choice", ["a(?=b|c)", "[|]", r"\|", "(?:a|(b|c))[)|]"])
def test_what_patterns_look_behind_for_is_looked_at_once(choice: str) -> None:
    """Each look takes its time at every letter of a text: they were half of what reading took."""
    behind = "(?<![a-z])"
    assert readers._joined_patterns([behind + choice, f"{behind}d"]).count(behind) == 1


def test_a_choice_of_patterns_keeps_what_only_its_first_looks_behind_for() -> None:
    joined = re.compile(readers._joined_patterns(["(?<!x)a|b", "(?<!x)c"]))
    assert [found[0] for found in joined.finditer("xa xb xc a b c")] == ["b", "a", "b", "c"]


@pytest.mark.parametrize(
    ("piece", "language"), [("½", "en"), ("a½", "fr"), ("½a", "de"), ("⅓", "ja")]
)
def test_signs_that_count_as_letters_take_time_by_their_number(piece: str, language: str) -> None:
    """Each of them asks for the word behind it: what goes on without end is no word."""
    with soon(1.5):
        read_out(piece * (10_000 // len(piece)), language)
