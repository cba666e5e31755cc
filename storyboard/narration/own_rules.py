"""Rules that only one language has: those of each, or where there are few, the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.chinese_rules import chinese_rules
from storyboard.narration.english_rules import english_rules
from storyboard.narration.francs import franc_rules
from storyboard.narration.french_rules import french_rules
from storyboard.narration.german_rules import german_rules
from storyboard.narration.grammar import Form, Grammar
from storyboard.narration.japanese_rules import japanese_rules
from storyboard.narration.keys import key_rules
from storyboard.narration.lettered_initials import lettered_rule
from storyboard.narration.numerals import say_digits
from storyboard.narration.roman_numerals import counted_roman_rules
from storyboard.narration.romance_rules import romance_rules
from storyboard.narration.rule import (
    NOT_IN_WORD,
    Rule,
    any_of,
    last_dot,
    replaced,
    rule,
    word_before,
)
from storyboard.narration.short_forms import short_form_rules
from storyboard.narration.written_durations import written_duration

_QUEENS: Final = frozenset(("Inês", "Isabel", "Leonor", "Beatriz", "Filipa", "Carlota"))
_CONTRACTED: Final = {
    "P.zza": "piazza", "p.zza": "piazza", "P.le": "piazzale", "p.le": "piazzale",
    "C.so": "corso", "c.so": "corso", "V.le": "viale", "v.le": "viale", "L.go": "largo",
    "l.go": "largo", "F.lli": "fratelli", "f.lli": "fratelli", "Sig.ri": "signori",
    "Sig.ra": "Signora", "Sig.na": "Signorina", "Dott.ssa": "Dottoressa",
    "Prof.ssa": "Professoressa",
    "sig.na": "signorina", "sig.ri": "signori", "dott.ri": "dottori", "Dott.ri": "Dottori",
    "sig.ra": "signora", "dott.ssa": "dottoressa", "prof.ssa": "professoressa",
}  # fmt: skip
"""What Italian writes with its last letters behind a dot, and without a dot of its own."""

_NO_FLOOR: Final = (
    "a|al|bajo|como|con|de|del|desde|e|en|es|entre|hasta|o|para|por|que|sobre|y"
    "|da|dal|alla|dalla|di|ed|il|la|per|su|tra|verso"
)
"""What follows degrees, where a noun would follow an ordinal."""


_EXTENSIONS: Final = "Durchwahl|[Ee]xtension|[Pp]oste|[Ee]xtensión|[Ii]nterno|[Rr]amal|DW"
"""Words before the last digits of a telephone number: behind them "-12" is not below zero."""


_MOST_OF_NUMBER: Final = 2
"""Digits of an extension that is said as a number."""


def own_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules of one language alone; `again` reads a part of a text."""
    yield from _keys_and_initials(grammar)
    model = rf"{NOT_IN_WORD}Mk\.?(?=\s?[IVX0-9]{{1,5}}(?![\w]))"
    yield replaced(model, "Mark")
    if grammar.spaced:
        yield written_duration(again)
    yield from romance_rules(grammar, again)
    yield from counted_roman_rules(grammar)
    yield _extension(grammar, again)
    yield from short_form_rules(grammar, again)
    yield from franc_rules(grammar, again)
    match grammar.tag:
        case "en":
            yield from english_rules(again)
        case "de":
            yield from german_rules(grammar)
        case "zh":
            yield from chinese_rules(grammar)
        case "ja":
            yield from japanese_rules(grammar)
        case "ko":
            yield from _korean(grammar)
        case "fr":
            yield from french_rules(again)
        case "it":
            yield from _floors(grammar)
            start = rf"{NOT_IN_WORD}(?:[Nn][.°º]|n\.ro)\s?(?=[0-9]|di\s)"
            yield rule(start, lambda found: f"{found[0][0]}umero ", start)
            contracted = rf"{NOT_IN_WORD}(?:{any_of(_CONTRACTED)})(?![\w])"
            yield rule(contracted, lambda found: _CONTRACTED[found[0]], contracted)
        case "pt":
            yield from _portuguese()
        case "es":
            yield from _spanish(grammar)


def _portuguese() -> Iterator[Rule]:
    """Yield the rules for titles, streets and numbers of Portuguese."""
    yield _numero()
    woman = rf"{NOT_IN_WORD}(?P<title>{any_of(_TITLES_OF_WOMEN)})\.?ª\.?(?=\s[A-ZÀ-Ý])"
    yield rule(woman, lambda found: _TITLES_OF_WOMEN[found["title"]], woman)
    street = r"(?<![\w.])R\.(?=\s(?:d[aeo]s?\s)?[A-ZÀ-Ý][a-zà-ÿ])"
    yield rule(street, _say_rua, street)
    title = r"(?<![\w.])D\.ª?\s?(?=[A-ZÀ-Ý][a-zà-ÿ])"
    yield rule(rf"{title}(?=(?P<name>[^\W0-9]{{2,20}}))", _say_dom, title)


def _spanish(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for titles, states, floors and streets of Spanish."""
    title = rf"{NOT_IN_WORD}(?:D\.ª|D\.|Dª\.?)\s(?=[A-ZÁÉÍÓÚÑ][a-zñáéíóú])"
    yield rule(title, lambda f: "doña " if "ª" in f[0] else "don ", title)
    states = rf"{NOT_IN_WORD}EE\.UU\."
    yield rule(states, lambda found: f"Estados Unidos{last_dot(found)}", states)
    yield from _floors(grammar)
    yield _numero()
    days = r"(?<=días )(?P<kind>[Ll]ab|[Hh]áb)\."
    kinds = {"lab": "laborables", "háb": "hábiles"}
    yield rule(days, lambda f: kinds[f["kind"].lower()] + last_dot(f), r"(?<=días )[LlHh][aá]b\.")
    street = rf"{NOT_IN_WORD}[cC]/\s?(?=[A-ZÁÉÍÓÚÑ])"
    yield replaced(street, "calle ")
    yield replaced(rf"{NOT_IN_WORD}c/u(?![\w/])", "cada uno")
    yield replaced(r"(?<=\w )s/n(?![\w/])", "sin número")


def _keys_and_initials(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for keys, as in Ctrl+C, and for initials that the voice would not spell."""
    yield from key_rules(grammar)
    lettered = lettered_rule(grammar.tag)
    if lettered is not None:
        yield lettered


def _extension(grammar: Grammar, again: Callable[[str], str]) -> Rule:
    """Return the rule for the last digits of a telephone number: Durchwahl -12."""
    start = rf"{NOT_IN_WORD}(?P<label>{_EXTENSIONS}):?\s?[-–]"
    return rule(
        rf"{start}(?P<number>[0-9]{{1,5}})(?![\w])",
        lambda found: _say_extension(grammar, found, again),
        rf"{NOT_IN_WORD}(?:{_EXTENSIONS})(?=:?\s?[-–][0-9])",
    )


def _say_extension(grammar: Grammar, found: re.Match[str], again: Callable[[str], str]) -> str:
    """Say a number of one or two digits as such, and a longer one digit by digit."""
    number = found["number"]
    is_short = len(number) <= _MOST_OF_NUMBER and not number.startswith("0")
    return f"{found['label']} {again(number) if is_short else say_digits(grammar, number)}"


def _floors(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for "el 2° piso" and "piso 2°"."""
    behind = r"(?:(?<=[Pp]iano )|(?<=[Pp]iso )|(?<=[Aa]nno ))(?P<number>[0-9]{1,2})°(?![\w])"
    yield rule(behind, lambda found: grammar.ordinal(int(found["number"]), Form.PLAIN))
    yield _floor(grammar)


def _floor(grammar: Grammar) -> Rule:
    """Return the rule for "el 2° piso": before a small word it is no angle."""
    return rule(
        rf"{NOT_IN_WORD}(?P<number>[0-9]{{1,2}})°(?=\s(?:[eoy]\s(?:al|il|el)?\s?[0-9]{{1,2}}°\s)?"
        rf"(?!(?:{_NO_FLOOR})(?!\w))[a-zñ])",
        lambda found: grammar.ordinal(int(found["number"]), Form.MASCULINE),
    )


_TITLES_OF_WOMEN: Final = {
    "Prof": "Professora", "Eng": "Engenheira", "Dr": "Doutora", "Sr": "Senhora",
    "Arq": "Arquiteta", "Exm": "Excelentíssima",
}  # fmt: skip
"""What Portuguese writes with a raised a: Prof.ª Costa."""


def _numero() -> Rule:
    """Return the rule for "n.º 5" and "Nº 5", as Spanish and Portuguese have it."""
    start = rf"{NOT_IN_WORD}[Nn](?:\.?[º°]\.?|\.o|os?\.)\s?(?=[0-9]|de\s)"
    return rule(start, lambda found: f"{found[0][0]}úmero{'s' * ('s' in found[0])} ", start)


def _say_rua(found: re.Match[str]) -> str | None:
    """Say "R. Augusta" as a street: in it, or before a number; "João R. Silva" has an initial."""
    before = word_before(found).lower()
    is_numbered = not before and _NUMBERED.match(found.string, found.end())
    return "Rua" if is_numbered or before in _AT_STREET else None


_AT_STREET: Final = frozenset(("a", "à", "da", "na", "pela", "esta", "nesta", "desta"))
_NUMBERED: Final = re.compile(r"[^.,;:!?]{2,40},\s(?:n\.?º\s?)?[0-9]")


def _say_dom(found: re.Match[str]) -> str:
    """Say the title of a Portuguese king or queen: Dom Pedro, Dona Maria."""
    name = found["name"]
    return "Dona " if "ª" in found[0] or name.endswith("a") or name in _QUEENS else "Dom "


def _korean(grammar: Grammar) -> Iterator[Rule]:
    yield rule(
        r"(?<![0-9.,])1[0-9]{2}(?=(?:에|로|번으로)\s?(?:전화|신고|연락))",
        lambda found: say_digits(grammar, found[0]),
    )
    first = r"(?<![0-9.,])1\s?번째"
    yield rule(first, lambda _: "첫 번째")
    weekday = r"(?<=[일.0-9])\s?[(（](?P<day>[월화수목금토일])[)）]"
    yield rule(weekday, lambda found: f" {found['day']}요일", weekday)
    yield rule(r"(?<![0-9])(?P<n>6|10)월", lambda found: "유월" if found["n"] == "6" else "시월")
