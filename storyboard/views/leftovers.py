"""What interrupted adds left in a studio, as lines and JSON: one line a fate. No decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from storyboard.counting import counted
from storyboard.plan.leftovers import Fate, Leftover
from storyboard.plan.refusal import shortened


def leftover_lines(leftovers: Sequence[Leftover]) -> Iterator[str]:
    """Yield a line for each fate, which names the videos and whose they are."""
    for fate, (adjective, told) in _TOLD.items():
        found = [each for each in leftovers if each.fate is fate and not each.is_test]
        if found:
            noun = counted(len(found), f"{adjective}video")
            yield f"{noun} left by interrupted adds; {told}: {_named(found)}"
    tests = [each for each in leftovers if each.is_test]
    if tests:
        noun = counted(len(tests), "video")
        yield f"{noun} left by an interrupted --bisect; deleted by the next apply: {_named(tests)}"


def _named(leftovers: Sequence[Leftover]) -> str:
    return shortened([f"{each.video.id} ({each.address})" for each in leftovers])


_TOLD = {
    Fate.DELETED: ("draft ", "deleted by the next apply"),
    Fate.KEPT: ("", "kept, since only drafts are deleted; can be deleted in the studio"),
    Fate.WAITING: ("", "taken up by the next apply of the same address"),
}
"""The adjective, and what happens in words that are right for one video and for many."""


def leftovers_json(leftovers: Sequence[Leftover]) -> list[dict[str, Any]]:
    """Return `[{address, videoId, status, fate}]`."""
    return [
        {
            "address": str(each.address),
            "videoId": each.video.id,
            "status": each.video.status.value,
            "fate": each.fate.value,
        }
        for each in leftovers
    ]
