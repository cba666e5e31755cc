"""Run as a program: brings tables up to date in processes that are killed at a statement of it.

`python -m tests.crash.upgrading_process`: each line of stdin is JSON, `[PLACE, SCHEMA, NTH]`. PLACE
is a file of SQLite, or with a SCHEMA the address of PostgreSQL. It is opened in a process of its
own, which gets SIGKILL when its NTH statement begins. How that ended is printed: the exit code, or
the signal's number below zero.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storyboard.studio.records import sqlite_file
from storyboard.studio.records.migrations import upgrade
from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.records.sqlite_file import SqliteStore

assert upgrade  # it is loaded once, and not in each process anew


class Doom:
    """Counts what begins, and ends the process at one."""

    def __init__(self, nth: int) -> None:
        self._left = nth

    def __call__(self, *_: Any) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _open(place: str, schema: str, doom: Doom) -> None:
    if schema:
        for each in ("before_cursor_execute", "commit"):
            event.listen(Engine, each, doom)
        PostgresStore(place, schema).close()
        return
    connect = sqlite_file.connect

    def watched(*args: Any, **options: Any) -> Any:
        made = connect(*args, **options)
        made.set_trace_callback(doom)
        return made

    vars(sqlite_file)["connect"] = watched
    SqliteStore(Path(place)).close()


def main() -> None:
    for line in sys.stdin:
        place, schema, nth = json.loads(line)
        child = os.fork()
        if child == 0:
            _open(place, schema, Doom(nth))
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
