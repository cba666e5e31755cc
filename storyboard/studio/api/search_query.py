"""A search of entries as values: operators, items, and the fields that they may look at.

Fields and kinds of comparison are Kaltura's, as far as entries of this studio have them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Kind(IntEnum):
    """How an item compares, numbered as Kaltura does (`KalturaESearchItemType`)."""

    EXACT = 1
    PARTIAL = 2
    STARTS = 3
    EXISTS = 4
    RANGE = 5


class Joined(IntEnum):
    """What an operator asks of its items (`KalturaESearchOperatorType`)."""

    AND = 1
    OR = 2
    NOT = 3


class Scope(IntEnum):
    """Where an item looks."""

    ENTRY = 1
    CAPTIONS = 2
    ANYWHERE = 3


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a number, as far as there are any."""

    at_least: int | None = None
    at_most: int | None = None
    above: int | None = None
    below: int | None = None

    def holds(self, number: float) -> bool:
        """Return whether a number is within all of them."""
        return (
            (self.at_least is None or number >= self.at_least)
            and (self.at_most is None or number <= self.at_most)
            and (self.above is None or number > self.above)
            and (self.below is None or number < self.below)
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One comparison; an item of scope `ANYWHERE` has no field."""

    scope: Scope
    field: str
    kind: Kind
    term: str = ""
    range: Range = Range()
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """Items and operators, joined."""

    joined: Joined
    parts: tuple[Item | Operator, ...]

    def items(self) -> Iterator[Item]:
        """Yield all items of the tree below that are asked for, and not ruled out."""
        if self.joined is Joined.NOT:
            return
        for part in self.parts:
            yield from (part,) if isinstance(part, Item) else part.items()


@dataclass(frozen=True, slots=True)
class Search:
    """A whole question; `orders` are fields, each with whether it goes down."""

    operator: Operator
    statuses: frozenset[str]
    ids: frozenset[str]
    orders: tuple[tuple[str, bool], ...]


_Kinds = frozenset[Kind]
_EQUAL: Final = frozenset({Kind.EXACT})
_NAME: Final = frozenset({Kind.EXACT, Kind.STARTS})
_TEXT: Final = _NAME | {Kind.PARTIAL}
_OPTIONAL_TEXT: Final = _TEXT | {Kind.EXISTS}
UNIFIED_KINDS: Final = _TEXT
"""The kinds of comparison of an item that looks at all fields."""

_NUMBER: Final = frozenset({Kind.RANGE})

KINDS: Final[Mapping[str, _Kinds]] = {
    "id": _EQUAL,
    "name": _TEXT,
    "description": _OPTIONAL_TEXT,
    "tags": _OPTIONAL_TEXT,
    "user_id": _NAME,
    "kuser_id": _NAME,
    "creator_id": _NAME,
    "creator_kuser_id": _NAME,
    "media_type": _EQUAL,
    "entry_type": _EQUAL,
    "status": _EQUAL,
    "duration": _NUMBER,
    "length_in_msecs": _NUMBER,
    "created_at": _NUMBER,
    "updated_at": _NUMBER,
}
"""The fields of entries, and the kinds of comparison that each takes."""

FIELDS: Final[Mapping[str, str]] = {
    "user_id": "userId",
    "kuser_id": "userId",
    "creator_id": "creatorId",
    "creator_kuser_id": "creatorId",
    "media_type": "mediaType",
    "entry_type": "type",
    "length_in_msecs": "msDuration",
    "created_at": "createdAt",
    "updated_at": "updatedAt",
}
"""What fields are called in an entry, where they have another name there."""

TEXTS: Final = frozenset({"name", "description", "tags"})
"""Fields that are looked through by words; the others are compared as they are."""

CAPTION_FIELDS: Final[Mapping[str, _Kinds]] = {
    "content": _OPTIONAL_TEXT,
    "start_time": _NUMBER,
    "end_time": _NUMBER,
    "language": _EQUAL,
    "label": _EQUAL,
    "caption_asset_id": _EQUAL,
}

ORDERS: Final = ("created_at", "updated_at", "name")
