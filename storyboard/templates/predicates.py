"""What `is …` may ask of a value. Whether a name is there at all is the evaluator's to know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from storyboard.templates.values import Value, to_number


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


DEFINED: Final = "defined"
UNDEFINED: Final = "undefined"
TESTS: Final[Mapping[str, Callable[[Value], bool]]] = MappingProxyType(
    {
        DEFINED: lambda value: True,
        UNDEFINED: lambda value: False,
        "none": lambda value: value is None,
        "string": lambda value: isinstance(value, str),
        "number": _is_number,
        "boolean": lambda value: isinstance(value, bool),
        "mapping": lambda value: isinstance(value, dict),
        "sequence": lambda value: isinstance(value, list),
        "even": lambda value: to_number(value, "'is even'") % 2 == 0,
        "odd": lambda value: to_number(value, "'is odd'") % 2 == 1,
    }
)
"""Each test's name and question; raises `ValueRefused` where a value does not suit it."""
