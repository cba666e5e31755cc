"""Run as a program: a server of a studio that is killed within a request; prints its URL.

`python -m tests.crash.server_process WORKSPACE DATABASE CALL WRITE MOMENT`: SIGKILL once a
request whose path ends with CALL makes its WRITE-th transaction that changes rows, at a MOMENT of
it. It makes no films. Without a DATABASE, which is of PostgreSQL then, the rows are in a file.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from starlette.types import ASGIApp, Receive, Scope, Send

from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store, Transaction
from storyboard.studio.serving import bind, serve, url_of
from tests.contract.studio_rig import open_test_studio

BEFORE: Final = "before the commit"
AFTER: Final = "after the commit"
MOMENTS: Final = (BEFORE, AFTER)


class Doom:
    """Counts the writes of the one request that is waited for, and ends the process at one."""

    def __init__(self, app: ASGIApp, call: str, write: int, moment: str) -> None:
        self._app, self._call, self._left, self._moment = app, call, write, moment
        self._is_near = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; from this request on, writes count."""
        self._is_near |= scope.get("path", "").endswith(self._call)
        await self._app(scope, receive, send)

    def watch(self, kept: type[PostgresStore | SqliteStore]) -> None:
        """Have each transaction that writes come by here."""
        inner: Any = kept.write

        @contextmanager
        def write(store: Store) -> Iterator[Transaction]:
            is_last = self._is_last()
            with inner(store) as tx:
                yield tx
                if is_last and self._moment == BEFORE:
                    _die()
            if is_last:
                _die()

        setattr(kept, "write", write)  # noqa: B010

    def _is_last(self) -> bool:
        self._left -= self._is_near
        return self._is_near and self._left == 0


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    workspace, database, call, write, moment = sys.argv[1:]
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    with open_test_studio(Path(workspace), public_url=url, database=database, workers=0) as studio:
        doom = Doom(studio.app, call, int(write), moment)
        doom.watch(PostgresStore if database else SqliteStore)
        serve(doom, listener, lambda: print(url, flush=True))


if __name__ == "__main__":
    main()
