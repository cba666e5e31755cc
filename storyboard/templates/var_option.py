"""Reads `--var name=value`: typed as a plain scalar of YAML would be. Knows no layers."""

from __future__ import annotations

import re
from typing import Final

from storyboard.errors import UsageError
from storyboard.templates import limits
from storyboard.templates.values import Value
from storyboard.templates.variables import check_name

_WORDS: Final = (
    (frozenset(("null", "Null", "NULL", "~")), None),
    (frozenset(("true", "True", "TRUE")), True),
    (frozenset(("false", "False", "FALSE")), False),
)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?((0|[1-9][0-9]{0,15})(\.[0-9]{0,20})?|\.[0-9]{1,20})([eE][-+]?[0-9]{1,2})?", re.ASCII
)


def parse_var(text: str) -> tuple[str, Value]:
    """Read `name=value`; raises `UsageError`."""
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"'{text}' is not a variable", hint="write name=value")
    if fault := check_name(name):
        raise UsageError(fault.message, hint=fault.hint)
    return name, parse_scalar(value)


def parse_scalar(text: str) -> Value:
    """Return what a scalar means by YAML 1.2's core schema; quotes around it make it a text.

    What readers of YAML disagree on (`010`) or cannot hold (beyond 10^15) stays a text, and so
    does nothing at all.
    """
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    for words, meaning in _WORDS:
        if text in words:
            return meaning
    for pattern, parse in ((_INTEGER, int), (_FLOAT, float)):
        if pattern.fullmatch(text):
            value = parse(text)
            return value if abs(value) <= limits.NUMBER else text
    return text
