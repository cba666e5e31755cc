"""A stream that makes an object of each line that is written to it, whoever writes.

Commands write notices, Python its warnings, and libraries what they like: a program that reads
stderr finds JSON in every line all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from storyboard.views.json_text import json_line


class EventStream:
    """A text stream of events; a line of text becomes `{"event": "noticed", "message": …}`.

    A line that has no end yet waits for it. All but writing is the stream's own.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def isatty(self) -> bool:
        """Say no: colors and bars are for people."""
        return False

    def write(self, text: str) -> int:
        """Take a text; returns how much of it was taken: all."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            self._notice(line)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def tell(self, body: Mapping[str, Any]) -> None:
        """Write an event; what was begun of a line before it is one of its own."""
        begun, self._begun = self._begun, ""
        self._notice(begun)
        self._stream.write(json_line(body))
        self._stream.flush()

    def close_line(self) -> None:
        """Tell a last line that lacks its end."""
        if self._begun:
            self.write("\n")

    def _notice(self, line: str) -> None:
        if line.strip():
            self._stream.write(json_line({"event": "noticed", "message": line.rstrip()}))
            self._stream.flush()
