"""A stream that makes an object of each line that is written to it, whoever writes.

Commands write notices, Python its warnings, and libraries what they like: a program that reads
stderr finds JSON in every line all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from storyboard.views.json_text import json_line


class EventStream:
    """A text stream of events; a line of text becomes `{"event": "noticed", "message": …}`.

    A line that has no end yet waits for it: each thread has one of its own, as threads write in
    pieces, too. All but writing is the stream's own.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._writing = threading.RLock()  # a signal may come in the midst of it
        self._begun: dict[threading.Thread, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def isatty(self) -> bool:
        """Say no: colors and bars are for people."""
        return False

    def write(self, text: str) -> int:
        """Take a text; returns how much of it was taken: all."""
        here = threading.current_thread()
        *lines, begun = (self._begun.pop(here, "") + text).split("\n")
        if begun:
            self._begun[here] = begun
        for line in lines:
            self._notice(line)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def tell(self, body: Mapping[str, Any]) -> None:
        """Write an event; what was begun of a line before it is one of its own."""
        self._notice(self._begun.pop(threading.current_thread(), ""))
        self._put(body)

    def close_line(self) -> None:
        """Tell the last lines that lack their end."""
        while self._begun:
            self._notice(self._begun.popitem()[1])

    def _notice(self, line: str) -> None:
        if line.strip():
            self._put({"event": "noticed", "message": line.rstrip()})

    def _put(self, body: Mapping[str, Any]) -> None:
        with self._writing:
            self._stream.write(json_line(body))
            self._stream.flush()
