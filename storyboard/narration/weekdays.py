"""Rules for weekdays that are written short: Mon-Fri, Sa 8–12. Knows one language at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from storyboard.narration.blanks import SPACE
from storyboard.narration.calendar_names import SHORT_DAYS
from storyboard.narration.grammar import Grammar
from storyboard.narration.rule import NOT_IN_WORD, Rule, any_of, last_dot, replaced, rule

_ALONE: Final = MappingProxyType(
    {
        "de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa"), "en": (),
        "fr": ("lun", "jeu", "sam", "dim"),
        "es": ("lun", "mié", "jue", "vie", "sáb"), "it": ("lun", "gio", "ven", "sab"),
        "pt": ("seg", "sáb"),
    }
)  # fmt: skip
"""What is a day before a number too, and no other word: "mar" may be a sea, and "So" is thus."""

_BETWEEN: Final = MappingProxyType(
    {
        "de": "bis|und|oder|sowie", "en": "to|through|thru|and|or|until", "fr": "à|au|et|ou",
        "es": "a|al|y|o", "it": "a|al|e|o", "pt": "a|à|e|ou",
    }
)  # fmt: skip
"""Words between two days."""

_DOTTED: Final = MappingProxyType(
    {"fr": (*_ALONE["fr"], "ven"), "es": _ALONE["es"], "it": _ALONE["it"]}
)
"""What is a day wherever a dot makes it short."""


def _joined_days(grammar: Grammar, named: Mapping[str, str]) -> Rule:
    """Return the rule for two short days with a word between them: seg. a sex."""
    day, between = any_of(named), _BETWEEN[grammar.tag]

    def say(found: re.Match[str]) -> str:
        dot = last_dot(found) if found[0].endswith(".") else ""
        return f"{named[found['first']]} {found['between']} {named[found['last']]}{dot}"

    return rule(
        rf"{NOT_IN_WORD}(?P<first>{day})\.\s(?P<between>{between})\s(?P<last>{day})(?![\w])\.?",
        say,
        rf"{NOT_IN_WORD}(?:{day})\.\s(?:{between})\s",
    )


def weekday_rules(grammar: Grammar) -> Iterator[Rule]:
    """Yield the rules for short weekdays in a language."""
    known = SHORT_DAYS.get(grammar.tag)
    if known is None:
        return
    # In Portuguese, "segunda a sexta" says of no weekday that it is a "feira".
    days = {short: said.removesuffix("-feira") for short, said in known.items()}
    named = {**days, **{short.capitalize(): said for short, said in days.items()}}
    day = any_of(named)
    start = rf"{NOT_IN_WORD}(?:{day})\.?{SPACE}[-–—]{SPACE}(?:{day})(?![\w])"
    yield rule(
        rf"{NOT_IN_WORD}(?P<first>{day})\.?{SPACE}[-–—]{SPACE}(?P<last>{day})(?![\w])(?!\.[\w])"
        rf"(?:\.(?=[,;]|\s[a-z0-9]))?",
        lambda found: f"{named[found['first']]} {grammar.to} {named[found['last']]}",
        start,
    )
    yield _joined_days(grammar, named)
    alone = any_of((*_ALONE[grammar.tag], *(each.capitalize() for each in _ALONE[grammar.tag])))
    dotted = any_of(f"{each}." for each in _DOTTED.get(grammar.tag, ()))
    if dotted:
        start = rf"{NOT_IN_WORD}(?:{dotted})"
        yield rule(start, lambda f: named[f[0][:-1]] + last_dot(f), start)
    if grammar.tag == "en":
        hours = r"(?=\s[0-9]{1,2}(?::[0-9]{2})?\s?(?:[-–]|[ap]m|[ap]\.m))"
        start = rf"{NOT_IN_WORD}(?:{day}){hours}"
        yield rule(rf"{NOT_IN_WORD}(?P<day>{any_of(days)}){hours}", lambda f: days[f["day"]], start)
    if grammar.tag == "de":
        time = r"\.?(?=\s[0-9]{1,2}(?:[.:][0-9]{2})?(?:\s?[-–]|\sUhr|\.\s?[A-Z0-9]))"
        yield replaced(rf"{NOT_IN_WORD}So{time}", days["So"])
    if alone:
        start = rf"{NOT_IN_WORD}(?:{alone})(?:\.,?)?(?=\s[0-9])"
        yield rule(
            rf"{NOT_IN_WORD}(?P<day>{alone})(?:\.(?P<comma>,)?)?(?=\s[0-9])",
            lambda found: named[found["day"]] + (found["comma"] or ""),
            start,
        )
