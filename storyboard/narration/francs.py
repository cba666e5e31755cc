"""Rules for prices as the Swiss and the Germans write them: Fr. 12.50, 5.–, 5,- €. No text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from storyboard.narration.grammar import Grammar
from storyboard.narration.numerals import APOSTROPHES
from storyboard.narration.rule import NOT_IN_WORD, Rule, last_dot, rule

_COUNTRY: Final = MappingProxyType(
    {"de": ("Schweizer ",), "fr": (" suisses", " suisse"), "it": (" svizzeri", " svizzero")}
)
"""What CLDR calls francs besides: who writes "Fr." does not say it."""


def franc_rules(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for francs, and in German for prices without cents."""
    if grammar.tag == "de":
        francs = r"(?<=[0-9])\s?S?Fr\.?(?![\w])"
        yield rule(francs, _say_behind, francs)
        yield from _round_prices(grammar, again)
    if grammar.tag not in _COUNTRY:
        return
    is_time = r"\s?(?:Uhr|h|bis|[-–])(?![\w])"
    behind = rf"\.[0-9]{{2}}(?![\w]|\.[0-9]|{is_time})"
    if grammar.decimal == ".":
        behind = rf"(?:{behind}|(?![\w]|\.[0-9]|\.\s?[A-Z]|{is_time}))"
    start = rf"{NOT_IN_WORD}(?:[Ss]?Fr|fr)\."
    yield rule(
        rf"{start}\s?(?P<amount>[0-9](?:[0-9{APOSTROPHES}]{{0,11}}[0-9])?{behind})",
        lambda found: _say_francs(grammar, found["amount"], again),
        rf"{start}(?=\s?[0-9])",
    )


def _say_behind(found: re.Match[str]) -> str:
    return f" Franken{last_dot(found) if found[0].endswith('.') else ''}"


def _say_francs(grammar: Grammar, amount: str, again: Callable[[str], str]) -> str:
    said = again(f"CHF {amount}")
    for country in _COUNTRY[grammar.tag]:
        said = said.replace(country, "")
    return said


def _round_prices(grammar: Grammar, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules for prices without cents, as in Germany and Switzerland: 5,- and 5.–."""

    def say(found: re.Match[str]) -> str:
        money = (found["code"] or found["money"] or "").strip()
        if money == "Fr.":
            return _say_francs(grammar, found["amount"], again)
        return again(f"{found['amount']} {money}".strip())

    amount = rf"(?P<amount>[0-9](?:[0-9.{APOSTROPHES}]{{0,11}}[0-9])?)[.,][-–—]+"
    before = r"(?<![\w.,])(?P<code>CHF|EUR|€|Fr\.)\s?"
    yield rule(
        rf"{before}{amount}(?P<money>)(?![\w])", say, r"(?<![\w])(?:CHF|EUR|Fr\.)\s?(?=[0-9])"
    )
    behind = r"(?P<money>\s?(?:EUR|€|CHF|Fr\.))?(?![\w])"
    yield rule(rf"(?<![\w.,])(?P<code>){amount}{behind}", say)
