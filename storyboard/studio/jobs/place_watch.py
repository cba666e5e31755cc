"""Notices that a running process's place of files is not its studio's any more, or does not answer.

A folder that is not mounted any more is an empty one of this machine: what is written there is
lost. So no job is taken up, and the log and the probe say so, until the place is back. While a
bucket does not answer, no film is taken up: it could not be kept.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from storyboard.studio.jobs.lasting_thread import LastingThread
from storyboard.studio.jobs.outages import Outage
from storyboard.studio.records.file_store import FilesAway, FilesError

Lost = Callable[[], str | None]
"""Tells why a place is lost, `None` while it is not; raises `FilesError` where nobody knows."""

_SECONDS: Final = 10.0
"""Between two looks, each of which is a request where the place is a bucket. A choice."""

_LOG: Final = logging.getLogger("storyboard.studio")


def never_lost() -> str | None:
    """Tell nothing, of a workspace that has its files itself."""
    return None


class PlaceWatch:
    """Owns the thread that looks, from `start` to `close`; `lost` is what it saw last."""

    def __init__(self, look: Lost = never_lost, seconds: float = _SECONDS) -> None:
        self._look, self._seconds = look, seconds
        self._looking = threading.Lock()
        self._thread = LastingThread(self._run, "place")
        self._lost: str | None = None
        self._is_away = False
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
