"""Keeps one comment of a pull request: written once, edited from then on. Knows no forge.

A marker in its first line tells it from all others, and its author tells it from what somebody else
began with the same marker, who could change it after us.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.errors import StoryboardError, UsageError
from storyboard.forges.forge import Comment, Forge

_MARKED: Final = ("<!-- storyboard ", " -->")


class Posting(Enum):
    """What became of the comment."""

    WRITTEN = "written"
    EDITED = "edited"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Posted:
    """The comment, and what was done to it; `doubles` is how many others of ours were deleted."""

    comment: Comment
    posting: Posting
    doubles: int = 0


def marker_of(body: str) -> str:
    """Return the marker that a text begins with; raises `UsageError` for one without."""
    first = body.partition("\n")[0].strip()
    if not (first.startswith(_MARKED[0]) and first.endswith(_MARKED[1])):
        raise UsageError(
            "the text does not begin with a marker: a comment could not be found again",
            hint="make it with `storyboard plan --format markdown`",
        )
    return first


async def post(forge: Forge, body: str) -> Posted:
    """Bring the comment up to date, so that exactly one of ours is there with this marker.

    Two runs that write at once leave the older comment: each looks again after it wrote.
    """
    marker = marker_of(body)
    if len(body) > forge.most:
        raise StoryboardError(
            f"the text has {len(body):,} characters; a comment of {forge.where} takes "
            f"{forge.most:,}",
            hint="make it with `storyboard plan --format markdown`, which always fits",
        )
    author = await forge.author()
    ours = _ours(await forge.comments(), marker, author)
    posting = Posting.EDITED if ours else Posting.WRITTEN
    if not ours:
        written = await forge.create(body)
        ours = _ours(await forge.comments(), marker, written.author) or [written]
    kept, doubles = ours[0], ours[1:]
    for double in doubles:
        await forge.delete(double)
    if _same(kept.body, body):
        posting = posting if posting is Posting.WRITTEN else Posting.UNCHANGED
    else:
        kept = await forge.edit(kept, body)
    return Posted(kept, posting, len(doubles))


def _ours(comments: list[Comment], marker: str, author: str) -> list[Comment]:
    """Return our comments with the marker, the oldest first."""
    found = (c for c in comments if c.author == author and c.body.startswith(marker))
    return sorted(found, key=lambda comment: comment.id)


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same to a forge, which may change the ends of lines."""
    return one.split() == other.split()
