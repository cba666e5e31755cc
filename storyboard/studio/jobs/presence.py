"""Says again and again that this process lives and what it makes. Makes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from storyboard.errors import StudioError
from storyboard.studio.jobs.lasting_thread import LastingThread
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.owner import this_worker

_PAUSE: Final = queue.LEASE_SECONDS / live_workers.SAID_AGAIN


class Presence:
    """Owns the thread that says it, from `start` to `close`; each time it looks around, too.

    A process that is about to end takes up nothing more, and says so: what it has, it has until
    then. So does one whose machine cannot keep anything.
    """

    def __init__(
        self, workspace: Workspace, makes: Sequence[Makes], look: Callable[[], None]
    ) -> None:
        self._workspace, self._makes, self._look = workspace, makes, look
        self._owner = this_worker(f"{id(self):x}")
        self._thread = LastingThread(self._run, "presence")

    def start(self) -> None:
        """Say it, and go on to."""
        self._say()  # before anybody asks this process for anything that lasts as long as it lives
        self._thread.start()

    def close(self) -> None:
        """Stop, once it is said that this process makes nothing more."""
        self._thread.close()

    def _run(self, over: threading.Event) -> None:
        while not (over.is_set() or self._workspace.draining.has_begun):
            self._say()
            with suppress(StudioError):
                self._look()
            over.wait(_PAUSE)
        while not over.is_set():
            self._say()
            over.wait(_PAUSE)
        with suppress(StudioError):  # it is forgotten once its lease ends
            live_workers.leave(self._workspace.store, self._owner)

    def _say(self) -> None:
        takes_none = self._workspace.draining.has_begun or self._workspace.place.fault is not None
        makes = [each for each in self._makes if not (takes_none and each.kind in queue.KINDS)]
        found = self._workspace.place.hindrance
        if found is not None and any(each.kind == queue.FILM for each in self._makes):
            makes.append(Makes(live_workers.STANDS_BACK, found.word))
        with suppress(StudioError):  # whoever takes up jobs tells that there is no database
            live_workers.say(self._workspace.store, self._owner, makes)
