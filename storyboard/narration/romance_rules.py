"""Rules that French, Spanish, Italian and Portuguese have alike, as máx. and v. pág. No text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, last_dot, replaced, rule, word_before

_SEE: Final = {"es": "véase", "it": "vedi", "pt": "ver"}
"""What "v." is before a page."""

_CENTURIES: Final = {"es": ("ss?", "siglo"), "it": ("sec", "secolo"), "pt": ("sécs?", "século")}
"""What is before the Roman numeral of a century: s. XIX."""

_LETTERED: Final = {
    "fr": ("al", "alinéa"), "es": ("let", "letra"), "it": ("lett", "lettera"),
    "pt": ("al", "alínea"),
}  # fmt: skip
"""What is before the letter of a part of a law: al. b)."""

_AGAINST: Final = {"fr": "contre", "es": "frente a", "it": "contro", "pt": "contra"}
"""What "vs" is between two that are compared."""

_YEARLY: Final = {"es": "interanual", "pt": "ano a ano", "it": "anno su anno"}
"""What "a/a" is behind a share: 4,5 % a/a."""

_EXTREMES: Final = {
    "es": ("máxima", "mínima"), "it": ("massima", "minima"), "pt": ("máxima", "mínima"),
}  # fmt: skip
_FEMININE: Final = re.compile(
    r"[^\W0-9_]{2,}(?:ura|nza|eza|ezza|gua|rga|arga|encia|ência|ança|ancia|ância|ata|ção|são|zão"
    r"|ión|dad|dade|tà|ione)|temp|carga|presión|zona|banda|corrente",
    re.IGNORECASE,
)
"""Nouns that "máx." behind them has the form of, by their ends."""

_STORED: Final = {"fr": ("à", "de"), "es": ("a", "de"), "it": ("a", "da"), "pt": ("a", "de")}
"""What stands before the degrees of a range, and what is said: a 2-8 °C, from two to eight."""


def romance_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules that a language has in common with those beside it."""
    if grammar.tag in _SEE:
        see = rf"{NOT_IN_WORD}v\.(?=\s?(?:p[aá]gs?|pp?|art|fig|cap|tab|sec)\.)"
        yield replaced(see, _SEE[grammar.tag])
    if grammar.tag in _CENTURIES:
        short, said = _CENTURIES[grammar.tag]
        century = rf"{NOT_IN_WORD}{short}\.(?=\s?[IVX]{{1,5}}(?!\w))"
        yield replaced(century, said)
    half = r"(?<=[ºª°]\s)sem\.(?=\s(?:del?\s)?20[0-9]{2})"
    yield replaced(half, "semestre")
    if grammar.tag in _LETTERED:
        short, said = _LETTERED[grammar.tag]
        lettered = rf"{NOT_IN_WORD}{short}\.(?=\s?[a-z]\))"
        yield replaced(lettered, said)
    if grammar.tag in _AGAINST:
        against = r"(?<=\s)vs\.?(?=\s)"
        yield replaced(against, _AGAINST[grammar.tag])
    if grammar.tag in _EXTREMES:
        extreme = rf"{NOT_IN_WORD}m(?:[aá]x|[ií]n)\."
        yield rule(extreme, lambda found: _say_extreme(grammar, found), extreme)
    if grammar.tag in _YEARLY:
        yearly = r"(?<=%\s)a/a(?![\w/])"
        yield replaced(yearly, _YEARLY[grammar.tag])
    if grammar.tag == "it":
        yield _hours(again)
    if grammar.tag in _STORED:
        at, since = _STORED[grammar.tag]
        stored = rf"{NOT_IN_WORD}{at}(?=\s[-−]?[0-9]{{1,3}}\s?[-–]\s?[0-9]{{1,3}}\s?°)"
        yield replaced(stored, since)


def _hours(again: Callable[[str], str]) -> Rule:
    """Return the rule for "ore 9–13", which is from nine to one."""
    hour = "(?:0[2-9]|1[0-9]|2[0-4]|[2-9])(?:[:.][0-5][0-9])?"
    hours = (
        rf"{NOT_IN_WORD}(?:ore|h) (?P<first>{hour})\s?[-–]\s?(?P<last>{hour})(?![\w]|[.,:][0-9])"
    )

    def say(found: re.Match[str]) -> str:
        first, last = (again(f"ore {found[name]}") for name in ("first", "last"))
        since = "" if word_before(found).lower() == "dalle" else "dalle "
        return f"{since}{first} alle {last.removeprefix('ore ')}"

    return rule(hours, say, rf"{NOT_IN_WORD}(?:ore|h) (?=[0-9])")


def _say_extreme(grammar: Grammar, found: re.Match[str]) -> str | None:
    """Say "temperatura máx." in the form of the noun; elsewhere it is an abbreviation as others."""
    if _FEMININE.fullmatch(word_before(found)) is None:
        return None
    return _EXTREMES[grammar.tag]["i" in found[0] or "í" in found[0]] + last_dot(found)
