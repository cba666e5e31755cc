"""Reads one sentence of one language: its rules from left to right, then its signs. No voice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from storyboard.narration.abbreviation_rules import abbreviation_rules
from storyboard.narration.accounting import accounting_rules
from storyboard.narration.addresses import address_rules, path_rules_of, voice_address_rules
from storyboard.narration.amounts import amount_rules
from storyboard.narration.arithmetic import arithmetic_rules
from storyboard.narration.blanks import BLANK
from storyboard.narration.calendar import day_rules, word_of_case
from storyboard.narration.clock_times import clock_rules
from storyboard.narration.code_ranges import code_range_rules
from storyboard.narration.compass import compass_rules
from storyboard.narration.dates_in_digits import date_rules
from storyboard.narration.day_ranges import day_range_rules
from storyboard.narration.designations import designation_rules
from storyboard.narration.digit_strings import digit_rules
from storyboard.narration.dotted_ranges import dotted_range_rules
from storyboard.narration.dutch_rules import dutch_rules
from storyboard.narration.grammar import IN_LATIN_SCRIPT, Grammar
from storyboard.narration.lap_times import lap_rules
from storyboard.narration.marks import mark_rules
from storyboard.narration.measures import measure_rules
from storyboard.narration.minus_signs import minus_rules
from storyboard.narration.mixed_numbers import mixed_rules
from storyboard.narration.ordinal_numbers import ordinal_rules
from storyboard.narration.own_rules import own_rules
from storyboard.narration.plain_numbers import number_rules
from storyboard.narration.plain_text import FOREIGN, NUMERALS, PAUSES, narrow
from storyboard.narration.quarters import quarter_rules
from storyboard.narration.regions import grammar_in
from storyboard.narration.registered_numbers import registered_rules
from storyboard.narration.roman_numerals import roman_rules
from storyboard.narration.rule import Rule, without_literals, word_before
from storyboard.narration.scores import score_rules
from storyboard.narration.short_dates import short_date_rules
from storyboard.narration.short_units import short_unit_rules
from storyboard.narration.signs import sign_rules, sign_word
from storyboard.narration.slashed_numbers import slash_rules
from storyboard.narration.subsections import subsection_rules
from storyboard.narration.tildes import tilde_rules
from storyboard.narration.voice_amounts import voice_amount_rules
from storyboard.narration.voice_dates import voice_date_rules
from storyboard.narration.voice_numbers import voice_number_rules
from storyboard.narration.voice_ranges import voice_range_rules
from storyboard.narration.voice_romans import voice_roman_rules
from storyboard.narration.voice_signs import signs_of_voice, voice_sign_rules
from storyboard.narration.voice_units import voice_unit_rules
from storyboard.narration.weekdays import weekday_rules
from storyboard.scripts import SPACED, in_class
from storyboard.spoken_tags import language_of

_EVERYWHERE: Final = rf"[0-9{NUMERALS}]|[-–‒](?=[.,]?[0-9$€£¥¼-¾])|[^\w\s{re.escape(PAUSES)}]"
"""Where any rule may begin: digits, minus signs, and all that is neither letter nor pause."""

_NEXT_TO: Final = re.compile(f"[{in_class(SPACED)}0-9]")
"""What a blank parts from the next word; Chinese and Japanese signs need none."""

_KEPT: Final = 64
"""Readers: more than a project has locales."""

_FOREIGN_WORDS: Final = re.compile(f"[{FOREIGN}]+")
_BLANKS: Final = re.compile(f"{BLANK}+")
_BEFORE_STOP: Final = re.compile(r" (?=[,.;:!?、，。](?:\s|$|[^\x00-\x7f]))")
_LOOKS_BEHIND: Final = re.compile(r"\(\?<!\[[^]\\]*\]\)")
_INNERMOST: Final = re.compile(r"\([^()]*\)")
_TWO_COMMAS: Final = re.compile(r"([,、])(?:\s?[,、])+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said for a sentence: places that changed, and signs that are not said."""

    said: str
    changes: tuple[tuple[int, int, str], ...] = ()
    unspoken: tuple[tuple[str, int], ...] = ()


class Reader:
    """Reads sentences of one language."""

    def __init__(self, language: str) -> None:
        self._grammar = grammar_in(language)
        self._voice = "" if self._grammar else signs_of_voice(language)
        self._foreign = _FOREIGN_WORDS if language_of(language) in IN_LATIN_SCRIPT else None
        self._rules = tuple(self._all_rules(language))
        self._runs = tuple(_runs(self._rules))
        own = dict.fromkeys(each.starts for each in self._rules if each.starts)
        foreign = (f"[{FOREIGN}]",) if self._foreign else ()
        self._starts = re.compile(_joined_patterns((_EVERYWHERE, *foreign, *own)))

    def read(self, sentence: str) -> Reading:
        """Read one sentence; places are those of the sentence."""
        text = narrow(sentence) if self._grammar else sentence
        changes: list[tuple[int, int, str]] = []
        unspoken: list[tuple[str, int]] = []
        at = 0
        while (found := self._starts.search(text, at)) is not None:
            start = found.start()
            match = self._first(text, start)
            if match is not None:
                changes.append((start, *match))
                at = match[0]
                continue
            foreign = self._foreign.match(text, start) if self._foreign else None
            if foreign is not None:
                unspoken.append((foreign[0], start))
                changes.append((start, foreign.end(), " "))
                at = foreign.end()
                continue
            at, sign = start + 1, text[start]
            if sign.isalpha() or sign.isdecimal():
                continue
            said = sign_word(self._grammar, sign, self._voice)
            if said is None:
                unspoken.append((sign, start))
            if said != sign:
                changes.append((start, at, said or " "))
        return Reading(_said(text, changes), tuple(changes), tuple(unspoken))

    def _first(self, text: str, at: int) -> tuple[int, str] | None:
        """Return where the first rule that has something to say here ends, and what it says."""
        for gate, rules in self._runs:
            if gate is not None and gate.match(text, at) is None:
                continue
            for each in rules:
                found = each.pattern.match(text, at)
                if found is not None and found.end() > at and (said := each.say(found)) is not None:
                    return found.end(), said
        return None

    def _again(self, text: str) -> str:
        return self.read(text).said

    def _all_rules(self, language: str) -> Iterator[Rule]:
        if self._grammar is None:
            return _rules_of_voice(language, self._again)
        return _rules_of_grammar(self._grammar, language, self._again)


def _rules_of_grammar(
    grammar: Grammar, language: str, again: Callable[[str], str]
) -> Iterator[Rule]:
    yield from arithmetic_rules(grammar, again)
    yield from mark_rules(grammar)
    yield from dotted_range_rules(grammar, again)
    yield from date_rules(language, again)
    yield from registered_rules(grammar, again)
    yield from designation_rules(grammar, again)
    yield from lap_rules(grammar)
    yield from subsection_rules(grammar, again)
    yield from day_range_rules(grammar, again)
    yield from short_date_rules(
        grammar, again, word_of_case if grammar.tag == "de" else word_before
    )
    yield from clock_rules(grammar)
    yield from day_rules(grammar)
    yield from own_rules(grammar, again)
    yield from quarter_rules(grammar, again)
    yield from code_range_rules(grammar)
    yield from accounting_rules(grammar, again)
    for rules in (score_rules, weekday_rules):
        yield from rules(grammar)
    yield from path_rules_of(grammar, again)
    for rules in (tilde_rules, compass_rules):
        yield from rules(grammar)
    yield from abbreviation_rules(language)
    yield from address_rules(grammar, again)
    for rules in (
        ordinal_rules,
        roman_rules,
        amount_rules,
        mixed_rules,
        measure_rules,
        slash_rules,
        short_unit_rules,
        digit_rules,
    ):
        yield from rules(grammar)
    yield from sign_rules(grammar, again)
    yield from number_rules(grammar)


def _rules_of_voice(language: str, again: Callable[[str], str]) -> Iterator[Rule]:
    """Yield the rules of a language whose voice reads most of it by itself."""
    yield from date_rules(language, again)
    if language_of(language) == "nl":
        yield from dutch_rules()
    yield from voice_roman_rules(language)
    yield from abbreviation_rules(language)
    yield from voice_address_rules(language, again)
    yield from minus_rules(language)
    yield from voice_date_rules(language)
    yield from voice_range_rules(language)
    yield from voice_unit_rules(language)
    yield from voice_amount_rules(language)
    yield from voice_sign_rules(language)
    yield from voice_number_rules(language)


def _said(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """Put what is said in place, a blank where two words would touch."""
    parts: list[str] = []
    done = 0
    for start, end, said in changes:
        parts.append(text[done:start])
        before = parts[-1][-1:] or (parts[-2][-1:] if len(parts) > 1 else "")
        behind = text[end : end + 1]
        parts.append(" " * _touch(before, said[:1]) + said + " " * _touch(said[-1:], behind))
        done = end
    parts.append(text[done:])
    return _tidy("".join(parts))


def _tidy(said: str) -> str:
    said = _BEFORE_STOP.sub("", _BLANKS.sub(" ", said)).replace("( ", "(").replace(" )", ")")
    return _TWO_COMMAS.sub(r"\1", said).strip()


def _touch(left: str, right: str) -> bool:
    return bool(_NEXT_TO.match(left) and _NEXT_TO.match(right))


def _runs(rules: Iterable[Rule]) -> Iterator[tuple[re.Pattern[str] | None, tuple[Rule, ...]]]:
    """Yield rules one after the other, in groups, with what finds any of a group.

    Dozens of rules in a row are words, of which one look tells that none is there.
    """
    for is_word, group in groupby(rules, key=lambda each: each.is_word):
        run = tuple(group)
        gate = _joined_patterns([each.written for each in run]) if is_word else None
        yield None if gate is None else re.compile(gate), run


def _joined_patterns(patterns: Iterable[str]) -> str:
    """Return what finds any of some patterns; what several look behind for is looked at once."""
    heads: dict[str, list[str]] = {}
    for pattern in patterns:
        head = _LOOKS_BEHIND.match(pattern)
        before = head[0] if head and not _is_choice(pattern) else ""
        heads.setdefault(before, []).append(pattern.removeprefix(before))
    return "|".join(f"{before}(?:{'|'.join(rest)})" for before, rest in heads.items())


def _is_choice(pattern: str) -> bool:
    """Whether a pattern is one of several, of which only the first looks behind."""
    inner = without_literals(pattern)
    while (outer := _INNERMOST.sub("", inner)) != inner:
        inner = outer
    return "|" in inner


@lru_cache(maxsize=_KEPT)
def reader_of(language: str) -> Reader:
    """Return the reader of a language, which is made when first asked for."""
    return Reader(language)
