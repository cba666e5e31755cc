"""Notices that a running process's place of files is not its studio's any more, or does not answer.

A folder that is not mounted any more is an empty one of this machine: what is written there is
lost. So no job is taken up, and the log and the probe say so, until the place is back. While a
bucket does not answer, no film is taken up: it could not be kept. Nor is any work while this
machine itself cannot write, for others make it: its disk is full, or its keys are refused.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storyboard.studio.jobs.lasting_thread import LastingThread
from storyboard.studio.jobs.outages import Outage
from storyboard.studio.records.file_store import FilesAway, FilesError

Lost = Callable[[], str | None]
"""Tells why a place is lost, `None` while it is not; raises `FilesError` where nobody knows."""

Write = Callable[[], None]
"""Writes a little wherever a film is kept; raises `FilesError`, `OSError`."""

_SECONDS: Final = 10.0
"""Between two looks, each of which is a request where the place is a bucket. A choice."""

_LOG: Final = logging.getLogger("storyboard.studio")


def never_lost() -> str | None:
    """Tell nothing, of a workspace that has its files itself."""
    return None


def write_nothing() -> None:
    """Write nothing, of a workspace that has its files itself."""


@dataclass(frozen=True, slots=True)
class MachineFault:
    """Why this machine takes up no film: a `word` for strangers, and what the log says."""

    word: str
    message: str


class PlaceWatch:
    """Owns the thread that looks, from `start` to `close`; `lost` is what it saw last.

    After `stand_back`, each look has the machine `write` for a try, until that works.
    """

    def __init__(
        self, look: Lost = never_lost, seconds: float = _SECONDS, write: Write = write_nothing
    ) -> None:
        self._look, self._seconds, self._write = look, seconds, write
        self._looking = threading.Lock()
        self._thread = LastingThread(self._run, "place")
        self._lost: str | None = None
        self._is_away = False
        self._fault: MachineFault | None = None
        self._standing_back = Outage(
            "this machine takes up no work", "this machine takes up work again"
        )
        self._away = Outage("no film is taken up", "the place of files answers again")
        self._refused = Outage(
            "the place of files cannot be looked at", "the place of files can be looked at again"
        )

    @property
    def is_away(self) -> bool:
        """Return whether the place did not answer the last look."""
        return self._is_away

    @property
    def lost(self) -> str | None:
        """Return why the place is lost, `None` while it is not, by the last look."""
        return self._lost

    @property
    def fault(self) -> MachineFault | None:
        """Return why this machine makes nothing, `None` while it does."""
        return self._fault

    @property
    def hindrance(self) -> MachineFault | None:
        """Return why this machine takes up no film, whatever it is; `None` while it does."""
        if self._lost is not None:
            return MachineFault("files", self._lost)
        if self._fault is None and self._is_away:
            return MachineFault("files", "the place of files does not answer")
        return self._fault

    def stand_back(self, fault: MachineFault) -> None:
        """Have this machine take up nothing more until a look finds that it can write again."""
        self._fault = fault
        self._standing_back.note(fault.message)

    def look(self) -> None:
        """Look now; what a bucket does not tell stays as it was."""
        with self._looking:
            try:
                self._note(self._look())
            except FilesAway as cause:
                self._is_away = True
                self._away.note(cause)
                return
            except FilesError as cause:  # credentials that ended, say: nothing is known of it
                self._refused.note(cause)
                return
            self._is_away = False
            self._away.over()
            self._refused.over()
            if self._fault is not None and self._can_write():
                self._fault = None
                self._standing_back.over()

    def _can_write(self) -> bool:
        try:
            self._write()
        except (OSError, FilesError):
            return False
        return True

    def start(self) -> None:
        """Begin to look, where there is a place to be lost."""
        if self._look is not never_lost:
            self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._thread.close()

    def _run(self, over: threading.Event) -> None:
        while not over.wait(self._seconds):
            self.look()

    def _note(self, found: str | None) -> None:
        before, self._lost = self._lost, found
        if found and not before:
            _LOG.error("no work is taken up: %s", found)
        elif before and not found:
            _LOG.info("the place of files is back")
