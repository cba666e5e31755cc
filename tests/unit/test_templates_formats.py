"""Filters that write numbers keep the digits that there are, in each locale's own way."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.source.numerals import read_float
from storyboard.speech_rates import RATES
from storyboard.templates.expressions import Template, parse_template
from storyboard.templates.formats import UNITS
from tests.support.examples import examples

LOCALES = sorted({*RATES, "en-XA", "pt-PT", "zh-TW", "es-419", "fr-CA", "sr-Latn"})


def render(text: str, locale: str, **scope: float) -> str:
    template = parse_template("{{ " + text + " }}")
    assert isinstance(template, Template), template
    return str(template.render(scope, locale)).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "english", "german", "turkish"),
    [
        ("0.125|percent", "12.5%", "12,5 %", "%12,5"),
        ("0.25|percent", "25%", "25 %", "%25"),
        ("0.07|percent", "7%", "7 %", "%7"),
        ("1.5|percent", "150%", "150 %", "%150"),
        ("0.001|percent", "0.1%", "0,1 %", "%0,1"),
        ("0.125|percent(digits=0)", "13%", "13 %", "%13"),
        ("(1/3)|percent", "33.333%", "33,333 %", "%33,333"),
        ("(-0.001)|percent(0)", "0%", "0 %", "%0"),
        ("(-0.5)|percent", "-50%", "-50 %", "-%50"),
        ("0.12345|number", "0.12345", "0,12345", "0,12345"),
        ("1.10|number", "1.10", "1,10", "1,10"),
        ("1e5|number", "100,000", "100.000", "100.000"),
        ("(1/3)|number", "0.333", "0,333", "0,333"),
        ("2.5|number(digits=0)", "3", "3", "3"),
        ("(-0.004)|number(digits=2)", "0.00", "0,00", "0,00"),
        ("999999999999999|number", "999,999,999,999,999", "999.999.999.999.999",
         "999.999.999.999.999"),
        ("0.0000000000001|number", "0", "0", "0"),
        ("9.9|currency('EUR')", "€9.90", "9,90 €", "€9,90"),
        ("1.459|currency('EUR')", "€1.459", "1,459 €", "€1,459"),
        ("1.459|currency('EUR', digits=2)", "€1.46", "1,46 €", "€1,46"),
        ("(10/3)|currency('EUR')", "€3.33", "3,33 €", "€3,33"),
        ("1.005|currency('EUR', digits=2)", "€1.01", "1,01 €", "€1,01"),
        ("5|currency('JPY')", "¥5", "5 ¥", "¥5"),
        ("1|unit('day')", "1 day", "1 Tag", "1 gün"),
        ("3|unit('day')", "3 days", "3 Tage", "3 gün"),
        ("1.5|unit('hour')", "1.5 hours", "1,5 Stunden", "1,5 saat"),
        ("1.50|unit('hour')", "1.50 hours", "1,50 Stunden", "1,50 saat"),
        ("12500|unit('meter')", "12,500 meters", "12.500 Meter", "12.500 metre"),
    ],
)  # fmt: skip
def test_a_filter_keeps_the_digits(text: str, english: str, german: str, turkish: str) -> None:
    assert [render(text, tag) for tag in ("en", "de", "tr")] == [english, german, turkish]


def test_digits_group_as_the_locale_groups_them() -> None:
    assert render("12345678|number(digits=1)", "hi") == "1,23,45,678.0"
    assert render("12345678|number", "en") == "12,345,678"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_unit_is_said_in_the_language_and_in_its_number(locale: str) -> None:
    """In CLDR's words: the long form of the number's category, else a shorter one."""
    cldr = Locale.parse(locale.removesuffix("-XA"), sep="-")
    every = {key.partition("-")[2]: found for key, found in cldr._data["unit_patterns"].items()}
    for unit in UNITS:
        for number in (0, 1, 2, 3, 5, 21, 1.5):
            said = render(f"n|unit('{unit}')", locale, n=number)
            best = best_form(every[unit], cldr.plural_form(number))
            pattern = re.escape(best).replace(r"\{0\}", r"\d([.,]\d)?\d?")
            assert re.fullmatch(re.sub("[\u200e\u200f]", "", pattern), said), (unit, said, best)
            assert cldr.language == "en" or f" {unit}" not in said or unit in best, unit


def best_form(patterns: dict[str, dict[str, str]], category: str) -> str:
    forms = [
        (patterns.get(length) or {}).get(form)
        for length in ("long", "short", "narrow")
        for form in (category, "other")
    ]
    return str(next(filter(None, forms))).replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("locale", "days"),
    [
        ("en", "1 day, 3 days, 5 days"),
        ("de", "1 Tag, 3 Tage, 5 Tage"),
        ("pl", "1 dzień, 3 dni, 5 dni"),
        ("ru", "1 день, 3 дня, 5 дней"),
        ("it", "1 giorno, 3 giorni, 5 giorni"),
        ("pt", "1 dia, 3 dias, 5 dias"),
        ("nl", "1 dag, 3 dagen, 5 dagen"),
        ("ca", "1 dia, 3 dies, 5 dies"),
        ("ja", "1 日, 3 日, 5 日"),
        ("zh", "1天, 3天, 5天"),
    ],
)
def test_days_are_in_the_plural(locale: str, days: str) -> None:
    assert ", ".join(render(f"{n}|unit('day')", locale) for n in (1, 3, 5)) == days


@settings(deadline=None, max_examples=examples(200))
@given(st.decimals(-(10**9), 10**9, places=4).map(str), st.sampled_from(["en", "de", "hi", "fr"]))
def test_no_digit_is_lost_or_made_up(written: str, locale: str) -> None:
    said = render("n|number", locale, n=read_float(written))
    sign = "" if not float(written) else "-" if written.startswith("-") else ""
    assert re.sub(r"\D", "", said) == re.sub(r"\D", "", written)
    assert said.startswith("-") == bool(sign)
