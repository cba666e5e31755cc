"""A thread that acts again and again until it is told to end. Knows nothing of what it does."""

from __future__ import annotations

import threading
from collections.abc import Callable


class LastingThread:
    """Owns the thread, from `start` to `close`; `run` gets the event that it has to end by."""

    def __init__(self, run: Callable[[threading.Event], None], name: str) -> None:
        self._run, self._name = run, name
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._over.clear()
        self._thread = threading.Thread(
            target=self._run, args=(self._over,), name=self._name, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Tell it to end, and wait for that."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
