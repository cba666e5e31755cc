"""Rules that only English has, such as feet, quarters over quarters, and sums in parentheses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.english_names import english_name_rules
from storyboard.narration.homographs import homograph_rules
from storyboard.narration.initials import EMPHASIZED
from storyboard.narration.phonemes import PHONEMES
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, last_dot, replaced, rule


def english_rules(again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules of English alone; `again` reads a part of a text."""
    yield from english_name_rules()
    yield from homograph_rules()
    yield from _compared()
    minutes = r"(?<![\w.,])(?P<n>[0-9]{1,3})m(?![\w/²³])"
    yield rule(minutes, lambda found: _say_minutes(found, again))
    yield rule(PHONEMES, lambda found: found[0], PHONEMES)
    yield rule(EMPHASIZED, lambda found: found[0].lower(), EMPHASIZED)
    number = rf"{NOT_IN_WORD}[Nn]o\.(?=[0-9])"
    yield replaced(number, "number ")
    yield from _short_words(again)
    circa = rf"{NOT_IN_WORD}c\.\s?(?=[$€£¥0-9])"
    yield replaced(circa, "circa ")
    yield rule(
        r"(?<![\w.,])(?P<feet>[3-8])['’](?P<inches>1[01]|[0-9])(?![\w\"″'’])",
        lambda found: f"{again(found['feet'])} feet {again(found['inches'])}",
    )
    inches = r"(?<=[0-9] ft )(?P<inches>[0-9]{1,2}) in(?![\w])"
    yield rule(inches, lambda found: again(f"{found['inches']}″"))
    yield rule(_INCHES, lambda found: again(f"{found['inches']}″"))
    negative = r"(?P<sign>[$€£¥])\((?P<amount>[0-9][0-9.,]{0,20})\)"
    negative += r"(?P<scale>\s?(?:thousand|million|billion|trillion|[KkMmBbT]|bn|mn)(?![\w]))?"
    yield rule(
        negative, lambda found: again(f"-{found['sign']}{found['amount']}{found['scale'] or ''}")
    )
    yield from _short_labels(again)
    yield from _without_zero(again)
    following = r"(?<=[0-9])\s?ff\.?(?![\w])"
    yield rule(
        following, lambda f: f" and following{last_dot(f) if '.' in f[0] else ''}", following
    )
    without = rf"{NOT_IN_WORD}w/o(?![\w])"
    yield replaced(without, "without")


def _short_words(again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for "w/", "inc. VAT" and "est. 1990", early years, and for 9/11."""
    with_it = rf"{NOT_IN_WORD}w/(?=\s|[^\W\d_]{{2}})"
    yield replaced(with_it, "with ")
    included = rf"{NOT_IN_WORD}inc\.(?=\s(?:VAT|GST|tax(?:es)?|postage|delivery|shipping)(?!\w))"
    yield replaced(included, "including")
    founded = rf"{NOT_IN_WORD}[Ee]st\.(?=\s(?:in\s)?(?:1[5-9]|20)[0-9]{{2}}(?![\w,.]?[0-9]))"
    yield rule(founded, lambda found: f"{found[0][0]}stablished", founded)
    yield rule(
        r"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Yy]ear ))10(?P<year>[1-9][0-9])"
        r"(?=[,.;:!?)](?!\w)|$|\s(?:and|as|at|because|by|for|he|it|of|or|she|the|they|to|under|until"
        r"|was|when|where|with)(?!\w)|\s[A-Z])",
        lambda found: f"ten {again(found['year'])}",
    )
    yield rule(r"(?<![\w./])9/11(?![\w/])", lambda _: "nine eleven")


_INCHES: Final = (
    r"(?<![\w.,/])(?P<inches>(?:[0-9]{1,3} )?[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,4}(?:\.[0-9]{1,4})?) in"
    r"(?=[,;:)]|\s(?:[x×]|by)\s[0-9]|\s\([0-9][0-9.,]{0,6}\s?[cm]?m\)"
    r"|\s(?:wide|long|tall|high|deep|thick)(?![\w])|\s(?:of|in)\s(?:rain|snow|water|mercury|diameter))"
)
"""Where "in" is no preposition: before a mark, another side, or what inches tell."""

_LABELS: Final = {"S/N": "serial number", "P/N": "part number"}


_SIZES: Final = {
    "hr": "hour", "min": "minute", "sec": "second", "yr": "year", "mo": "month", "wk": "week",
    "ft": "foot", "in": "inch", "lb": "pound", "oz": "ounce", "gal": "gallon", "mi": "mile",
    "kg": "kilogram", "km": "kilometer", "cm": "centimeter", "mm": "millimeter", "kW": "kilowatt",
    "pt": "point", "sq": "square", "h": "hour", "m": "meter", "V": "volt", "W": "watt",
    "A": "amp", "L": "liter", "Hz": "hertz", "GB": "gigabyte", "TB": "terabyte", "MB": "megabyte",
}  # fmt: skip
"""What a unit behind a hyphen is called: a 6-ft ladder, 30-min epoxy."""


_EXTENT: Final = "-(?:tall|long|wide|high|deep|thick|old|diameter|square)(?!\\w)"
"""What goes on behind the unit of a size: a 6-ft.-tall post."""


def _short_labels(again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for labels with a slash, shares by volume, sizes and quarters."""
    label = rf"{NOT_IN_WORD}[SP]/N(?=[\s:#.])"
    yield rule(label, lambda found: _LABELS[found[0]], label)
    share = r"(?<=by )(?:vol|wt)\.?(?![\w])"
    names = {"v": "volume", "w": "weight"}
    yield rule(share, lambda f: names[f[0][0]] + (last_dot(f) if f[0].endswith(".") else ""), share)
    sized = rf"(?<=[0-9]-)(?P<unit>{any_of(_SIZES)})"
    sized += rf"(?:\.(?=\s[a-z]|{_EXTENT})|(?={_EXTENT})|(?![\w-])(?:(?<!A)|(?=\s[a-z])))"
    yield rule(sized, lambda f: _SIZES[f["unit"]], sized)
    quarter = r"(?P<quarter>Q[1-4]|H[12]|FY)\s?['’](?P<year>[0-9]{2})(?![\w])"
    yield rule(
        rf"{NOT_IN_WORD}{quarter}",
        lambda f: again(f"{f['quarter']} 20{f['year']}"),
        rf"{NOT_IN_WORD}(?:Q[1-4]|H[12]|FY)\s?['’](?=[0-9]{{2}})",
    )


def _without_zero(again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for amounts without their zero: $.99, .5 kg."""
    scale = r"(?:\s?(?:thousand|million|billion|trillion|[KkMmBb]|bn)(?![\w]))?"
    money = rf"(?P<sign>[$€£])\.(?P<rest>[0-9]{{1,3}}{scale})(?![\w])"
    yield rule(money, lambda found: again(f"{found['sign']}0.{found['rest']}"))
    measured = rf"(?<![\w.,$€£])\.(?P<rest>[0-9]{{1,4}}\s?(?:{any_of(_DECIMAL)}))(?![\w'’.])"
    yield rule(measured, lambda found: again(f"0.{found['rest']}"))


_DECIMAL: Final = (
    *("kg", "g", "mg", "lb", "lbs", "oz", "km", "m", "cm", "mm", "mi", "ft", "%", "ml", "L", "l"),
    *("s", "ms", "h", "GB", "MB", "V", "A", "W", "kW"),
)
_COMPARED: Final = {"y": "year", "q": "quarter", "m": "month", "w": "week"}
_SHORT_TIME: Final = re.compile(r"(?<![\w.,])[0-9]{1,3}(?:s|h|ms)(?!\w)")


def _compared() -> Iterator[Rule]:
    """Yield the rules for what reports compare with: YoY, q/q."""
    pattern = r"(?:(?P<one>[YQMW])o(?P=one)|(?P<two>[yqmw])(?:/|-o-|-on-)(?P=two))(?![\w/])"
    yield rule(
        rf"{NOT_IN_WORD}{pattern}",
        lambda f: " over ".join([_COMPARED[(f["one"] or f["two"]).lower()]] * 2),
        rf"{NOT_IN_WORD}(?:[YQMW]o[YQMW]|[yqmw][/-])",
    )


def _say_minutes(found: re.Match[str], again: Callable[[str], str]) -> str | None:
    """Say "5m" as minutes beside another short time, such as "30s"; alone it is a length."""
    is_time = _SHORT_TIME.search(found.string) is not None
    return again(f"{found['n']} min") if is_time else None
