"""A file's new text beside its old one, before anything is written. Knows no content."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a file should hold.

    `before` is None where there is no file yet, and `after` where the file goes.
    `path` is relative to the project's root. `news` says for people what is new in it.
    """

    path: str
    before: bytes | None
    after: bytes | None
    news: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether a byte would change."""
        return self.before != self.after
