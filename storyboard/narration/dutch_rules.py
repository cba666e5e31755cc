"""Rules that only Dutch has, whose voice reads numbers itself: t/m, 10x, € 5,-."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.code_signs import QUESTION, QUESTION_OF_ADDRESS
from storyboard.narration.dutch_numbers import ordinal
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, last_dot, replaced, rule

_CALLED: Final = re.compile(
    r"(?<!\w)(?:bel(?:t|len)?|alarmnummer|noodnummer|nummer)(?!\w)[^.;!?]{0,24}$", re.IGNORECASE
)
"""What stands before a number to call, whose digits are said."""

_SHORT: Final = {"t/m": "tot en met", "mln": "miljoen", "mld": "miljard"}
"""What is written short without a dot; the voice spells it."""


def dutch_rules() -> Iterator[Rule]:
    """Yield them; they come before those of amounts."""
    round_amount = (
        rf"(?P<sign>€|EUR){SPACE}(?P<number>[0-9]{{1,3}}(?:\.[0-9]{{3}})*),(?:-{{1,2}}|–|—)(?!\w)"
    )
    yield rule(
        round_amount,
        lambda found: f"{found['number']} euro",
        r"(?:€|EUR)(?=[^\n]{0,12},[-–—])",
    )
    millions = rf"€{SPACE}(?P<number>[0-9]+(?:,[0-9]+)?){SPACE}(?P<scale>ml[nd])(?!\w)"
    yield rule(millions, _say_millions, "€")
    short = rf"{NOT_IN_WORD}(?:{any_of(_SHORT)})(?![\w/])"
    yield rule(short, lambda found: _SHORT[found[0]], short)
    times = rf"(?<![\w.,])(?P<number>[0-9]{{1,4}}(?:,[0-9]+)?){SPACE}[x×](?=\s[^\W0-9_]|[,.;!?]|$)"
    times += r"|(?<![\w.,])(?P<many>[0-9]{1,2})x(?=\s[0-9]{1,4}\s(?:[GTM]B|W|mg|ml|g|l)(?!\w))"
    yield rule(times, lambda found: f"{found['number'] or found['many']} keer")
    yield rule(
        r"(?<![\w.,])(?P<number>[1-9][0-9]{0,3})(?:ste|de|e)(?![\w])",
        lambda found: ordinal(int(found["number"])),
    )
    yield rule(
        r"(?<![\w.,:])(?P<hour>[01]?[0-9]|2[0-4])u(?P<minute>[0-5][0-9])?(?:(?P<to>[–-])(?=[0-9])|(?!\w))",
        lambda f: f"{f['hour']} uur{_minutes(f['minute'])}{' tot ' if f['to'] else ''}",
    )
    yield rule(
        r"(?<![\w.,:/])(?P<hours>[0-9]{1,3})[uh] ?(?P<minutes>[0-5]?[0-9]) ?(?:min|m)(?![\w/²³])",
        lambda f: f"{f['hours']} uur {int(f['minutes'])} minuten",
    )
    yield rule(
        r"(?<![\w.,/–-])0[0-9]{1,3}(?:[ -]?[0-9]{2,8}){1,4}(?![\w]|[.,/–-][0-9])",
        lambda found: _say_telephone(found[0]),
    )
    yield rule(
        r"(?<![\w.,])112(?![\w]|[.,][0-9])(?=[.,;:!?)]|$|\s(?:of|en|als|bij|voor|direct)(?!\w))",
        lambda found: "1 1 2" if _CALLED.search(found.string[: found.start()][-40:]) else None,
    )
    yield from _short_forms()
    yield replaced(r"(?<=[\w)] )\|\|(?= [\w(!])", "of")
    yield replaced(r"(?<=[\w)] )&&(?= [\w(!])", "en")
    yield replaced(QUESTION_OF_ADDRESS, f" {QUESTION['nl']} ")
    yield replaced(r"§§?\s?(?=[0-9])", "paragraaf ")


_LEAST_OF_TELEPHONE: Final = 9
"""Digits of a number to call in the Netherlands and in Belgium."""


def _say_telephone(written: str) -> str | None:
    groups = re.findall("[0-9]+", written)
    digits = sum(map(len, groups))
    return ", ".join(map(" ".join, groups)) if digits >= _LEAST_OF_TELEPHONE else None


def _minutes(minute: str | None) -> str:
    return f" {int(minute)}" if minute and int(minute) else ""


_WEEKDAYS: Final = {
    "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "do": "donderdag", "vr": "vrijdag",
    "za": "zaterdag", "zo": "zondag",
}  # fmt: skip
_COUNTED: Final = {
    "dgn": "dagen", "jr": "jaar", "wkn": "weken", "pers": "personen", "st": "stuks",
}  # fmt: skip
_PARTS: Final = {"1/2": "een half", "1/4": "een kwart", "3/4": "driekwart", "1/3": "een derde"}


def _short_forms() -> Iterator[Rule]:
    """Yield the rules for what only its neighbors tell: max. druk, di. 4 mrt., 9:00 u."""
    extreme = rf"{NOT_IN_WORD}[Mm](?:ax|in)\.(?=\s[a-z]{{2}})"
    yield rule(extreme, lambda f: f"{f[0][0]}{('ax' in f[0] and 'axim') or 'inim'}ale", extreme)
    days = any_of(_WEEKDAYS)
    month = "jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec"
    weekday = rf"{NOT_IN_WORD}(?:{days})\.?(?=\s[0-9]{{1,2}}\s(?:{month}))"
    yield rule(weekday, lambda f: _WEEKDAYS[f[0].removesuffix(".")], weekday)
    hours = r"(?<=[0-9] )u(?:\.|(?!\w))"
    yield rule(hours, lambda f: "uur" + (last_dot(f) if f[0].endswith(".") else ""), hours)
    yield replaced(r"(?<=[0-9] V)~|(?<=[0-9]V)~", " wisselspanning")
    yield rule(
        rf"(?<![\w./,])(?:{any_of(_PARTS)})(?=\s[a-z]{{3}})(?!\s(?:{month}))",
        lambda f: _PARTS[f[0]],
    )
    counted = rf"(?<=[0-9] )(?:{any_of(_COUNTED)})\."
    yield rule(counted, lambda f: _COUNTED[f[0][:-1]] + last_dot(f), counted)
    yield replaced(rf"{NOT_IN_WORD}beg\.(?= grond)", "begane")
    yield replaced(rf"{NOT_IN_WORD}j-o-j(?!\w)", "jaar op jaar")
    yield replaced(r"(?<=[0-9] )bp(?!\w)", "basispunten")
    yield replaced(r"(?<=[0-9] )dB\(A\)", "decibel A")
    yield rule(
        r"(?<![\w.,])(?P<inches>[0-9]{1,3}(?:,[0-9]{1,2})?)″(?=-|\s?[a-z])",
        lambda f: f"{f['inches']} inch",
    )


def _say_millions(found: re.Match[str]) -> str:
    return f"{found['number']} {_SHORT[found['scale']]} euro"
