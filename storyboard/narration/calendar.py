"""Rules for times of day, and for days beside their month. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.calendar_names import MONTHS, OTHER_MONTHS, SHORT_MONTHS
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.measures import say_count
from storyboard.narration.numerals import APOSTROPHES, BLANK_GROUPED, RANGE, join
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    any_of,
    last_dot,
    rule,
    word_before,
    word_behind,
)

_SCALES: Final = frozenset(
    (
        *("scale", "ratio", "odds", "mix", "dilute", "diluted", "aspect", "format"),
        *("maßstab", "verhältnis", "mischungsverhältnis", "verdünnung", "verdünnt", "übersetzung"),
        *("échelle", "rapport", "proportion", "escala", "razón", "proporción", "relación"),
        *("diluez", "diluer", "dilué", "diluya", "diluir", "diluire", "dilua", "diluida"),
        *("scala", "rapporto", "proporção", "razão", "seitenverhältnis", "bildformat"),
    )
)
"""Words near which 1:50 is no time of day."""

_NEAR: Final = 28
"""Characters before a ratio that tell what it is: "a scale of about 1:50"."""

_WORD: Final = re.compile(r"[^\W0-9_]+")
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
DATED: Final = frozenset(
    ("am", "vom", "bis", "zum", "ab", "seit", "dem", "der", "den", "und", "nach", "vor", "oder")
)
"""German words before a day: "Kapitel 4.2." is none."""

_CASES: Final[Mapping[str, Form]] = {
    **dict.fromkeys(("der", "dieser", "jeder", "nächste", "letzte"), Form.PLAIN),
    **dict.fromkeys(
        (
            *("am", "vom", "bis", "zum", "ab", "seit", "dem", "den", "des", "nach", "vor", "von"),
            *("im", "beim", "diesem", "diesen", "jedem", "jeden", "zwischen", "mit", "gegen", "v"),
            *("nächsten", "letzten", "per", "um", "für", "und", "oder", "zu", "sonntags"),
        ),
        Form.OBLIQUE,
    ),
}
"""What stands before a day, and its form behind it."""

_HALVES: Final = {
    "上午": "am", "下午": "pm", "午前": "am", "午後": "pm", "오전": "am", "오후": "pm",
}  # fmt: skip
"""Halves of a day that stand before the hour."""

_HALF_BEFORE: Final = rf"[ap]m|[AP]M|{any_of(_HALVES)}"


def calendar_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for times of day and for days beside the name of a month."""
    mark = _MARKS.get(grammar.tag, "(?P<mark>)")
    yield from _ratios_of_thousands(grammar)
    yield from _long_times(grammar)
    if grammar.tag in ("ja", "zh", "ko"):
        yield rule(
            rf"(?:(?P<mark>{_HALF_BEFORE})\s?)?(?<![A-Za-z0-9.,:]){_CLOCK}(?![A-Za-z0-9:])",
            lambda f: _say_clock(grammar, f),
            starts=rf"(?:{_HALF_BEFORE})(?=\s?[0-9])",
        )
    else:
        yield rule(
            rf"(?<![\w.,:]){_CLOCK}{mark}(?![\w:])",
            lambda f: None if _is_scale(f) else _say_clock(grammar, f),
        )
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
    if grammar.tag in ("fr", "pt"):
        gap = r"\s?" if grammar.tag == "fr" else ""
        yield rule(
            rf"(?<![\w.,:]){_HOUR}{gap}h{gap}{_MINUTE}?(?P<mark>)(?![\w/])(?!\smin(?!\w))",
            lambda found: _say_clock(grammar, found),
        )
    if grammar.tag in MONTHS:
        names = (*MONTHS[grammar.tag], *OTHER_MONTHS.get(grammar.tag, ()))
        yield from _day_rules(grammar, any_of(names))
    yield rule(
        r"(?<![\w.,:])(?P<first>[0-9]{1,3}):(?P<last>[0-9]{1,3})(?![\w:])",
        lambda found: join(
            grammar,
            grammar.cardinal(int(found["first"]), ""),
            grammar.ratio,
            grammar.cardinal(int(found["last"]), ""),
        ),
    )


def _ratios_of_thousands(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for scales such as 1:25,000, and 1/25,000 on maps."""

    def say(found: re.Match[str]) -> str:
        first, last = (int(re.sub("[^0-9]", "", found[name])) for name in ("first", "last"))
        if grammar.tag == "fr" and first == 1 and "/" in found[0]:
            return f"un {grammar.ordinal(last, Form.PLAIN)}"
        return join(grammar, grammar.cardinal(first, ""), grammar.ratio, grammar.cardinal(last, ""))

    yield rule(
        rf"(?<![\w.,:/])(?P<first>[0-9]{{1,3}}){SPACE}:{SPACE}(?P<last>{_GROUPED})(?![\w:]|[.,][0-9])",
        say,
    )
    yield rule(rf"(?<![\w.,:/])(?P<first>1)/(?P<last>{_GROUPED})(?![\w/])", say)


def _long_times(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for how long something takes: 12:30 min, 1:30 hours."""
    minutes = "min|mins|minutes|Minuten|minutos|minuti"
    yield rule(
        r"(?<![\w.,:])(?P<min>[0-9]{1,3}):(?P<s>[0-5][0-9])"
        rf"{SPACE}(?:{minutes})(?![\w])",
        lambda f: _say_duration(grammar, 0, int(f["min"]), int(f["s"])),
    )
    yield rule(
        r"(?<![\w.,:])(?P<h>[0-9]{1,3}):(?P<min>[0-5][0-9])"
        rf"{SPACE}(?:hours|hrs|Stunden|Std\b)(?![\w])",
        lambda f: _say_duration(grammar, int(f["h"]), int(f["min"]), 0),
    )


def _say_duration(grammar: Grammar, hours: int, minutes: int, seconds: int) -> str:
    counts = (("h", hours), ("min", minutes), ("s", seconds))
    said = [say_count(grammar, count, unit) for unit, count in counts if count]
    *head, last = said or [say_count(grammar, 0, "s")]
    if not grammar.spaced or grammar.tag == "ko":
        return (" " * grammar.spaced).join([*head, last])
    return f"{', '.join(head)} {grammar.conjunction} {last}" if head else last


def _is_scale(found: re.Match[str]) -> bool:
    """Tell whether a word near it makes 1:50 a ratio."""
    behind = word_behind(found).lower()
    if found["mark"]:
        return False
    head = found.string[max(0, found.start() - _NEAR) : found.start()].lower()
    return behind in _SCALES or not _SCALES.isdisjoint(_WORD.findall(head))


def _day_rules(grammar: Grammar, month: str) -> Iterator[Rule]:
    day = "(?P<day>[12][0-9]|3[01]|0?[1-9])"
    match grammar.tag:
        case "en":
            yield from _english_days(grammar, month, day)
        case "de":
            yield from _german_days(grammar, month, day)
        case _:
            yield from _romance_days(grammar, month)


def _english_days(grammar: Grammar, month: str, day: str) -> Iterator[Rule]:
    short = {f"{each}{dot}": name for each, name in SHORT_MONTHS["en"].items() for dot in (".", "")}
    month = f"{month}|{any_of(short)}"
    yield rule(
        rf"{NOT_IN_WORD}(?P<month>{month})\s{day}(?P<last>{RANGE}(?:[12][0-9]|3[01]|[1-9]))?"
        r"(?:st|nd|rd|th)?(?![\w:%$]|[.,/-][0-9])",
        lambda found: _say_english_day(grammar, found, short),
        starts=rf"{NOT_IN_WORD}(?:{month})(?=\s[0-9])",
    )
    first = day.replace("day", "first") + "(?:st|nd|rd|th)?"
    yield rule(
        rf"(?<![\w.,$€£])(?:{first}(?P<to>{RANGE}| (?:to|and|or) ))?{day}(?:st|nd|rd|th)?"
        rf"(?=\s(?:{month})\b)",
        lambda found: _say_english_day_first(grammar, found),
    )
    yield rule(
        r"(?<![\w./-])(?P<month>1[0-2]|0?[1-9])/(?P<day>1[3-9]|2[0-9]|3[01])(?![\w/-])",
        lambda found: _say_month_and_day(grammar, found),
    )


def _german_days(grammar: Grammar, month: str, day: str) -> Iterator[Rule]:
    yield rule(
        rf"(?<![\w.,:]){_HOUR}[.:]{_MINUTE}(?P<mark>)"
        rf"(?={RANGE}[0-2]?[0-9][.:][0-5][0-9]\s?Uhr)",
        lambda found: _say_clock(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,]){day}\.{RANGE}(?P<last>[0-3]?[0-9])\.(?P<month>1[0-2]|0?[1-9])\."
        r"(?![0-9])",
        lambda found: _say_german_days(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,]){day}\.{RANGE}(?=[0-9]{{1,2}}\.[0-9]{{1,2}}\.)",
        lambda found: f"{grammar.ordinal(int(found['day']), Form.OBLIQUE)} bis ",
    )
    yield rule(
        rf"(?<![\w.,]){day}\.(?=\s?(?:{month})\b)",
        lambda found: grammar.ordinal(int(found["day"]), _german_form(found)),
    )
    yield rule(
        rf"(?<![\w.,]){day}\.(?P<month>1[0-2]|0?[1-9])\.(?![\w])",
        lambda found: _say_german_day(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,:]){_HOUR}\.{_MINUTE}\s?(?P<mark>Uhr)\b",
        lambda found: _say_clock(grammar, found),
    )


def _romance_days(grammar: Grammar, month: str) -> Iterator[Rule]:
    first = {"fr": "1er|1", "it": "1[°º]?", "pt": "1[°º]"}.get(grammar.tag, "1er|1°(?= de )")
    yield rule(
        r"(?<![\w./])(?P<day>[0-3]?[0-9])/(?P<month>[01]?[0-9])(?![\w/])",
        lambda found: _say_day_and_month(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,])(?:{first})(?=\s(?:de )?(?:{month})\b)",
        lambda _: grammar.ordinal(1, Form.PLAIN),
    )


def _say_month_and_day(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "12/25" as a date where a word before it tells that it is none of twenty-five parts."""
    if word_before(found).lower() not in ("on", "by", "until", "from", "before", "after", "since"):
        return None
    month = MONTHS["en"][int(found["month"]) - 1]
    return f"{month} {grammar.ordinal(int(found['day']), Form.PLAIN)}"


def _say_english_day_first(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "3 May" as it is read: the third of May."""
    days = [int(found[name]) for name in ("first", "day") if found[name]]
    between = found["to"].strip() if found["to"] and found["to"].strip().isalpha() else grammar.to
    said = f" {between} ".join(f"the {grammar.ordinal(day, Form.PLAIN)}" for day in days)
    article = word_before(found).lower() == "the"
    return f"{said.removeprefix('the ') if article else said} of"


def _say_german_day(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "24.12." as a day and a month: behind it no year has to stand."""
    before = word_before(found).lower()
    dot = last_dot(found)
    if before not in DATED and (before or dot):
        return None
    day, month = int(found["day"]), _german_month(int(found["month"]))
    return f"{grammar.ordinal(day, _german_form(found))} {month}{dot}"


def _say_german_days(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "1.–3.5." in one form: ersten bis dritten Mai."""
    days = (grammar.ordinal(int(found[name]), Form.OBLIQUE) for name in ("day", "last"))
    return f"{' bis '.join(days)} {_german_month(int(found['month']))}{last_dot(found)}"


def _german_month(number: int) -> str:
    return MONTHS["de"][number - 1]


_BEFORE_DAY: Final = frozenset(
    ("el", "al", "del", "día", "le", "du", "au", "il", "dal", "em", "no", "dia", "até")
)
"""Words that tell that "24/7" is a day in July, and not all the time."""


def _say_day_and_month(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "14/07" as a day where it is no fraction: the first number is the greater one."""
    day, month = int(found["day"]), int(found["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12) or (
        day < month and not found["month"].startswith("0")
    ):
        return None
    if found[0] == "24/7" and word_before(found).lower() not in _BEFORE_DAY:
        return f"{grammar.cardinal(day, '')} {grammar.cardinal(month, '')}"
    if grammar.tag == "fr":
        return f"{'premier' if day == 1 else grammar.cardinal(day, '')} {MONTHS['fr'][month - 1]}"
    if grammar.tag == "it":
        first = grammar.ordinal(1, Form.PLAIN) if day == 1 else grammar.cardinal(day, "")
        return f"{first} {MONTHS['it'][month - 1]}"
    return f"{grammar.cardinal(day, '')} de {MONTHS[grammar.tag][month - 1]}"


def _german_form(found: re.Match[str]) -> Form:
    """Return the form of a day by what stands before it: der fünfte, am fünften, fünfter Mai."""
    return _CASES.get(word_of_case(found), Form.MASCULINE)


def word_of_case(found: re.Match[str]) -> str:
    """Return the word that a German day takes its case from; of two days, both from one."""
    head = found.string[max(0, found.start() - _NEAR) : found.start()].lower()
    words = _WORD.findall(head)
    before = words[-1] if words else ""
    if before in ("und", "bis", "oder", "sowie") or head.rstrip().endswith((",", "/", "–", "-")):
        return next((word for word in reversed(words[:-1]) if word in _CASES), before)
    return before


def _say_english_day(grammar: Grammar, found: re.Match[str], short: Mapping[str, str]) -> str:
    month = short.get(found["month"], found["month"])
    said = f"{month} {grammar.ordinal(int(found['day']), Form.PLAIN)}"
    if found["last"]:
        last = int(re.sub("[^0-9]", "", found["last"]))
        said += f" {grammar.to} {grammar.ordinal(last, Form.PLAIN)}"
    return said


def _say_clock(grammar: Grammar, found: re.Match[str]) -> str | None:
    second = found.groupdict().get("second")
    minute = int(found["minute"] or 0)
    if second is not None:
        return _say_with_seconds(grammar, found, int(second))
    mark = found["mark"] or ""
    said = grammar.clock(int(found["hour"]), minute, _HALVES.get(mark, mark))
    return said + last_dot(found) if mark.endswith(".") else said


def _say_with_seconds(grammar: Grammar, found: re.Match[str], seconds: int) -> str:
    """Say 1:30:05 as a time of day where a word tells so, and else as how long it takes."""
    hour, minute, mark = int(found["hour"]), int(found["minute"]), found["mark"] or ""
    is_of_day = bool(mark) or word_before(found).lower() in _OF_DAY
    if not is_of_day or grammar.tag == "es":
        return _say_duration(grammar, hour, minute, seconds)
    said = grammar.clock(hour, minute, _HALVES.get(mark, mark))
    rest = say_count(grammar, seconds, "s")
    return join(grammar, said, grammar.conjunction, rest)
