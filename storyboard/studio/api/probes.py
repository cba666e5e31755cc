"""What those ask who run the studio, or send it requests: whether it lives, and takes work.

Nobody needs a session for that, and so nobody learns more than a word: where the data is, and how
it failed, is for the log.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.errors import StudioError
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import queue

PATIENCE: Final = 3.0
"""Seconds; who probes waits one to five, and what takes longer is not ready."""

_KEPT: Final = 1.0
"""Seconds for which one look at the database serves all who ask: anybody may."""

_LOG: Final = logging.getLogger("storyboard.studio")

Trouble = tuple[str, str]
"""A word for strangers, and what the log says."""


async def alive(request: Request) -> Response:
    """Answer as long as this process answers anything; whoever hears nothing may start another."""
    return JSONResponse({"status": "ok"})


class Probes:
    """Owns what is known of whether one studio is ready.

    One that `makes_films`, and nothing else, is not while they could not be kept.
    """

    def __init__(
        self,
        workspace: Workspace,
        threads: Threads,
        *,
        makes_films: bool = False,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._workspace = workspace
        self._threads = threads
        self._makes_films = makes_films
        self._clock = clock
        self._patience = patience
        self._lock = threading.Lock()
        self._looked = -_KEPT
        self._found: tuple[Trouble, ...] = ()
        self._told: tuple[str, ...] = ()

    async def ready(self, request: Request) -> Response:
        """Answer 200 where work is welcome, else 503 and what is missing, in a word each."""
        found = await self._missing()
        self._log_change(found)
        if not found:
            return JSONResponse({"status": "ready"})
        told = {"status": "not ready", "reasons": [word for word, _ in found]}
        return JSONResponse(told, 503, {"retry-after": "1"})

    async def _missing(self) -> tuple[Trouble, ...]:
        if self._workspace.draining.has_begun:
            return (("draining", "the studio is about to end"),)
        if self._is_known():
            return self._found
        try:
            return await asyncio.wait_for(self._threads.probe(self._look), self._patience)
        except TimeoutError:
            return (("database", "the database does not answer"),)

    def _look(self) -> tuple[Trouble, ...]:
        """Return what is missing, by one look for all who ask at the same time."""
        with self._lock:
            if not self._is_known():
                self._found = tuple(self._troubles())
                self._looked = self._clock()
            return self._found

    def _is_known(self) -> bool:
        return self._clock() - self._looked < _KEPT

    def _troubles(self) -> Iterator[Trouble]:
        if not self._workspace.data.is_dir():
            yield "files", f"the folder '{self._workspace.data}' is gone"
        elif (lost := self._workspace.place.lost) is not None:
            yield "files", lost
        elif self._makes_films and (found := self._workspace.place.hindrance) is not None:
            yield found.word, found.message
        try:
            with self._workspace.store.read() as tx:
                queue.is_waiting(tx, queue.FILM, "")
        except StudioError as cause:
            yield "database", str(cause)

    def _log_change(self, found: tuple[Trouble, ...]) -> None:
        words = tuple(word for word, _ in found)
        if words == self._told:
            return
        self._told = words
        if found:
            _LOG.warning("not ready: %s", "; ".join(what for _, what in found))
        else:
            _LOG.info("ready again")
