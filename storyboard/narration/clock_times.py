"""Rules for times of day, for how long something takes, and for scales such as 1:50.

Knows one language at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.durations import say_duration
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.measures import say_count
from storyboard.narration.numerals import APOSTROPHES, BLANK_GROUPED, RANGE, join
from storyboard.narration.rule import (
    Rule,
    any_of,
    last_dot,
    rule,
    word_before,
    word_behind,
    words_before,
)

_SCALES: Final = frozenset(
    (
        *("scale", "ratio", "odds", "mix", "dilute", "diluted", "aspect", "format"),
        *("maßstab", "verhältnis", "mischungsverhältnis", "verdünnung", "verdünnt", "übersetzung"),
        *("échelle", "rapport", "proportion", "escala", "razón", "proporción", "relación"),
        *("diluez", "diluer", "dilué", "diluya", "diluir", "diluire", "dilua", "diluida"),
        *("scala", "rapporto", "proporção", "razão", "seitenverhältnis", "bildformat"),
        *("mischverhältnis", "verdünnen", "mischung", "untersetzung", "dilución", "diluizione"),
        *("diluição", "mezcla", "miscela", "mistura", "dilution", "diluting"),
    )
)
"""Words near which 1:50 is no time of day."""

_MIXED: Final = frozenset(
    (
        *("diluez", "diluer", "dilué", "diluée", "dilution", "mélange", "mélangez", "raison"),
        *("rapport", "ratio", "proportion", "dosage", "dosez", "réduction", "transmission"),
    )
)
"""French words near which 1:10 is one "pour" ten, and no share."""

_SCORED: Final = frozenset(
    (
        *("score", "match", "rencontre", "finale", "victoire", "défaite", "gagné", "gagne"),
        *("perdu", "battu", "bat", "mène", "mènent", "imposé", "imposés", "nul", "résultat"),
    )
)
"""French words near which 3:2 is a score."""

_SCALES_BEFORE: Final = re.compile(
    r"(?:比率?|割合|縮尺|スケール|倍率|変速比|減速比|稀释|按|缩尺|比例|비율|축척|희석|비)[はがをで은는이가을를为是约約:：\s]{0,2}$"
)
_SCALES_BEHIND: Final = re.compile(
    r"\s?(?:の?(?:比率|比|割合|縮尺|スケール|サイズ)|[にで](?:希釈|薄め|混ぜ|混合|配合)"
    r"|的?(?:比例|比|稀释)|의?\s?(?:비율|비|축척)|로\s?(?:희석|섞|혼합))"
)
"""What makes 1:10 a ratio where no blank parts words."""

_OF_DAY: Final = frozenset(
    (
        *("at", "by", "until", "till", "from", "since", "before", "after", "um", "bis", "ab"),
        *("seit", "gegen", "à", "vers", "dès", "las", "la", "le", "alle", "às", "of", "utc"),
    )
)
"""Words before a time of day: 1:30:05 without one is how long something takes."""

_GROUPED: Final = rf"(?:{BLANK_GROUPED}|[0-9]{{1,3}}(?:[.,{APOSTROPHES}][0-9]{{3}})+|[0-9]{{4,7}})"

_HOUR: Final = "(?P<hour>[01]?[0-9]|2[0-4])"

_MINUTE: Final = "(?P<minute>[0-5][0-9])"

_CLOCK: Final = f"{_HOUR}:{_MINUTE}(?::(?P<second>[0-5][0-9]))?"

_ENGLISH_MARK: Final = r"(?P<mark>[ap]\.m\.|[ap]m\b|[AP]M\b)"
"""What an hour of English needs behind it where it has no colon."""

_MARKS: Final = {
    "en": r"(?:\s?(?P<mark>[ap]\.?m\b\.?|[AP]\.?M\b\.?))?",
    "de": r"(?:\s?(?P<mark>Uhr|h)\b)?",
    "fr": r"(?:\s?(?P<mark>h|heures)\b)?",
    "es": r"(?:\s?(?P<mark>[ap]\.?\s?m\b\.?|h\b|horas\b))?",
    "it": r"(?:\s?(?P<mark>h)\b)?",
    "pt": r"(?:\s?(?P<mark>h|horas)\b)?",
}

_HALF_BEHIND: Final = {"en": r"|1?[0-9]\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b)"}
"""What makes the hour before a dash a time of day too: 9-11am."""

_HALVES: Final = {
    "上午": "am", "下午": "pm", "午前": "am", "午後": "pm", "오전": "am", "오후": "pm",
}  # fmt: skip
"""Halves of a day that stand before the hour."""

_HALF_BEFORE: Final = rf"[ap]m|[AP]M|{any_of(_HALVES)}"


def clock_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for times of day, durations and scales."""
    mark = _MARKS.get(grammar.tag, "(?P<mark>)")
    yield from _ratios_of_thousands(grammar)
    yield from _long_times(grammar)
    yield rule(
        rf"(?<![\w.,:/–-])(?P<hour>1?[0-9]|2[0-4]){RANGE}"
        rf"(?=(?:1?[0-9]|2[0-4]):[0-5][0-9](?![\w:]){_HALF_BEHIND.get(grammar.tag, '')})",
        lambda f: (
            join(grammar, grammar.cardinal(int(f["hour"]), ""), grammar.to) + " " * grammar.spaced
        ),
    )
    if grammar.tag in ("ja", "zh", "ko"):
        yield rule(
            rf"(?:(?P<mark>{_HALF_BEFORE})\s?)?(?<![A-Za-z0-9.,:]){_CLOCK}(?![A-Za-z0-9:])",
            lambda f: None if _is_wide_scale(f) else _say_clock(grammar, f),
            starts=rf"(?:{_HALF_BEFORE})(?=\s?[0-9])",
        )
    else:
        yield rule(
            rf"(?<![\w.,:]){_CLOCK}{mark}(?![\w:])",
            lambda f: None if _is_scale(f) else _say_clock(grammar, f),
        )
    yield from _clocks_of_language(grammar)
    yield rule(
        r"(?<![\w.,:])(?P<first>[0-9]{1,3}):(?P<last>[0-9]{1,3})(?![\w:])",
        lambda found: _say_ratio(grammar, found),
    )


def _clocks_of_language(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for times without a colon: 5 p.m., 8.30 Uhr, 14 h 30."""
    if grammar.tag == "en":
        yield rule(
            rf"(?<![\w.,:])(?P<hour>1?[0-9])\s?{_ENGLISH_MARK}(?P<minute>)",
            lambda found: _say_clock(grammar, found),
        )
        yield rule(
            rf"(?<![\w.,:])(?P<hour>1?[0-9])\.{_MINUTE}\s?{_ENGLISH_MARK}",
            lambda found: _say_clock(grammar, found),
        )
    if grammar.tag == "it":
        yield rule(
            rf"(?:(?<=\bore )|(?<=lle )){_HOUR}\.{_MINUTE}(?P<mark>)(?![\w]|[.,][0-9])",
            lambda found: _say_clock(grammar, found),
        )
    if grammar.tag in ("es", "pt"):
        yield rule(
            rf"(?<![\w.,:]){_HOUR}\.{_MINUTE}\s?(?P<mark>h)(?![\w/])",
            lambda found: _say_clock(grammar, found),
        )
    if grammar.tag in ("fr", "pt"):
        gap = r"\s?" if grammar.tag == "fr" else ""
        yield rule(
            rf"(?<![\w.,:]){_HOUR}{gap}h{gap}{_MINUTE}?(?P<mark>)(?![\w/])(?!\smin(?!\w))",
            lambda found: _say_clock(grammar, found),
        )
    if grammar.tag == "de":
        yield rule(
            rf"(?<![\w.,:]){_HOUR}[.:]{_MINUTE}(?P<mark>)"
            rf"(?={RANGE}[0-2]?[0-9][.:][0-5][0-9]\s?Uhr)",
            lambda found: _say_clock(grammar, found),
        )
        yield rule(
            rf"(?<![\w.,:]){_HOUR}\.{_MINUTE}\s?(?P<mark>Uhr)\b",
            lambda found: _say_clock(grammar, found),
        )


def _ratios_of_thousands(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for scales such as 1:25,000, and 1/25,000 on maps."""
    yield rule(
        rf"(?<![\w.,:/])(?P<first>[0-9]{{1,3}}){SPACE}:{SPACE}(?P<last>{_GROUPED})(?![\w:]|[.,][0-9])",
        lambda found: _say_ratio(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,:/])(?P<first>1)/(?P<last>{_GROUPED})(?![\w/])",
        lambda found: _say_ratio(grammar, found),
    )


def _say_ratio(grammar: Grammar, found: re.Match[str]) -> str:
    first, last = (int(re.sub("[^0-9]", "", found[name])) for name in ("first", "last"))
    if grammar.tag == "fr" and first == 1 and "/" in found[0]:
        return f"un {grammar.ordinal(last, Form.PLAIN)}"
    words = words_before(found) if grammar.tag == "fr" else []
    if not _SCORED.isdisjoint(words):
        return join(grammar, grammar.cardinal(first, ""), grammar.to, grammar.cardinal(last, ""))
    is_mixed = words[-1:] != ["au"] and not _MIXED.isdisjoint(words)
    ratio = "pour" if is_mixed else grammar.ratio
    return join(grammar, grammar.cardinal(first, ""), ratio, grammar.cardinal(last, ""))


def _long_times(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for how long something takes: 12:30 min, 1:30 hours."""
    minutes = "min|mins|minutes|Minuten|minutos|minuti"
    yield rule(
        r"(?<![\w.,:])(?P<min>[0-9]{1,3}):(?P<s>[0-5][0-9])"
        rf"{SPACE}(?:{minutes})(?![\w])",
        lambda f: say_duration(grammar, 0, int(f["min"]), str(int(f["s"]))),
    )
    yield rule(
        r"(?<![\w.,:])(?P<h>[0-9]{1,3}):(?P<min>[0-5][0-9])"
        rf"{SPACE}(?:hours|hrs|Stunden|Std\b)(?![\w])",
        lambda f: say_duration(grammar, int(f["h"]), int(f["min"]), "0"),
    )


def _is_scale(found: re.Match[str]) -> bool:
    """Tell whether a word near it makes 1:50 a ratio."""
    behind = word_behind(found).lower()
    if found["mark"]:
        return False
    return behind in _SCALES or not _SCALES.isdisjoint(words_before(found))


def _is_wide_scale(found: re.Match[str]) -> bool:
    """Tell the same where no blank parts words."""
    if found["mark"]:
        return False
    before = found.string[max(0, found.start() - _NEAR) : found.start()]
    behind = _SCALES_BEHIND.match(found.string, found.end())
    return behind is not None or _SCALES_BEFORE.search(before) is not None


_NEAR: Final = 8
"""Characters before a ratio that may say so."""


def _say_clock(grammar: Grammar, found: re.Match[str]) -> str | None:
    second = found.groupdict().get("second")
    minute = int(found["minute"] or 0)
    if second is not None:
        return _say_with_seconds(grammar, found, int(second))
    mark = found["mark"] or ""
    said = grammar.clock(int(found["hour"]), minute, _HALVES.get(mark, mark))
    if grammar.tag == "es" and word_before(found).lower() in ("de", "desde"):
        said = said.removesuffix(" en punto")  # until when follows
    return said + last_dot(found) if mark.endswith(".") else said


def _say_with_seconds(grammar: Grammar, found: re.Match[str], seconds: int) -> str:
    """Say 1:30:05 as a time of day where a word tells so, and else as how long it takes."""
    hour, minute, mark = int(found["hour"]), int(found["minute"]), found["mark"] or ""
    is_of_day = mark not in ("", "h") or word_before(found).lower() in _OF_DAY
    if not is_of_day or grammar.tag == "es":
        return say_duration(grammar, hour, minute, str(seconds))
    said = grammar.clock(hour, minute, _HALVES.get(mark, mark))
    rest = say_count(grammar, seconds, "s")
    return join(grammar, said, grammar.conjunction, rest)
