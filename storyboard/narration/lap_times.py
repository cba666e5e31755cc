"""Rules for times that are taken, with parts of a second: 1:45.3, 1'45"3. One language a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from storyboard.narration.durations import say_duration
from storyboard.narration.grammar import IN_LATIN_SCRIPT, Grammar
from storyboard.narration.rule import Rule, rule

_TAKEN: Final = (
    r"(?<![\w.,:])(?:(?P<h>[0-9]{1,2}):)?(?P<min>[0-9]{1,2}):(?P<s>[0-5][0-9])"
    r"(?P<mark>[.,])(?P<parts>[0-9]{1,3})(?![\w:]|[.,][0-9])"
)
_PRIMED: Final = (
    r"(?<![\w.,:])(?:(?P<min>[0-9]{1,2})['′’])?(?P<s>[0-5]?[0-9])(?:[\"″”]|''|’’)"
    r"(?P<parts>[0-9]{1,3})(?![\w\"″”'’]|[.,][0-9])"
)


def lap_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for lap times and records in a language."""
    yield rule(_TAKEN, lambda found: None if _is_other(grammar, found) else _say(grammar, found))
    if grammar.tag in IN_LATIN_SCRIPT:
        yield rule(_PRIMED, lambda found: _say(grammar, found))


def _is_other(grammar: Grammar, found: re.Match[str]) -> bool:
    """Whether the dot or comma of 1:50.000 groups thousands, or parts two numbers of a list."""
    is_decimal = found["mark"] == grammar.decimal
    if found["mark"] == "," and not is_decimal:
        return True
    is_scale = found["parts"].endswith("000" if is_decimal else "00")
    return found["h"] is None and is_scale


def _say(grammar: Grammar, found: re.Match[str]) -> str:
    hours, minutes = (int(found.groupdict().get(each) or 0) for each in ("h", "min"))
    seconds = f"{int(found['s'])}{grammar.decimal}{found['parts']}"
    return say_duration(grammar, hours, minutes, seconds)
