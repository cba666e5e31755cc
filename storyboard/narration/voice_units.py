"""Rules for units and times of day in a language whose voice reads numbers itself.

Voices spell "غ.ب" and "кВт·ч" or pass over them. CLDR has the short forms, which filters write too,
and the words for so many of each. Knows no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from storyboard.narration.blanks import BLANK, BLANKS, SPACE
from storyboard.narration.grammar import IN_LATIN_SCRIPT
from storyboard.narration.regions import babel_locale
from storyboard.narration.rule import Rule, any_of, last_dot, rule
from storyboard.narration.units import NAMES
from storyboard.narration.voice_amounts import NUMBER, ungrouped, value_of
from storyboard.narration.voice_numbers import say_marks
from storyboard.spoken_tags import language_of
from storyboard.whole_numbers import whole_number

_PERIODS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "ar": {"ص": "صباحًا", "م": "مساءً"},
        "el": {"π.μ.": "πριν το μεσημέρι", "μ.μ.": "μετά το μεσημέρι"},
        "hi": {"am": "पूर्वाह्न", "pm": "अपराह्न"},
        "ms": {"PG": "pagi", "PTG": "petang"},
        "vi": {"SA": "sáng", "CH": "chiều"},
    }
)
"""What CLDR writes behind a time of day and has no words for."""

_LONGEST_DOUBTFUL: Final = 2
"""Of rare units, forms as short are mostly something else: "5G", "4K", "3 pm", "B 6", "в."."""

_ENDS: Final = "(?![^\\W]|[\u064b-\u0652\u0900-\u0dff'’/])"
"""No letter, no vowel sign of one, and no ending behind an apostrophe."""

_MARKS: Final = re.compile("[\u200e\u200f\u061c]")
_YEARS: Final = range(1900, 2100)
_SHORT_AS_YEARS: Final = 2
"""Numbers before "г" or "г." that are no grams, and how long what stands for a year is."""

_COMMON: Final = (*NAMES.values(), "duration-day", "duration-week")

_NO_UNITS: Final = frozenset(
    ("mass-stone", "duration-decade", "speed-beaufort", "volume-jigger", "graphics-em")
)
"""Units that nobody has where their short form is another word's: "st." are degrees in Polish,
"dec." a month in Dutch, "балів" points in Ukrainian, and "odměrky" scoops in Czech."""

_NO_FORMS: Final = frozenset(("in", "in.", "päev", "päeva"))
"""Inches, where that is a word: "zet hem op 20 in.", and "and" in Slovenian; Estonian days."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What so many of a unit are called, by the class of the number."""

    forms: Mapping[str, str]

    def say(self, language: str, number: str) -> str:
        """Return a number with its unit, in words; the number stays, if a form has one."""
        bare = ungrouped(number)
        category = _locale(language).plural_form(value_of(bare))
        form = self.forms.get(category) or self.forms["other"]
        return form.replace("{0}", say_marks(language, bare))


def voice_unit_rules(language: str) -> Iterator[Rule]:
    """Yield the rules for numbers with a unit, and for times with a part of the day.

    There are none of a language that CLDR does not know.
    """
    if babel_locale(language) is None:
        return
    periods = _PERIODS.get(language_of(language))
    if periods:
        yield rule(
            rf"(?<![\w.,:])(?P<time>[0-9]{{1,2}}:[0-9]{{2}}){SPACE}"
            rf"(?P<period>{any_of(periods)}){_ENDS}",
            lambda found: f"{found['time']} {periods[found['period']]}",
        )
    units = _short_forms(language)

    def say(found: re.Match[str]) -> str | None:
        number, unit = found["number"], re.sub(f"[{BLANKS}]", " ", found["unit"])
        is_year = whole_number(number) in _YEARS
        if is_year and len(unit) <= _SHORT_AS_YEARS:
            return None
        dot = last_dot(found) if unit.endswith(".") else ""
        return f"{units[unit].say(language, number)}{dot}"

    before = {_bare(form): form for form in units if form.endswith("{0}")}
    if before:
        yield rule(
            rf"(?<![^\W])(?P<unit>{any_of(before)}){SPACE}(?P<number>{NUMBER}){_ENDS}",
            lambda found: units[before[found["unit"]]].say(language, found["number"]),
            starts=rf"(?<![^\W])(?:{any_of(before)})(?={SPACE}[0-9])",
        )
    one = any_of(form for form in units if len(form) == 1)
    more = any_of(form for form in units if len(form) > 1 and "{" not in form)
    either = "|".join(each for each in (more, rf"(?:{one})(?!\.)" if one else "") if each)
    if either:
        goes_on = rf"(?:(?<=[a-z]{{3}})\.(?={BLANK}[a-z]|[,;:]))?"
        yield rule(
            rf"(?<![\w.,:/])(?P<number>{NUMBER}){SPACE}(?P<unit>{either}){_ENDS}{goes_on}", say
        )


@cache
def _short_forms(language: str) -> Mapping[str, _Words]:
    """Return the short forms of units in a language, and the words for each.

    A sign alone and a word are none, and neither is what stands for two units that are as common.
    """
    patterns = _locale(language)._data["unit_patterns"]
    words = {key: _Words(_long_forms(patterns[key])) for key in patterns if key not in _NO_UNITS}
    said = {_beside(form) for each in words.values() for form in each.forms.values()}
    found: dict[str, _Words] = {}
    for width in ("short", "narrow"):
        for keys in (_COMMON, patterns):
            claims: dict[str, set[str]] = {}
            for key in keys:
                if key in words and "other" in words[key].forms:
                    for form in _forms(patterns[key], width) - said - found.keys() - _NO_FORMS:
                        if keys is not patterns or len(_bare(form)) > _LONGEST_DOUBTFUL:
                            claims.setdefault(form, set()).add(key)
            found |= {form: words[min(of)] for form, of in claims.items() if len(of) == 1}
    for sign, key in NAMES.items():
        # Letters of another script are no word of the language: "5 km" in Arabic.
        is_no_word = not sign.isalpha() or language_of(language) not in IN_LATIN_SCRIPT
        if len(sign) > 1 and is_no_word and key in words and "other" in words[key].forms:
            found.setdefault(sign, words[key])
    return MappingProxyType(found)


def _long_forms(lengths: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return the words for so many of a unit; CLDR leaves out long forms that are as the short."""
    forms = lengths.get("long") or lengths.get("short") or {}
    return {category: _plain(form) for category, form in forms.items() if category != "per"}


def _forms(lengths: Mapping[str, Mapping[str, str]], width: str) -> set[str]:
    forms = (lengths.get(width) or {}).items()
    beside = (_beside(form) for category, form in forms if category != "per")
    return {form for form in beside if _is_short(form)}


def _bare(form: str) -> str:
    return form.replace("{0}", "").strip()


def _is_short(form: str) -> bool:
    return not form.startswith("{") and any(map(str.isalpha, form))


def _beside(form: str) -> str:
    return _plain(form).removeprefix("{0}").strip()


def _plain(form: str) -> str:
    return re.sub(f"[{BLANKS}]", " ", _MARKS.sub("", form))


@cache
def _locale(language: str) -> Any:
    found = babel_locale(language)
    assert found is not None
    return found
