"""A value's address inside a document; its span is computed only when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storyboard.source.document import Document
from storyboard.source.span import Pointer, Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value was written: cheap to make, since most are never looked at."""

    document: Document
    pointer: Pointer = ()

    def at(self, *steps: str | int) -> Place:
        """Return the place of a value below this one."""
        return Place(self.document, self.pointer + steps)

    @property
    def span(self) -> Span:
        """Return the value's span."""
        return self.document.span(self.pointer)

    @property
    def key_span(self) -> Span:
        """Return the span of the key that leads to the value."""
        return self.document.key_span(self.pointer)


@dataclass(frozen=True, slots=True)
class Written:
    """A value as it stands in the file (perhaps with templates in it), and where."""

    value: Any
    place: Place

    def at(self, key: str) -> Written | None:
        """Return a member, where this is a mapping that has one."""
        if isinstance(self.value, dict) and key in self.value:
            return Written(self.value[key], self.place.at(key))
        return None


def members(written: Written | None) -> dict[str, Written]:
    """Return a mapping's members with their places; nothing for anything but a mapping."""
    if written is None or not isinstance(written.value, dict):
        return {}
    return {key: Written(value, written.place.at(key)) for key, value in written.value.items()}
