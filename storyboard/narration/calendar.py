"""Rules for days beside their month: 3 May, 24.12., 14/07. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.calendar_names import (
    DAY_NUMBER,
    MONTH_NUMBER,
    MONTHS,
    OTHER_MONTHS,
    SHORT_DAYS,
    SHORT_MONTHS,
)
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.numerals import RANGE
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    any_of,
    last_dot,
    rule,
    text_before,
    word_before,
    words_before,
)

DATED: Final = frozenset(
    (
        "am",
        "v",
        "vom",
        "bis",
        "zum",
        "ab",
        "seit",
        "dem",
        "der",
        "den",
        "und",
        "nach",
        "vor",
        "oder",
        *("einschl", "einschließlich", "inkl", "inklusive", "spätestens", "gültig", "per"),
    )
)
"""German words before a day: "Kapitel 4.2." is none."""

_CASES: Final[Mapping[str, Form]] = {
    **dict.fromkeys(("der", "dieser", "jeder", "nächste", "letzte"), Form.PLAIN),
    **dict.fromkeys(
        (
            *("am", "vom", "bis", "zum", "ab", "seit", "dem", "den", "des", "nach", "vor", "von"),
            *("im", "beim", "diesem", "diesen", "jedem", "jeden", "zwischen", "mit", "gegen", "v"),
            *("nächsten", "letzten", "per", "um", "für", "und", "oder", "zu", "sonntags"),
            *("auf", "über", "ohne", "durch", "wegen", "während", "trotz", "hinter", "neben"),
            *("samt", "außer", "statt", "inklusive", "einschließlich", "spätestens"),
        ),
        Form.OBLIQUE,
    ),
}
"""What stands before a day, and its form behind it."""


_WEEKDAYS: Final = frozenset(name.lower() for days in SHORT_DAYS["de"].items() for name in days)


def day_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for days beside the name or the number of their month."""
    if grammar.tag not in MONTHS:
        return
    month = any_of((*MONTHS[grammar.tag], *OTHER_MONTHS.get(grammar.tag, ())))
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
        rf"(?<![\w./-])(?P<month>{MONTH_NUMBER})/(?P<day>1[3-9]|2[0-9]|3[01])(?![\w/-])",
        lambda found: _say_month_and_day(grammar, found),
    )


def _german_days(grammar: Grammar, month: str, day: str) -> Iterator[Rule]:
    yield rule(
        rf"(?<![\w.,]){day}\.{RANGE}(?P<last>[0-3]?[0-9])\.(?P<month>{MONTH_NUMBER})\."
        r"(?![0-9])",
        lambda found: _say_german_days(grammar, found),
    )
    yield rule(
        rf"(?<![\w.,]){day}\.{RANGE}(?=[0-9]{{1,2}}\.[0-9]{{1,2}}\.)",
        lambda found: f"{grammar.ordinal(int(found['day']), Form.OBLIQUE)} bis ",
    )
    short = any_of(SHORT_MONTHS["de"])
    yield rule(
        rf"(?<![\w.,]){day}\./(?P<last>{DAY_NUMBER})\.\s?"
        rf"(?:(?P<name>{month})(?!\w)|(?P<short>{short})(?!\w)\.?|(?P<month>{MONTH_NUMBER})\."
        r"(?:(?![0-9])|(?=(?:19|20)[0-9]{2}(?![0-9.]))))",
        lambda found: _say_two_german_days(grammar, found),
    )
    # Of "5. bis 7. Juni" the first day has a month too: fünfter bis siebter Juni.
    number, weekday = (
        f"(?:{DAY_NUMBER})",
        r"(?:(?:\w{1,10}tag|Mittwoch|Sonnabend),?\s)?",
    )
    second = (
        rf"(?:,\s{number}\.){{0,6}}\s(?:bis|und|oder|sowie)\s{weekday}{number}\.\s?(?:{month})\b"
    )
    yield rule(
        rf"(?<![\w.,]){day}\.(?=\s?(?:{month})\b|{second})",
        lambda found: grammar.ordinal(int(found["day"]), _german_form(found)),
    )
    yield rule(
        rf"(?<![\w.,]){day}\.(?P<blank>{SPACE})(?P<month>{MONTH_NUMBER})\.(?![\w]|{SPACE}[0-9]{{1,2}}\.)",
        lambda found: _say_german_day(grammar, found),
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
    if grammar.tag in _BEFORE_FIRST:
        days = rf"(?:de |di )?(?:{month})\b"
        several = rf"(?:\s(?:al?|e|y|o|ou)\s[0-3]?[0-9])?\s{days}"
        yield rule(
            rf"(?<![\w.,])1[°º](?:(?P<to>{RANGE})(?=[0-3]?[0-9]\s{days})"
            rf"|(?P<dated>(?={several}))|(?![\w°º]|{SPACE}[CF]\b))",
            lambda found: _say_first(grammar, found),
        )


_BEFORE_FIRST: Final = {
    "es": frozenset(("el", "del", "al", "día")),
    "it": frozenset(("il", "dal", "del", "al", "nel")),
    "pt": frozenset(("o", "do", "ao", "no", "dia")),
}
"""Words that tell that "1°" is the first day of a month, and no degree."""


def _say_first(grammar: Grammar, found: re.Match[str]) -> str | None:
    is_dated = found["to"] is not None or found["dated"] is not None
    if not is_dated and word_before(found).lower() not in _BEFORE_FIRST[grammar.tag]:
        return None
    first = grammar.ordinal(1, Form.PLAIN)
    return first if found["to"] is None else f"{first} {'a' if grammar.tag == 'pt' else 'al'} "


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
    if before not in DATED and before not in _WEEKDAYS and (before or dot or found["blank"]):
        return None
    day, month = int(found["day"]), _german_month(int(found["month"]))
    return f"{grammar.ordinal(day, _german_form(found))} {month}{dot}"


def _say_german_days(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "1.–3.5." in one form: erster bis dritter Mai, vom ersten bis dritten Mai."""
    form = _german_form(found)
    days = (grammar.ordinal(int(found[name]), form) for name in ("day", "last"))
    return f"{' bis '.join(days)} {_german_month(int(found['month']))}{last_dot(found)}"


def _say_two_german_days(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "1./2. Juni" in one form: am ersten und zweiten Juni."""
    form = _german_form(found)
    days = " und ".join(grammar.ordinal(int(found[name]), form) for name in ("day", "last"))
    if found["month"]:
        return f"{days} {_german_month(int(found['month']))}{last_dot(found)}"
    short = found["short"]
    ends = last_dot(found) if found[0].endswith(".") else ""
    return f"{days} {found['name'] or SHORT_MONTHS['de'][short]}{ends}"


def _german_month(number: int) -> str:
    return MONTHS["de"][number - 1]


_BEFORE_DAY: Final = frozenset(
    ("el", "al", "del", "día", "le", "du", "au", "il", "dal", "em", "no", "dia", "até")
)
"""Words that tell that "24/7" is a day in July, and not all the time."""


_BEFORE_CODE: Final = frozenset(("lot", "lote", "lotto", "charge", "partida", "réf", "ref", "rif"))
"""Words before a code that has a slash: lot 23/07."""


def _say_day_and_month(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "14/07" as a day where it is no fraction: the first number is the greater one."""
    if word_before(found).lower() in _BEFORE_CODE:
        return None
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


_WEEKDAY: Final = rf"(?:(?:{any_of(_WEEKDAYS)}),?\s)?"
_SECOND_DAY: Final = re.compile(
    rf"(?:(?<!\w)([^\W0-9_]+)\s)?{_WEEKDAY}(?<![^\s(])[0-9]{{1,2}}\.(?:\s?[0-9]{{1,2}}\.|\s[^\W0-9_]+)?"
    rf"\s(?:bis|und|oder|sowie)\s{_WEEKDAY}$"
)
"""What stands before the second of two days, and the word before both."""

_LONGEST_DAY: Final = 64
"""Characters of a weekday, a day and its month, and of what stands before them."""


def word_of_case(found: re.Match[str]) -> str:
    """Return the word that a German day takes its case from; of two days, both from one."""
    head = found.string[max(0, found.start() - _LONGEST_DAY) : found.start()].lower()
    second = _SECOND_DAY.search(head)
    if second and not head[: second.start()].endswith("., "):
        return second[1] or ""
    words = words_before(found)
    before = words[-1] if words else ""
    if before in _WEEKDAYS:  # "am Montag, 3. Mai", but "Der Kurs ist Montag, 3. Mai"
        return words[-2] if len(words) > 1 else before
    is_second = text_before(found).rstrip().endswith((",", "/", "–", "-"))
    if is_second or before in ("und", "bis", "oder", "sowie"):
        return next((word for word in reversed(words[:-1]) if word in _CASES), before)
    return before


def _say_english_day(grammar: Grammar, found: re.Match[str], short: Mapping[str, str]) -> str:
    month = short.get(found["month"], found["month"])
    said = f"{month} {grammar.ordinal(int(found['day']), Form.PLAIN)}"
    if found["last"]:
        last = int(re.sub("[^0-9]", "", found["last"]))
        said += f" {grammar.to} {grammar.ordinal(last, Form.PLAIN)}"
    return said
