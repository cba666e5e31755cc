"""Tells the log once that jobs wait for a worker that does not live. Changes nothing.

Such a job fails never: a worker may come at any time. So somebody has to be told.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

from storyboard.counting import counted
from storyboard.studio.jobs.job_log import KINDS
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Unmet

_LOG: Final = logging.getLogger("storyboard.studio")
PATIENCE: Final = 10.0
"""Seconds for which no worker may live before it is told: a server may start before its workers,
and one worker take the place of another. A choice."""

_COMMAND: Final = "storyboard studio worker"
_Want = tuple[str, str | None]


class Lookout:
    """Knows since when which jobs wait for a worker that does not live, and what was told."""

    def __init__(self, workspace: Workspace, clock: Callable[[], float] = time.monotonic) -> None:
        self._workspace, self._clock = workspace, clock
        self._since: dict[_Want, float] = {}
        self._told: set[_Want] = set()

    def look(self) -> None:
        """Look once; raises `StudioError`."""
        with self._workspace.store.read() as tx:
            found = {(each.kind, each.needs): each for each in live_workers.unmet(tx)}
        now = self._clock()
        self._since = {want: self._since.get(want, now) for want in found}
        for want, each in found.items():
            if want not in self._told and now - self._since[want] >= PATIENCE:
                self._told.add(want)
                _LOG.warning("%s", told_of(each), extra={"job": each.kind})
        for want in self._told - found.keys():
            self._told.discard(want)
            _LOG.info("no %s waits for a worker any more", KINDS[want[0]])


def told_of(unmet: Unmet) -> str:
    """Say what waits, and what to do."""
    waits = counted(unmet.waiting, KINDS[unmet.kind])
    verb = "waits" if unmet.waiting == 1 else "wait"
    if unmet.kind == queue.FILM:
        return f"{waits} {verb}{_for_voices(unmet)}"
    if unmet.needs is None:
        return f"{waits} {verb}, and no worker is there to make it: start one: {_COMMAND}"
    if not unmet.needs:
        return (
            f"{waits} {verb} for the local studio's own composer, and no live worker has it: "
            f"start one without a composer: {_COMMAND}"
        )
    return (
        f"{waits} {verb} for the composer {unmet.needs}, and no live worker has it: start one "
        f"with the composer of the server that took it: {_COMMAND} --composer URL"
    )


def _for_voices(unmet: Unmet) -> str:
    command = f"{_COMMAND} --voices FOLDER" if unmet.needs else _COMMAND
    if not unmet.has_others:
        return f", and no worker is there to make it: start one: {command}"
    if not unmet.needs:
        return (
            " for the local studio's own voices, and each live worker has others: "
            f"start one without voices: {command}"
        )
    return (
        f" for the voices {unmet.needs}, and no live worker has them: start one with the voices "
        f"of the server that took it: {command}"
    )
