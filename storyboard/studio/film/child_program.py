"""One running program that works for this process: objects go in by stdin, others come back.

They are pickled; what the program logs is logged here. The end of stdin tells it that nobody waits
any more, however its parent died.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from storyboard.studio.film.program_log import Logged, log_here

_GRACE_SECONDS = 10.0
"""For what a program has begun to write, before it is killed: a picture, or the end of a segment.
"""


class ChildProgram:
    """Owns the program, and a thread that hears it: `heard` gets each answer, and `None` last."""

    def __init__(self, words: Sequence[str], heard: Callable[[Any], None]) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        self._child = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )
        self._heard = heard
        self._reader = threading.Thread(target=self._read, name="answers", daemon=True)
        self._reader.start()

    def lives(self) -> bool:
        """Return whether it has not ended yet."""
        return self._child.poll() is None

    def ended_with(self) -> int:
        """Wait for its end, and return its status."""
        return self._child.wait()

    def send(self, order: Any) -> None:
        """Give it an object; raises `OSError` where it hears nothing any more."""
        assert self._child.stdin is not None
        pickle.dump(order, self._child.stdin)
        self._child.stdin.flush()

    def close(self) -> None:
        """Let it stop what it does and tidy up; it is killed where it does not."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        with suppress(OSError):
            self._child.stdin.close()
        try:
            self._child.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reader.join()
        self._child.stdout.close()

    def _read(self) -> None:
        assert self._child.stdout is not None
        try:
            while True:
                heard = pickle.load(self._child.stdout)
                if isinstance(heard, Logged):
                    log_here(heard)
                else:
                    self._heard(heard)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._heard(None)
