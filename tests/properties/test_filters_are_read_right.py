"""What the filters write is read as the value that they were given, in each locale with a reader.

A short date is read as the long one is, and a number as its value is, whatever marks a region has.
"""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from storyboard.narration.cleaning import clean_narration
from storyboard.narration.numerals import say_number
from storyboard.narration.read_out import read_out
from storyboard.narration.regions import grammar_in, reading_tag
from storyboard.studio.voice.languages import LANGUAGES
from storyboard.templates.expressions import Template, parse_template

LOCALES = (
    *("en", "en-US", "en-GB", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA"),
    *("de", "de-AT", "de-CH", "de-LI", "de-LU", "fr", "fr-BE", "fr-CA", "fr-CH", "fr-LU"),
    *("es", "es-419", "es-AR", "es-BO", "es-CL", "es-CO", "es-CR", "es-DO", "es-GT", "es-MX"),
    *("es-PA", "es-PE", "es-US", "es-UY", "it", "it-CH", "pt", "pt-BR", "pt-PT"),
    *("ja", "ko", "zh", "zh-TW", "zh-HK", "yue"),
)
DAYS = ("2026-03-31", "2024-01-05", "2025-09-01", "2025-07-14", "2023-12-22", "1999-06-30")
NUMBERS = ("2", "22", "99", "1500", "12345", "100000", "1234567", "0.75", "3.2", "1234.5", "-7.25")
MONEY = ("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "INR", "BRL", "MXN", "CNY", "SEK", "PLN")
BY_VOICE = sorted({*LANGUAGES} - {*LOCALES} - {"en-GB"})
UNITS = (
    *("kilometer", "meter", "centimeter", "kilogram", "gram", "liter", "hour", "minute", "second"),
    *("celsius", "kilometer-per-hour", "square-meter", "kilowatt-hour", "volt", "gigabyte"),
    *("megabyte", "kilowatt", "megahertz", "day", "week"),
)
ALIKE = {
    "et": ("hour", "day"), "nb": ("hour",), "fi": ("hour",), "sl": ("week",),
    "ar": ("meter", "gram"), "sw": ("kilometer-per-hour", "kilowatt-hour"),
    "ta": ("hour", "minute", "second", "day", "week"),
}  # fmt: skip
"""Short forms of CLDR that stand for another unit, too, or are words: they stay as they are."""
OWN_MONEY = {
    "es-MX": ("MXN", "pesos"), "es-AR": ("ARS", "pesos"), "es-CL": ("CLP", "pesos"),
    "es-CO": ("COP", "pesos"), "es-DO": ("DOP", "pesos"), "es-PE": ("PEN", "soles"),
    "es-US": ("USD", "dólares"), "en-ZA": ("ZAR", "rand"), "en-AU": ("AUD", "dollars"),
    "pt-BR": ("BRL", "reais"), "en-IN": ("INR", "rupees"), "de-CH": ("CHF", "Franken"),
    "ko": ("KRW", "원"), "ja": ("JPY", "円"), "zh": ("CNY", "元"),
}  # fmt: skip


def written(expression: str, locale: str) -> str:
    template = parse_template("{{ " + expression + " }}")
    assert isinstance(template, Template), template
    return str(template.render({}, locale))


def read(expression: str, locale: str) -> str:
    found = read_out(clean_narration(written(expression, locale)), locale)
    assert found.unspoken == ()
    assert len(found.sentences) == 1, found.sentences
    return found.spoken.removesuffix(".").replace("setiembre", "septiembre")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_short_date_is_read_as_the_long_one(locale: str) -> None:
    # In the short form of "yue" it is the year that comes first.
    forms = ("date",) if locale == "yue" else ("date", "date('short')")
    for day in DAYS:
        whole = read(f"'{day}'|date('long')", locale)
        assert {form: read(f"'{day}'|{form}", locale) for form in forms} == dict.fromkeys(
            forms, whole
        )


@pytest.mark.parametrize("locale", LOCALES)
def test_a_weekday_is_read_whole(locale: str) -> None:
    for day in DAYS:
        short, whole = (
            re.sub("[, ]|-feira", "", read(f"'{day}'|date('{form}')", locale)).lower()
            for form in ("yMMMEd", "full")
        )
        assert re.sub("[周週]", "星期", short) == whole  # all three are said


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_is_read_as_its_value(locale: str) -> None:
    grammar = grammar_in(reading_tag(locale))
    assert grammar is not None
    space = " " if grammar.spaced else ""
    for number in NUMBERS:
        plain = say_number(grammar, f"{abs(Decimal(number)):f}".replace(".", grammar.decimal))
        said = f"{grammar.minus}{space}{plain}" if number.startswith("-") else plain
        assert read(f"({number})|number", locale) == said
        assert said in read(f"({number})|unit('celsius', 'short')", locale).replace("°", "")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_percentage_is_read_as_its_value(locale: str) -> None:
    for percent in ("0.5", "0.125", "12.345"):
        number = f"{(Decimal(percent) * 100).normalize():f}"
        assert read(f"{number}|number", locale) in read(f"{percent}|percent", locale)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_amount_without_cents_has_none(locale: str) -> None:
    for code in MONEY:
        whole = read(f"1500|currency('{code}', digits=0)", locale)
        assert read(f"1500|currency('{code}')", locale) == whole
        assert not re.search("[A-Z]{3}|[$€£¥₹]", whole)


@pytest.mark.parametrize(("locale", "code", "name"), [(k, *v) for k, v in OWN_MONEY.items()])
def test_money_of_a_region_has_its_name(locale: str, code: str, name: str) -> None:
    assert name in read(f"1234567|currency('{code}')", locale)


@pytest.mark.parametrize("locale", BY_VOICE)
def test_a_voice_is_given_words_for_short_units(locale: str) -> None:
    """It reads numbers itself, and spells "غ.ب" or passes over it."""
    for number in ("1", "2", "5", "22", "2.5"):
        short = {unit: written(f"{number}|unit('{unit}', 'short')", locale) for unit in UNITS}
        for unit, each in short.items():
            if [*short.values()].count(each) > 1 or unit in ALIKE.get(locale, ()):
                continue  # "5 t" are five tonnes or, in Norwegian, hours
            said = plainly(read(f"{number}|unit('{unit}', 'short')", locale))
            assert (unit, said) == (unit, plainly(read(f"{number}|unit('{unit}')", locale)))


def plainly(said: str) -> str:
    """Return what is said without blanks, which some short forms lack, and Romanian's "de"."""
    return said.replace(" de ", "").replace(" ", "")


@pytest.mark.parametrize("locale", BY_VOICE)
def test_all_that_filters_write_is_spoken(locale: str) -> None:
    """`read` fails for what is not."""
    for expression in (
        *("0.125|percent", "(-3.5)|number", "1234567.5|number", "'09:30'|time", "'15:45'|time"),
        *(f"1234.5|currency('{code}')" for code in MONEY),
        *(f"5|unit('{unit}', 'short')" for unit in UNITS),
    ):
        assert not re.search(" [صم]$|[πμ].μ.|PG|SA$", read(expression, locale))
