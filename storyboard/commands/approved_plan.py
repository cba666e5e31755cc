"""Which plan a pull request approves of, and how another one differs from it. Asks no studio."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from storyboard.counting import counted, listed
from storyboard.forges.forge import Forge
from storyboard.forges.marks import PLAN, RESULT, Shown, marker, read_shown
from storyboard.forges.sticky import find
from storyboard.plan.plan import Plan

_NAMED: Final = 5
"""Addresses in a message, which has to stay a line or two; a choice."""


@dataclass(frozen=True, slots=True)
class Approved:
    """The plan in our comment of a pull request; it is spent if all of it was applied."""

    shown: Shown | None
    is_spent: bool = False

    def doubt(self, plan: Plan) -> str:
        """Say why a plan is not the approved one; nothing if it is."""
        shown = self.shown
        if shown is None:
            return "it has no comment of ours with a plan to apply"
        if not shown.is_whole:
            return "the comment with its plan was edited by hand"
        if shown.digest != plan.digest:
            return f"the plan is another one now: {_difference(shown, plan)}"
        return "its plan was applied before, and was undone since" if self.is_spent else ""


async def read_approved(opened: Forge, environment: str) -> Approved:
    """Read what a pull request approves of for an environment: in our own comments only."""
    comment = await find(opened, marker(PLAN, environment))
    shown = None if comment is None else read_shown(comment.body)
    result = None if shown is None else await find(opened, marker(RESULT, environment))
    done = None if result is None else read_shown(result.body)
    return Approved(shown, shown is not None and done is not None and done.digest == shown.digest)


def _difference(shown: Shown, plan: Plan) -> str:
    """Say which videos are not planned as they were; a comment of many tells no single ones."""
    parts = plan.parts
    if not shown.parts or len(set(parts.values())) < len(parts):
        return f"{counted(len(parts), 'video')} would be changed"
    other = [address for address, part in parts.items() if part not in shown.parts]
    gone = len(shown.parts) - (len(parts) - len(other))
    told = [f"new or different: {listed(other, _NAMED)}"] if other else []
    told += [f"{counted(gone, 'video')} as planned no longer"] if gone > 0 else []
    return "; ".join(told) or "in the order of its videos"
