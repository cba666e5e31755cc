"""Videos that are held, by reason: what the rules about them start from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.catalogs.catalog import MARKED
from storyboard.checks.subject import Finding, Subject
from storyboard.counting import counted
from storyboard.source.diagnostic import Note
from storyboard.video import Hold

_NAMED: Final = 3


def held_videos(subject: Subject, code: str, otherwise: str) -> Iterator[Finding]:
    """Yield one finding a video that has holds of this code.

    `otherwise` says how to go on without a translation.
    """
    for video in subject.videos:
        holds = [hold for hold in video.holds if hold.code == code]
        if holds:
            briefs = Counter(hold.brief or hold.reason for hold in holds)
            texts = ", ".join(f"{counted(n, 'text')} {brief}" for brief, n in briefs.items())
            yield Finding(
                f"'{video.address}' is held: {texts}",
                holds[0].span,
                f"{_way(holds)}; {otherwise}",
                tuple(Note(hold.reason, hold.span) for hold in holds[1:4]),
            )


def _way(holds: Sequence[Hold]) -> str:
    """Say in which files to translate, and first how to get the texts into them."""
    files = " and ".join(dict.fromkeys(hold.catalog for hold in holds if hold.catalog is not None))
    if all(hold.brief == MARKED for hold in holds):
        return f"look at {files} again, and take the mark `fuzzy` away where it is right"
    is_there = all(hold.span is not None and hold.span.file == hold.catalog for hold in holds)
    first = "" if is_there else "run `storyboard locale sync`, then "
    return f"{first}translate {files}"


def short_names(addresses: Sequence[str]) -> str:
    """Name the first videos and count the others."""
    named = list(dict.fromkeys(addresses))
    more = len(named) - _NAMED
    return ", ".join(named[:_NAMED]) + (f" and {more} more" if more > 0 else "")
