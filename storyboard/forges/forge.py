"""A pull request's comments, as far as a pipeline needs them. Knows no forge and no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its number, its text, who wrote it, and where people read it, if that is told."""

    id: int
    body: str
    author: str
    url: str = ""


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

    async def comments(self) -> list[Comment]:
        """Return all comments, the oldest first."""
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
