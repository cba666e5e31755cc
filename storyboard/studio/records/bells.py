"""Tells threads of this process that a transaction of this process rang. Knows no database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Ring = Callable[[str], None]


class Bells:
    """Owns who listens, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rings: list[Ring] = []

    @contextmanager
    def listening(self, ring: Ring) -> Iterator[None]:
        """Call `ring` with whom each transaction meant, once it is committed."""
        with self._lock:
            self._rings.append(ring)
        try:
            yield
        finally:
            with self._lock:
                self._rings.remove(ring)

    def ring(self, rung: Iterable[str]) -> None:
        """Tell all that listen, each of them once for each who is meant."""
        with self._lock:
            rings = tuple(self._rings)
        for whom in dict.fromkeys(rung):
            for ring in rings:
                ring(whom)
