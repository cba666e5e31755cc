"""A pull request's comments, as far as a pipeline needs them. Knows no forge and no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its number, its text, who wrote it, and where people read it, if that is told."""

    id: int
    body: str
    author: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A pull request that was merged: into which branch, as which commits, and when."""

    number: int
    branch: str
    commits: frozenset[str]
    at: str


def merge_of(merges: Iterable[Merge], sha: str, branch: str) -> int | None:
    """Return the pull request that brought a commit to a branch; any branch if it is empty.

    The one that was merged as this very commit counts first. A rebase has several commits, of
    which a forge may tell the last one only: then it is the one that was merged last.
    """
    here = [each for each in merges if branch in ("", each.branch)]
    exact = [each for each in here if sha in each.commits]
    found = max(exact or here, key=lambda each: (each.at, each.number), default=None)
    return None if found is None else found.number


class Forge(Protocol):
    """One pull request of GitHub, or one merge request of GitLab.

    All methods raise `CredentialsError` for a token that may not do this, and `StudioError` where
    the forge refuses, is away, or sends nothing that can be read.
    """

    @property
    def where(self) -> str:
        """The pull request as messages name it."""
        ...

    @property
    def most(self) -> int:
        """How many characters a comment may have."""
        ...

    async def author(self) -> str:
        """Return the name under which this token writes, as comments have it."""
        ...

    async def comments(self, wanted: Callable[[Comment], bool]) -> list[Comment]:
        """Return the comments that are wanted, the oldest first; no others are kept in memory."""
        ...

    async def create(self, body: str) -> Comment:
        """Write a comment."""
        ...

    async def edit(self, comment: Comment, body: str) -> Comment:
        """Replace the text of a comment."""
        ...

    async def delete(self, comment: Comment) -> None:
        """Delete a comment; one that is gone already is no failure."""
        ...
