"""Files that remember what they were asked: all that a result depends on."""

from __future__ import annotations

from typing import Final

from storyboard.source.files import Files
from storyboard.source.search import Found

READ: Final = "read"
GLOB: Final = "glob"
SEARCH: Final = "search"

Question = tuple[str, str]
"""A kind, and the path or the pattern that was asked for."""


class AskedFiles:
    """The files of another source; `asked` are the questions, each once, in their order."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.asked: dict[Question, None] = {}

    def read(self, relative: str) -> bytes:
        """Return a file's bytes, as the other source."""
        self.asked[READ, relative] = None
        return self._files.read(relative)

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, as the other source."""
        self.asked[GLOB, pattern] = None
        return self._files.glob(pattern)

    def search(self, pattern: str) -> Found:
        """Return the files that match, as the other source."""
        self.asked[SEARCH, pattern] = None
        return self._files.search(pattern)
