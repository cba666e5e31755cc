"""Says again and again that this process lives and what it makes. Makes nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress

from storyboard.errors import StudioError
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.records.owner import this_worker


class Presence:
    """Owns the thread that says it, from `start` to `close`; each time it looks around, too.

    A process that is about to end takes up nothing more, and says so.
    """

    def __init__(
        self, workspace: Workspace, makes: Sequence[Makes], look: Callable[[], None]
    ) -> None:
        self._workspace, self._makes, self._look = workspace, makes, look
        self._owner = this_worker(f"{id(self):x}")
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to say it."""
        self._over.clear()
        self._thread = threading.Thread(target=self._run, name="presence", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop, once it is said that this process makes nothing more."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not (self._over.is_set() or self._workspace.draining.has_begun):
            with suppress(StudioError):  # whoever takes up jobs tells that there is no database
                live_workers.say(self._workspace.store, self._owner, self._makes)
                self._look()
            self._over.wait(queue.LEASE_SECONDS / live_workers.SAID_AGAIN)
        with suppress(StudioError):  # it is forgotten once its lease ends
            live_workers.leave(self._workspace.store, self._owner)
