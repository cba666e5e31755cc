"""Answers that were dear to make, kept for whoever asks again: the newest, up to so many bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

LARGEST: Final = 32 << 20
"""Bytes of all of them: some two hundred stills of a film's size."""


class Recent:
    """Owns answers by what was asked for; safe from any number of threads."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, bytes | None] = OrderedDict()
        self._size = 0

    def get(self, asked: Hashable, make: Callable[[], bytes | None]) -> bytes | None:
        """Return what is kept, or what `make` makes of it: `None` too is kept."""
        with self._lock:
            if asked in self._kept:
                self._kept.move_to_end(asked)
                return self._kept[asked]
        made = make()
        with self._lock:
            if asked not in self._kept:
                self._kept[asked] = made
                self._size += _weight(made)
            while self._size > self._largest and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size -= _weight(oldest)
        return made


def _weight(made: bytes | None) -> int:
    """Return what an answer counts for: an empty one still takes room for its name."""
    return 1000 + len(made or b"")
