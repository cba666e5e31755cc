"""Keeps one comment of a pull request: written once, edited from then on. Knows no forge.

A marker in its first line tells it from all others, and its author tells it from what somebody else
began with the same marker, who could change it after us.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.errors import StoryboardError
from storyboard.forges.forge import Comment, Forge
from storyboard.forges.marks import marker_of, sealed
from storyboard.hidden import masked


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


async def post(forge: Forge, body: str) -> Posted:
    """Bring the comment up to date, so that exactly one of ours is there with this marker.

    Two runs that write at once leave the older comment: each looks again after it wrote.
    """
    marker, body = marker_of(body), sealed(masked(body))
    if len(body) > forge.most:
        raise StoryboardError(
            f"the text has {len(body):,} characters; a comment of {forge.where} takes "
            f"{forge.most:,}",
            hint="make it with `storyboard plan --format markdown`, which always fits",
        )
    author = await forge.author()
    ours = await _ours(forge, author, marker)
    posting = Posting.EDITED if ours else Posting.WRITTEN
    if not ours:
        written = await forge.create(body)
        ours = await _ours(forge, written.author, marker) or [written]
    kept, doubles = ours[0], ours[1:]
    for double in doubles:
        await forge.delete(double)
    if _same(kept.body, body):
        posting = posting if posting is Posting.WRITTEN else Posting.UNCHANGED
    else:
        kept = await forge.edit(kept, body)
    return Posted(kept, posting, len(doubles))


async def find(forge: Forge, *markers: str) -> list[Comment | None]:
    """Return our comment with each marker: the one that is kept up to date; None for none."""
    ours = await _ours(forge, await forge.author(), *markers)
    found = ((c for c in ours if c.body.startswith(marker)) for marker in markers)
    return [next(each, None) for each in found]


async def _ours(forge: Forge, author: str, *markers: str) -> list[Comment]:
    """Return an author's comments with one of the markers, the oldest first."""

    def is_ours(comment: Comment) -> bool:
        return comment.author == author and comment.body.startswith(markers)

    return sorted(await forge.comments(is_ours), key=lambda comment: comment.id)


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same to a forge, which may change the ends of lines."""
    return one.split() == other.split()
