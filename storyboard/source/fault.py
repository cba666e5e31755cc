"""One thing that is wrong with a value's shape. Knows no file and no schema."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from storyboard.source.span import Pointer

CODE_OF_KEYWORD: Final = {
    "additionalProperties": "unknown-key",
    "propertyNames": "unknown-key",
    "required": "missing-key",
    "type": "wrong-type",
    "enum": "not-a-choice",
    "const": "not-a-choice",
    "pattern": "bad-format",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "exclusiveMinimum": "out-of-range",
    "exclusiveMaximum": "out-of-range",
    "multipleOf": "out-of-range",
    "minLength": "wrong-length",
    "maxLength": "wrong-length",
    "minItems": "wrong-length",
    "maxItems": "wrong-length",
    "minProperties": "wrong-length",
    "maxProperties": "wrong-length",
    "uniqueItems": "repeated-item",
    "not": "not-together",
    "writeOnly": "secret-in-file",
}
"""The code of a failed keyword, where the schema names no other."""

UNKNOWN: Final = ("additionalProperties", "propertyNames")
"""The keywords that fail for a key, whatever its value is."""

_AT_KEY = frozenset(
    ["additionalProperties", "propertyNames", "required", "not", "minProperties", "writeOnly"]
)


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """What a failed keyword means; `pointer` leads to the value, or to the key that is wrong.

    The keyword `writeOnly` stands for whatever failed at a value that may be a secret. `key` is the
    key that is missing, or that an unknown one was probably meant to be; `own_code` the code that
    the schema gives in the place of the keyword's. `at_value` says that the value is to blame.
    """

    pointer: Pointer
    message: str
    hint: str | None
    keyword: str
    key: str | None = None
    own_code: str | None = None
    at_value: bool = False

    @property
    def code(self) -> str:
        """The finding's code."""
        return self.own_code or CODE_OF_KEYWORD[self.keyword]

    @property
    def at_key(self) -> bool:
        """Whether the key that `pointer` ends in is to blame, and not the value behind it."""
        return self.keyword in _AT_KEY and not self.at_value


Find = Callable[[Any], tuple[SchemaFault, ...]]
"""Returns all faults of a value."""
