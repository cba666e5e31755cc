"""Films asked for with voices that no process has any more: they get those of this server.

They waited for ever else: whoever changes the voices of a studio starts it anew, and takes the
former ones away. As long as any server or worker has them, their films wait for its like, and a
while longer: a server that restarts, or that an outage of the database cuts off, has them still.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Final

from storyboard.counting import counted
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue

_LOG: Final = logging.getLogger("storyboard.studio")
PATIENCE: Final = 300.0
"""Seconds for which no process may have the voices of a film before it gets others: a server is
replaced by a newer version within them. A choice, and that of Kubernetes for a node that is away;
docs/how-to/workers.md tells it."""


class ForsakenFilms:
    """Knows since when no process has which voices; a server looks at them again and again."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        self._workspace, self._clock = workspace, clock
        self._since: dict[str, float] = {}
        self._looked: float | None = None

    def look(self) -> None:
        """Give films this server's voices once their own are gone for long; raises `StudioError`.

        Whoever has a file of rows alone changed the voices between two runs: no other will come.
        """
        store = self._workspace.store
        with store.read() as tx:
            found = live_workers.forsaken(tx)
            is_alone = not store.is_shared and len(live_workers.alive(tx)) <= 1
        gone = self._gone(found)
        if is_alone and self._looked is None:
            gone = found
        self._looked = self._clock()
        if gone:
            self._adopt(gone)

    def _gone(self, found: Sequence[str]) -> list[str]:
        """Return what is missing for as long as the patience lasts, in all looks since.

        After an outage, the looks of which failed, the patience begins anew.
        """
        now = self._clock()
        if self._looked is None or now - self._looked > queue.LEASE_SECONDS:
            self._since.clear()
        self._since = {needs: self._since.get(needs, now) for needs in found}
        return [needs for needs in found if now - self._since[needs] >= PATIENCE]

    def _adopt(self, gone: Sequence[str]) -> None:
        own = self._workspace.voices_name
        with self._workspace.store.write() as tx:
            # Another server may have come since the look.
            former = [needs for needs in live_workers.forsaken(tx) if needs in gone]
            count = sum(live_workers.adopt(tx, needs, own) for needs in former if needs != own)
            tx.ring(queue.FILM)
        if count:
            told = "%s asked for with voices that no process has any more: made with this server's"
            _LOG.warning(told, counted(count, "film"))
