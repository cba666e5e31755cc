"""One thing that is wrong with a value's shape. Knows no file and no schema."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.source.span import Pointer

_AT_KEY = frozenset(
    ["additionalProperties", "propertyNames", "required", "not", "minProperties", "writeOnly"]
)


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """What a failed keyword means; `pointer` leads to the value, or to the key that is wrong.

    The keyword `writeOnly` stands for whatever failed at a value that may be a secret.
    """

    pointer: Pointer
    message: str
    hint: str | None
    keyword: str

    @property
    def at_key(self) -> bool:
        """Whether the key that `pointer` ends in is to blame, and not the value behind it."""
        return self.keyword in _AT_KEY
