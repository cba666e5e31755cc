"""Rules for the numbers that no other rule has taken, and their ranges. Knows one language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.english_counts import is_count
from storyboard.narration.grammar import Grammar
from storyboard.narration.grammars.german import in_case
from storyboard.narration.grammars.korean import counter_of
from storyboard.narration.labels import LABELS
from storyboard.narration.numerals import MINUS, RANGE, join, number_pattern, say_minus, say_number
from storyboard.narration.rule import Rule, rule, second_word_behind, word_before, word_behind

_TIGHT: Final = re.compile("([0-9]{1,9})-([0-9]{1,9})")


_ONE_PICTURE: Final = frozenset(
    (
        *("figure", "table", "tableau", "abbildung", "tabelle", "figura", "tabla", "tabella"),
        *("tabela", "exhibit", "listing"),
    )
)
"""What has the number of its chapter, and its own, where it is one: "Figures 4-6" are three."""

_PICTURES: Final = _ONE_PICTURE | frozenset(
    (
        *("figures", "figs", "tables", "tableaux", "abbildungen", "tabellen", "figuras", "tablas"),
        *("tabelas", "fig", "figg", "abb", "tab", "tabl", "bild", "bilder"),
    )
)
"""Those of several: "Figs. 3-1" can be no range, since it falls."""

_LISTED: Final = re.compile(
    r"(?<!\w)(?P<label>[^\W0-9_]{3,11})\.? [0-9]{1,3}-[0-9]{1,3}"
    r"(?:, [0-9]{1,3}-[0-9]{1,3}){0,4}(?:,|,? (?:and|or|und|oder|et|ou|y|o|e)) $"
)
"""What stands before the last of several pictures: Figs. 3-1 and 3-2."""

_LONGEST_LIST: Final = 60

_WIDE_PICTURES: Final = ("図", "表", "图", "그림", "표")


def number_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for the numbers that no other rule has taken."""
    number = number_pattern(grammar)
    mark = r"\." if grammar.decimal == "." else "[.,]"
    before = r"(?<!\w)(?<![.,])"  # 周五,3: a comma behind a word, whether or not blanks part words
    yield rule(
        rf"(?P<minus>{MINUS})?(?<![\w.,-])(?P<first>{number})(?:{RANGE})(?P<last>{number})(?!-)",
        lambda found: _say_range(grammar, found),
    )
    yield rule(
        rf"{before}(?P<minus>{MINUS})?{mark}(?P<decimals>[0-9]+)",
        lambda found: join(
            grammar,
            say_minus(grammar, found),
            say_number(grammar, f"0{grammar.decimal}{found['decimals']}"),
        ),
        starts=rf"{before}{mark}(?=[0-9])",
    )
    yield rule(
        rf"(?P<minus>{MINUS})?(?P<number>{number})",
        lambda found: join(
            grammar,
            say_minus(grammar, found),
            _say_before_noun(grammar, found),
        ),
    )


def _say_before_noun(grammar: Grammar, found: re.Match[str]) -> str:
    """Say a number as its noun wants it; one behind a label is a name: "Artikel 1 Absatz 2"."""
    name = word_before(found)
    before = name.lower()
    is_name = before in LABELS or (name.isupper() and len(name) > 1)  # flight TP 610
    is_code = grammar.spaced and found.string[found.end() : found.end() + 1].isalpha()  # 1E6
    is_name = is_name or found.string[: found.start()].endswith("第")
    noun = "" if is_name or (is_code and grammar.tag != "ko") else _noun_behind(grammar, found)
    in_year = grammar.tag != "en" or not is_count(found)
    said = say_number(grammar, found["number"], noun, in_year=in_year)
    return in_case(said, before) if grammar.tag == "de" else said


def _noun_behind(grammar: Grammar, found: re.Match[str]) -> str:
    """Return what a number counts: "2 mil pessoas" are people, of whom there are duas mil."""
    noun = word_behind(found)
    if noun == "mil" and grammar.tag in ("es", "pt") and found[0] != "1":
        return second_word_behind(found)
    return noun


def _say_range(grammar: Grammar, found: re.Match[str]) -> str:
    noun = _noun_behind(grammar, found)
    counter = counter_of(noun) if grammar.tag == "ko" else ""
    return join(
        grammar,
        say_minus(grammar, found),
        say_number(grammar, found["first"], counter, in_year=True) + counter,
        grammar.dash if _is_part_of_article(grammar, found) else grammar.to,
        say_number(grammar, found["last"], noun, in_year=True),
    )


def _is_part_of_article(grammar: Grammar, found: re.Match[str]) -> bool:
    """Tell whether the hyphen of "art. 5-1" and "Table 4-12" parts no ends of a range."""
    ends = _TIGHT.fullmatch(found[0])
    if ends is None:
        return False
    if ends[2].startswith("0") and ends[1][0] != "0" and len(ends[2]) > 2:
        return True  # the batch 12-0045
    label, falls = word_before(found).lower(), int(ends[1]) >= int(ends[2])
    if falls and (listed := _LISTED.search(_head(found))):
        label = listed["label"].lower()
    is_one = label in _ONE_PICTURE or (label, grammar.tag) == ("fig", "en")  # several are Figs.
    is_picture = is_one or label.endswith(_WIDE_PICTURES)
    return is_picture or (falls and label in LABELS | _PICTURES)


def _head(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - _LONGEST_LIST) : found.start()]
