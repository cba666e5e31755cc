"""Rules for English names with a number that is said in pairs: Room 101, Boeing 747, 1080p.

Knows no other language, and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.english_counts import is_plural
from storyboard.narration.grammars.english import cardinal
from storyboard.narration.rule import Rule, rule, word_before, word_behind

_NAMED: Final = frozenset(
    (
        *("room", "suite", "apartment", "apt", "locker", "bus", "route", "highway", "hwy"),
        *("interstate", "exit", "channel", "boeing", "airbus", "embraer", "cessna", "porsche"),
        *("peugeot", "bmw", "mercedes", "volvo", "lexus", "office", "microsoft", "windows"),
        *("form", "error", "status", "http", "rtx", "gtx", "rx", "geforce", "ryzen", "nokia"),
        *("intel", "snapdragon", "area", "locals"),
    )
)
"""Words before a number that is said in pairs, as people say the number of a room."""

_ROADS: Final = frozenset(("us", "i", "sr", "ca"))
"""What is written before the number of an American road."""

_TYPE: Final = re.compile(r"A[23][0-9]{2}$")


def english_name_rules() -> Iterator[Rule]:
    """Yield the rules; they come before those of numbers."""
    yield rule(
        r"(?:(?<![\w.,$€£-])|(?<=(?<!\w)I-)|(?<=(?<!\w)US-))(?P<number>[1-9][0-9]{2,3})(?P<many>s?)"
        r"(?![\w%°]|[.,:/][0-9]|-[0-9]{1,2}(?!\w))",
        _say_named,
    )
    yield rule(
        r"(?<![\w.-])(?P<letter>[A-HJ-Z])(?P<number>[1-9][0-9]{2})(?P<mark>[a-z]{0,3})"
        r"(?![\w]|[.,:/][0-9])",
        lambda found: f"{found['letter']} {pairs(found['number'])} {found['mark']}".rstrip(),
        r"(?<![\w.-])[A-HJ-Z](?=[1-9][0-9]{2}[a-z]{0,3}(?!\w))",
    )
    yield rule(r"(?<=[0-9])-(?P<number>[1-9]0[0-9])(?![\w]|[.,/-][0-9])", _say_series)
    yield rule(
        r"(?<![\w.,])(?P<lines>[1-9][0-9]{2,3})(?P<scan>[pi])(?P<frames>[0-9]{2,3})?(?![\w])",
        _say_lines,
    )


def pairs(digits: str) -> str:
    """Say three or four digits as names have them: one oh one, ten eighty, seven forty-seven."""
    head, tail = int(digits[:-2]), int(digits[-2:])
    if tail == 0:
        is_thousand = head % 10 == 0
        return f"{cardinal(head // 10)} thousand" if is_thousand else f"{cardinal(head)} hundred"
    return f"{cardinal(head)} {'oh ' if tail < 10 else ''}{cardinal(tail)}"


def _say_named(found: re.Match[str]) -> str | None:
    before = word_before(found)
    is_road = before.lower() in _ROADS and before.isupper()
    is_road = is_road or found.string[: found.start()].endswith("-")
    if before.lower() not in _NAMED and not is_road:
        return None
    if is_plural(word_behind(found)) or (before.islower() and before in ("form", "office")):
        return None  # Boeing 200 planes
    return pairs(found["number"]) + "s" * bool(found["many"])


def _say_series(found: re.Match[str]) -> str | None:
    """Say the hyphen of "A350-900" as nothing."""
    if _TYPE.search(found.string[max(0, found.start() - 4) : found.start()]) is None:
        return None
    return f" {pairs(found['number'])}"


_LINES: Final = frozenset(
    ("144", "240", "360", "480", "540", "576", "720", "900", "1080", "1440", "2160", "4320")
)
"""Lines of a picture."""


def _say_lines(found: re.Match[str]) -> str | None:
    """Say 1080p and 720p60 as people do."""
    if found["lines"] not in _LINES:
        return None
    frames = f" {cardinal(int(found['frames']))}" if found["frames"] else ""
    return f"{pairs(found['lines'])} {found['scan']}{frames}"
