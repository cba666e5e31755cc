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
        yield f"{noun} left by an interrupted --bisect; apply deletes them: {_named(tests)}"


def _named(leftovers: Sequence[Leftover]) -> str:
    return shortened([f"{each.video.id} ({each.address})" for each in leftovers])


_TOLD = {
    Fate.DELETED: ("draft ", "apply deletes them"),
    Fate.KEPT: ("", "kept, as they are no drafts, and can be deleted in the studio"),
    Fate.WAITING: ("", "an apply of their addresses takes them up"),
}


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
