"""What an unquoted scalar means: the core schema of YAML 1.2, and no ambiguity beyond it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from storyboard.source.limits import MAX_INTEGER
from storyboard.source.numerals import read_float, read_integer

Scalar = str | int | float | bool | None

SUSPECTS: Final = frozenset(["", *"0123456789+-.~nNtTfF"])
"""First characters of all unquoted scalars that may be something else than a text."""

_WORDS: Final[dict[str, Scalar]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_DECIMAL: Final = re.compile(r"[-+]?[0-9]+")
_INTEGER: Final = re.compile(rf"{_DECIMAL.pattern}|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9]")
_LETTERS: Final = frozenset("nNtTfF")
_READ_APART: Final = re.compile(r"(?i:true|false|null|yes|no|on|off|y|n|nan|inf)")
"""What YAML 1.1, or a reader on its own account, takes for a value and no text."""

_LONGEST: Final = 40
"""Characters of a number that are looked at: more digits are an id, and belong in quotes."""


@dataclass(frozen=True, slots=True)
class ScalarFault:
    """Why a scalar is refused, and what to write instead."""

    message: str
    hint: str


def is_text_to_all(word: str) -> bool:
    """Whether every reader of YAML takes a word of letters, unquoted, for a text."""
    return _READ_APART.fullmatch(word) is None


def resolve_plain(text: str) -> Scalar | ScalarFault:
    """Return the value of an unquoted scalar, or why it has none that all readers agree on."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _LETTERS:
        return text
    if _INTEGER.fullmatch(text):
        return _integer(text)
    if _FLOAT.fullmatch(text):
        return _float(text)
    if _NO_NUMBER.fullmatch(text):
        return ScalarFault(f"'{text}' is not a number that can be used", "write a finite number")
    return text


def read_decimal(text: str) -> int | float | None:
    """Return the number that a text spells in decimal digits, zeros in front or not; None for none.

    An exponent may make it infinite.
    """
    if len(text) > _LONGEST:
        return None
    if _DECIMAL.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else None


def _integer(text: str) -> int | ScalarFault:
    if _LEADING_ZERO.match(text):
        return _ambiguous(text)
    digits = len(text) - 2 if text[:2] in ("0o", "0x") else len(text)
    if digits > _LONGEST:
        return _too_large(text)
    value = read_integer(text)
    return value if abs(value) <= MAX_INTEGER else _too_large(text)


def _float(text: str) -> float | ScalarFault:
    if _LEADING_ZERO.match(text):
        return _ambiguous(text)
    if len(text) > _LONGEST:
        return _too_large(text)
    value = read_float(text)
    return value if abs(value) <= MAX_INTEGER else _too_large(text)


def _ambiguous(text: str) -> ScalarFault:
    return ScalarFault(
        f"'{shortened(text)}' starts with a zero, and readers of YAML disagree on what it means",
        "quote it if it is a text, or drop the zero",
    )


def _too_large(text: str) -> ScalarFault:
    return ScalarFault(
        f"the number '{shortened(text)}' is too large",
        "quote it if it is an identifier",
    )


def shortened(text: str, limit: int = _LONGEST) -> str:
    """Return the text, cut where a message would not bear it."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
