"""Tables of the expression language: filters, tests, limits, and what other languages have.

What a filter or test does, and its examples, stand in its docstring. An example is a line
`{{ team|first }} → Ann`, or `{{ price|number }} in de → 9,90` for another locale than English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from reference_tables.markdown import code, sentence, table
from storyboard.templates import limits
from storyboard.templates.elsewhere import (
    CALLS_ELSEWHERE,
    FILTERS_ELSEWHERE,
    STATEMENTS_ELSEWHERE,
    TESTS_ELSEWHERE,
)
from storyboard.templates.filter import signature_of, usage_of
from storyboard.templates.filters import FILTERS
from storyboard.templates.predicates import ALIASES, TESTS

_CALL: Final = r"\|\w+(?:\([^)]*\))?"
_CODE: Final = re.compile(rf"`[^`]*`|\{{\{{.*?\}}\}}|(?:{_CALL})+")
_EXAMPLE: Final = re.compile(r"^ *(\S.*?)(?: in ([a-z]{2}))? → (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """A scalar with expressions, the locale it is rendered in, and what comes out."""

    text: str
    locale: str
    value: str


LIMITS: Final[Mapping[str, str]] = {
    "EXPRESSION_CHARACTERS": "Characters of an expression.",
    "EXPRESSION_TOKENS": "Words and signs of an expression.",
    "EXPRESSION_NODES": "Parts of an expression: names, values, operators, filters.",
    "EXPRESSION_DEPTH": "Brackets inside brackets.",
    "EXPRESSIONS": "Expressions in one text.",
    "WORK": "Steps that one text may take: each part is one, and so is each item of a list.",
    "WORK_OF_A_VIDEO": "Steps that all texts of one video may take together.",
    "TEXT": "Characters of a text that comes out.",
    "TEXTS_OF_A_STORYBOARD": "Characters that all videos of one storyboard say together.",
    "ITEMS": "Items of a list that comes out.",
    "NODES": "Values inside a list or mapping that comes out.",
    "DEPTH": "Lists inside lists in a value that comes out.",
    "NUMBER": "The largest number, and the smallest below zero.",
    "DECIMALS": "Decimals that a filter writes.",
}
"""What each limit is of."""


def examples_of(text: str) -> list[Example]:
    """Return the lines of a docstring or page that are examples."""
    return [
        Example(shown, locale or "en", value) for shown, locale, value in _EXAMPLE.findall(text)
    ]


def filters() -> str:
    """Return a row a filter, by name."""
    return table(
        ["filter", "what it does", "examples"],
        (
            _row(each.usage, each.run.__doc__ or "", "Return ")
            for _, each in sorted(FILTERS.items())
        ),
    )


def tests() -> str:
    """Return a row a test, by name."""
    also = {name: [other for other, meant in ALIASES.items() if meant == name] for name in TESTS}
    return table(
        ["test", "what it asks", "examples"],
        (
            _row(", ".join([_asked(name), *also[name]]), each.__doc__ or "", "Ask ")
            for name, each in sorted(TESTS.items())
        ),
    )


def limits_of_expressions() -> str:
    """Return a row a limit."""
    values = ((what, getattr(limits, name)) for name, what in LIMITS.items())
    rows = ((what, "10^15" if value == limits.NUMBER else f"{value:,}") for what, value in values)
    return table(["limit", "most"], rows)


def elsewhere(what: str) -> str:
    """Return a row for each answer to names of another language: filters, tests, calls, …"""
    named: Mapping[str, tuple[Mapping[str, str], Callable[[str], str]]] = {
        "filters": (FILTERS_ELSEWHERE, lambda name: name),
        "tests": (TESTS_ELSEWHERE, lambda name: f"is {name}"),
        "calls": (CALLS_ELSEWHERE, lambda name: f"{name}()"),
        "statements": (STATEMENTS_ELSEWHERE, lambda name: f"{{% {name} %}}"),
    }
    words, shown = named[what]
    answers: dict[str, list[str]] = {}
    for name, hint in words.items():
        answers.setdefault(hint, []).append(code(shown(name)))
    rows = ((", ".join(names), _escaped(hint)) for hint, names in answers.items())
    return table(["in other languages", "here"], rows)


def _asked(name: str) -> str:
    return usage_of(name, signature_of(TESTS[name], 1))


def _row(usage: str, docstring: str, verb: str) -> tuple[str, str, str]:
    prose = _EXAMPLE.sub("", docstring).strip().removeprefix(verb)
    said = " ".join(prose.split())
    shown = "<br>".join(map(_shown, examples_of(docstring)))
    return code(usage), sentence(said[:1].upper() + said[1:]), shown


def _shown(example: Example) -> str:
    where = f" in {example.locale}" if example.locale != "en" else ""
    return f"{code(example.text)}{where} → {code(example.value)}"


def _escaped(hint: str) -> str:
    """Return a hint with its filters and expressions as code."""
    return _CODE.sub(lambda found: code(found[0].strip("`")), hint)
