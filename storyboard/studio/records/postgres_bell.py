"""Hears when another process put a job into the queue, by PostgreSQL's notifications. Knows no job.

Who is not heard, because a connection was cut, is made up for: after each connection it rings once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

import psycopg

from storyboard.studio.records.bells import Ring
from storyboard.studio.records.postgres_connection import Connection

_LOOK_SECONDS: Final = 0.2
"""How often the thread looks whether it is to end; the database is not asked. A choice."""

_AGAIN_AFTER: Final = 1.0
_ALL: Final = ""


@contextmanager
def listening(
    connected: Callable[[], Connection], channel: str, ring: Ring, is_own: Callable[[int], bool]
) -> Iterator[None]:
    """Call `ring` in a thread of its own with each notification, as long as the block runs.

    Those of a process of the database that `is_own` are left out: they were heard before.
    """
    over = threading.Event()
    thread = threading.Thread(
        target=_listen, args=(connected, channel, ring, is_own, over), name="bell", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _listen(
    connected: Callable[[], Connection],
    channel: str,
    ring: Ring,
    is_own: Callable[[int], bool],
    over: threading.Event,
) -> None:
    while not over.is_set():
        try:
            with closing(connected()) as connection:
                connection.execute(f'LISTEN "{channel}"'.encode())
                ring(_ALL)
                while not over.is_set():
                    for rung in connection.notifies(timeout=_LOOK_SECONDS, stop_after=1):
                        if not is_own(rung.pid):
                            ring(rung.payload)
        except psycopg.Error:  # who waits looks by itself, too
            over.wait(_AGAIN_AFTER)
