"""Run as a program: makes a film whose end cannot be kept, and is killed before it gives it back.

`python -m tests.crash.owing_process WORKSPACE DATABASE`: the film is one that waits there.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from storyboard.studio.jobs import filming
from storyboard.studio.records.store import StoreAway
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import open_test_studio

_OWES: list[None] = []


def _away(*_: Any) -> bool:
    raise StoreAway("the database is away")


def _away_and_over(*_: Any) -> None:
    if _OWES:  # the job did not go back at its end: it is owed, and this is the next try
        os.kill(os.getpid(), signal.SIGKILL)
    _OWES.append(None)
    raise StoreAway("the database is away")


def main() -> None:
    workspace, database = sys.argv[1:]
    filming._publish = _away
    TableQueue.release = _away_and_over  # type: ignore[method-assign]
    with open_test_studio(Path(workspace), database=database, workers=1):
        threading.Event().wait()


if __name__ == "__main__":
    main()
