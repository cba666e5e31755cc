"""A plan told apart by its addresses, so shortly that a comment can hold hundreds of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from storyboard.plan.plan import Plan
from storyboard.video import digest

_DIGITS: Final = 5
"""A choice: of 300 videos, hardly two are taken for each other, and only where words are chosen."""


class PartDigest(NamedTuple):
    """An address, and what would be done with it."""

    address: str
    done: str

    @classmethod
    def of(cls, address: str, done: object) -> PartDigest:
        """Shorten both."""
        return cls(*(digest(told).partition(":")[2][:_DIGITS] for told in (address, done)))


def parts_of(plan: Plan) -> Mapping[str, PartDigest]:
    """Return the part of each address; what stays has none."""
    rows: dict[str, list[Any]] = {}
    for row in plan.essence():
        rows.setdefault(row[0], []).append(row)
    return {address: PartDigest.of(address, done) for address, done in rows.items()}
