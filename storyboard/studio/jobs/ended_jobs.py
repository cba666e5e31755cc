"""Forgets jobs a while after they ended: a video keeps its film, its status and its reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue

KEPT_SECONDS: Final = 30 * 86_400.0
"""After the end of a job: a choice; docs/reference/local-studio.md tells it."""

PAUSE: Final = 3_600.0
"""Between two looks: all rows are looked through."""


class EndedJobs:
    """Knows when a server looked last."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        self._workspace, self._clock = workspace, clock
        self._looked: float | None = None

    def look(self) -> None:
        """Forget what ended long ago, at most once an hour; raises `StudioError`."""
        now = self._clock()
        if self._looked is not None and now - self._looked < PAUSE:
            return
        store = self._workspace.store
        with store.read() as tx:
            # The studio's own clock can be set, and back again.
            before = min(self._workspace.now(tx), time.time()) - KEPT_SECONDS
            has_some = queue.has_ended(tx, before)
        if has_some:
            with store.write_beside() as tx:
                queue.forget_ended(tx, before)
        self._looked = now
