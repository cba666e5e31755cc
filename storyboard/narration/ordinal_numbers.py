"""Rules for ordinals. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.english_decades import decade_rules
from storyboard.narration.german_items import begins_item
from storyboard.narration.german_rulers import say_german_ruler
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.numerals import say_number
from storyboard.narration.roman_numerals import ROMAN, ROMAN_START, listed_before, value_of_roman
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    rule,
    word_before,
    word_behind,
)

_OBLIQUE: Final = frozenset(
    (
        *(
            "v",
            "am",
            "im",
            "vom",
            "zum",
            "beim",
            "zur",
            "dem",
            "den",
            "des",
            "einem",
            "einer",
            "eines",
        ),
        *(
            "ab",
            "seit",
            "bis",
            "nach",
            "vor",
            "mit",
            "jedem",
            "jeden",
            "diesem",
            "diesen",
            "zweiten",
        ),
        *("unserem", "unserer", "ihrem", "ihrer", "ersten", "dritten", "ins", "ans"),
    )
)
_PREPOSITION_THE: Final = re.compile(
    r"\b(?:in|an|auf|mit|von|zu|bei|nach|vor|seit|aus|unter|über|während|trotz|ab)\s+der\s*$",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(
    r"([^\W0-9_]+) (?:[0-9]{1,4}\., ){0,8}[0-9]{1,4}\.(?:/|,? (?:und|oder|bis|sowie) |, )$"
)
"""The word before ordinals that another one follows: all have its form."""

_LONGEST_LIST: Final = 64
"""Characters before an ordinal that hold the rest of its list."""

_ARTICLES: Final = frozenset(("der", "die", "das", "jede", "diese", "dieser", "dieses", "eine"))
_NEUTER: Final = re.compile(
    r"(?:quartal|halbjahr|\bhj|jahr|kapitel|jahrhundert|geschoss|stockwerk|modul|mal|gebot|semester|"
    r"drittel|viertel|stück|fenster|feld|bild|projekt|team|treffen|thema|video|ziel|beispiel|\bjhd?|\bkap|\bog|\bug)$",
    re.IGNORECASE,
)
_FEMININE: Final = re.compile(r"(?:ung|heit|keit|ion|tät|e|schaft|ik|KW|^Aufl|^Ausg|^Abt|^Kl)$")


def ordinal_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for ordinals of a language."""
    if grammar.spaced and grammar.tag not in ("de", "ko"):
        yield rule(
            r"^(?P<number>[0-9]{1,2})\.(?=\s+[^\W0-9_])",
            lambda found: f"{grammar.cardinal(int(found['number']), '')},",
        )
    match grammar.tag:
        case "en":
            yield rule(
                rf"{NOT_IN_WORD}(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}}){{0,4}}|[0-9]{{4,9}})(?:st|nd|rd|th|ST|ND|RD|TH)\b",
                lambda f: grammar.ordinal(int(f["number"].replace(",", "")), Form.PLAIN),
            )
            yield from decade_rules()
        case "de":
            yield from _german_ordinals(grammar)
        case "fr":
            yield rule(
                rf"{NOT_IN_WORD}(?:(?P<number>[0-9]{{1,4}})|{ROMAN})"
                r"(?P<end>ers?|res?|ères?|èmes?|es?|n?de?s?|ᵉʳ|ᵉ)(?![\w])",
                lambda found: _say_french(grammar, found),
                starts=ROMAN_START,
            )
        case "es" | "pt" | "it":
            if grammar.tag == "es":
                yield rule(
                    rf"{NOT_IN_WORD}(?P<number>[0-9]{{1,3}})(?P<end>[drtmvn][oa]s?)(?![\w])",
                    lambda found: _say_lettered_spanish(grammar, found),
                )
                yield rule(
                    rf"{NOT_IN_WORD}(?P<number>[0-9]{{1,3}})\.(?P<end>[oa])s(?![\w])",
                    lambda found: f"{_say_spanish(grammar, found)}s",
                )
            ends = "er|[ºªᵒᵃ]" if grammar.tag == "es" else "[ºªᵒᵃ]"
            yield rule(
                rf"{NOT_IN_WORD}(?:(?P<number>[0-9]{{1,4}})|{ROMAN})\.?(?P<end>{ends})(?![\w])",
                lambda found: _say_romance(grammar, found),
                starts=ROMAN_START,
            )


def _say_spanish(grammar: Grammar, found: re.Match[str]) -> str:
    form = Form.FEMININE if found["end"] == "a" else Form.MASCULINE
    return grammar.ordinal(int(found["number"]), form)


def _german_ordinals(grammar: Grammar) -> Iterator[Rule]:
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,4})(?P<end>ern?)(?![\w])",
        lambda f: say_number(grammar, f["number"], in_year=True) + f["end"],
    )
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,2})\.\s?[–-]\s?(?P<last>[0-9]{1,2})\.(?![0-9])",
        lambda f: _say_german_range(grammar, f),
    )
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,2})\./(?=[0-9]{1,2}\.)",
        lambda f: f"{_say_first_of_two(grammar, f)} und ",
    )
    yield rule(
        r"(?<![\w.,])(?P<number>[0-9]{1,4})\.(?=\s+\S)",
        lambda found: _say_german(grammar, found, int(found["number"])),
    )
    yield rule(
        rf"{NOT_IN_WORD}{ROMAN}\.(?=\s+\S|[,;)])",
        lambda found: _say_german(grammar, found, value_of_roman(found["roman"])),
        starts=ROMAN_START,
    )


def _say_german(grammar: Grammar, found: re.Match[str], number: int) -> str | None:
    """Inflect a German ordinal by the words beside it."""
    if not number:
        return None
    before, behind = word_before(found), word_behind(found)
    if found.groupdict().get("roman") and (
        ruler := say_german_ruler(listed_before(found)[1], number)
    ):
        return ruler
    if number < 100 and begins_item(found, behind):
        return f"{grammar.ordinal(number, Form.PLAIN)}ns,"
    return grammar.ordinal(number, _german_form(found, before.lower(), behind))


def _say_first_of_two(grammar: Grammar, found: re.Match[str]) -> str:
    """Say the first of "1./2. Juni", which begins no list."""
    form = _german_form(found, word_before(found).lower(), "und")
    return grammar.ordinal(int(found["number"]), form)


def _say_german_range(grammar: Grammar, found: re.Match[str]) -> str:
    """Say "1.–3." in one form: der erste bis dritte, vom ersten bis dritten."""
    form = _german_form(found, word_before(found).lower(), word_behind(found))
    days = (grammar.ordinal(int(found[name]), form) for name in ("number", "last"))
    return " bis ".join(days)


def _german_form(found: re.Match[str], before: str, behind: str) -> Form:
    head = found.string[max(0, found.start() - _LONGEST_LIST) : found.start()]
    if listed := _LISTED.search(head):
        before, head = listed[1].lower(), head[: listed.end(1)]
    if before in _OBLIQUE or _PREPOSITION_THE.search(head):
        return Form.OBLIQUE
    if before in _ARTICLES:
        return Form.PLAIN
    if behind in ("und", "bis", "oder"):
        return Form.PLAIN
    if _NEUTER.search(behind):
        return Form.NEUTER
    return Form.PLAIN if _FEMININE.search(behind) else Form.MASCULINE


def _number(found: re.Match[str]) -> int:
    return int(found["number"]) if found["number"] else value_of_roman(found["roman"])


def _say_french(grammar: Grammar, found: re.Match[str]) -> str | None:
    if not found["number"] and not found["roman"]:
        return None
    number, end = _number(found), found["end"]
    if number == 0 or _is_word(found, ones=(1,)):
        return None
    if end.startswith(("d", "nd")):
        is_day = end == "d"  # as often two days, or pictures in two dimensions
        return None if number != 2 or is_day else f"second{end.partition('d')[2]}"
    said = grammar.ordinal(number, Form.FEMININE if end.startswith(("re", "ère")) else Form.PLAIN)
    return f"{said}s" if end.endswith("s") else said


_SPANISH_ENDS: Final = "mrdrtttmvn"
"""The letter that the ordinal of each last digit has before its ending: 10mo, 1ro, 2da."""


def _say_lettered_spanish(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "1ro" and "5tas" as they are written in America."""
    number, end = int(found["number"]), found["end"]
    if not number or end[0] != _SPANISH_ENDS[number % 10]:
        return None
    said = grammar.ordinal(number, Form.FEMININE if end[1] == "a" else Form.PLAIN)
    return f"{said}s" if end.endswith("s") else said


def _say_romance(grammar: Grammar, found: re.Match[str]) -> str | None:
    if not found["number"] and not found["roman"]:
        return None
    if _is_word(found, ones=_LIKE_PRIMER):
        return None
    forms = {"ª": Form.FEMININE, "ᵃ": Form.FEMININE, "er": Form.MASCULINE}
    return grammar.ordinal(_number(found), forms.get(found["end"], Form.PLAIN))


_LIKE_PRIMER: Final = (1, 3, 21, 23, 31, 33)
"""What counts like "primer" and "tercer" in Spanish, as far as Roman numerals go."""


def _is_word(found: re.Match[str], ones: tuple[int, ...]) -> bool:
    """Whether letters are no numeral: "Ver" and "Vers" begin sentences, and 5 takes no "er".

    The endings of "first" and of what counts like it belong to the numbers `ones` alone.
    """
    is_of_ones = found["end"].startswith(("er", "re", "ère"))
    return bool(found["roman"]) and is_of_ones and value_of_roman(found["roman"]) not in ones
