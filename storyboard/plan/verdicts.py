"""Decides of each field that differs whose value is taken, and remembers what it decided.

What only one side changed is decided by that. What both changed, or nobody knows who, is as the
caller prefers, or else a conflict, in which the files' value stays.
"""

from __future__ import annotations

from dataclasses import replace

from storyboard.plan.changed_sides import ChangedSides
from storyboard.plan.merged import FieldMerge, MergeOutcome, Prefer


class Verdicts:
    """The fields of one video that the studio has otherwise, in the order of the decisions."""

    def __init__(self, prefer: Prefer | None) -> None:
        self._prefer = prefer
        self._found: list[FieldMerge] = []

    @property
    def found(self) -> tuple[FieldMerge, ...]:
        """Return those whose value is taken, or that are in conflict."""
        return tuple(self._found)

    def takes(self, item: FieldMerge, sides: ChangedSides) -> bool:
        """Note a field that differs; True where the studio's value is to be taken."""
        if sides.known and not sides.theirs:
            return False
        if not sides.known or sides.ours:
            if self._prefer is Prefer.OURS:
                return False
            if self._prefer is None:
                conflict = replace(item, verdict=MergeOutcome.CONFLICT, known=sides.known)
                self._found.append(conflict)
                return False
        self._found.append(replace(item, known=sides.known))
        return True
