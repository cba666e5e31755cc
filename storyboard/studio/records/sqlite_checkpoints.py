"""Brings what SQLite's log has into its file, in a thread of its own. Knows no statement.

SQLite does it within the commit that makes the log long, and syncs the file to the disk for it: the
call that was so unlucky waited, and all others that write behind it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, suppress
from typing import Final

from storyboard.errors import StudioError

PAGES: Final = 16_384
"""With so many pages in the log, 64 MiB, a commit does it after all: this thread cannot keep up."""

_COMMITS: Final = 200
"""After which the log is brought in: it has about the thousand pages at which SQLite itself begins.
"""

_LONG: Final = 4096
"""Pages of a log that never came to its end, since there was always one more commit."""

_PASSES: Final = 2


class Checkpoints:
    """Owns the thread, which is there while there is something to do."""

    def __init__(
        self,
        connected: Callable[[], sqlite3.Connection],
        writing: AbstractContextManager[object],
    ) -> None:
        """Take a new connection to the file, and what keeps threads from writing."""
        self._connected, self._writing = connected, writing
        self._lock = threading.Lock()
        self._commits = 0
        self._thread: threading.Thread | None = None

    def count(self) -> None:
        """Note that a commit has ended."""
        with self._lock:
            self._commits += 1
            if self._commits >= _COMMITS and self._thread is None:
                self._commits = 0
                thread = threading.Thread(target=self._run, name="checkpoint", daemon=True)
                # A machine that gives no more threads: the commit is kept all the same.
                with suppress(RuntimeError):
                    thread.start()
                    self._thread = thread

    def close(self) -> None:
        """Wait for the end of what is begun."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self) -> None:
        try:
            # Whatever fails here fails again where a commit is told of it: a full disk, for one.
            with suppress(sqlite3.Error, StudioError), closing(self._connected()) as connection:
                length = _brought_in(connection)
                for _ in range(_PASSES):
                    if length < _LONG:
                        return
                    # What came meanwhile, which is less each time.
                    length = _brought_in(connection)
                with self._writing:  # the next commit begins the log anew
                    _brought_in(connection)
        finally:
            with self._lock:
                self._thread = None


def _brought_in(connection: sqlite3.Connection) -> int:
    """Bring in what no reader needs in the log, and return how many pages that has.

    Nobody is kept from reading or writing.
    """
    _, pages, _ = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return int(pages)
