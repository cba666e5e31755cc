"""What all servers and workers of a studio share of its control plane: time, holds, faults, resets.

A row of the database has it, and each process what it last read of that row. Knows no HTTP.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from storyboard.studio.records import live_workers
from storyboard.studio.records.clock import AS_IT_IS, AdjustableClock, Setting
from storyboard.studio.records.store import Row, Store, Transaction


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a studio stands: `revision` counts changes, `resets` how often all was deleted.

    `faults` is how many rules of requests that fail there are; ids come from a seed where one
    `is_seeded`.
    """

    revision: int = 0
    resets: int = 0
    faults: int = 0
    is_held: bool = False
    is_seeded: bool = False
    time: Setting = AS_IT_IS

    @property
    def is_usual(self) -> bool:
        """Return whether nothing is set."""
        return (self.faults, self.is_held, self.time) == (0, False, AS_IT_IS)


def conditions(tx: Transaction) -> Conditions:
    """Return how it stands, as the row says now."""
    return _conditions(tx.row("control.find"))


class SharedControl:
    """Owns what this process knows of the conditions; its `clock` shows their time.

    Who is about to act on them looks first: what another process changed is met from then on.
    """

    def __init__(self, store: Store, clock: AdjustableClock) -> None:
        self._store, self._clock = store, clock
        self._known = Conditions()
        self._lock = threading.Lock()
        self._forget: Callable[[], None] = lambda: None

    @property
    def known(self) -> Conditions:
        """Return what was read last."""
        return self._known

    def when_reset(self, forget: Callable[[], None]) -> None:
        """Call a function, from any thread, once another process is seen to have reset all."""
        self._forget = forget

    def look(self) -> Conditions:
        """Return how it stands; raises `StoreError`."""
        with self._store.read() as tx:
            return self.follow(tx)

    def follow(self, tx: Transaction) -> Conditions:
        """Return how it stands, in a transaction that did not change it."""
        return self.follow_row(tx.row("control.find"))

    def follow_row(self, row: Row | None) -> Conditions:
        """Return how it stands, as a statement with its columns found it."""
        found = _conditions(row)
        if found.revision != self._known.revision:
            self._take(found)
        return self._known

    @contextmanager
    def changing(self) -> Iterator[Transaction]:
        """Lend a transaction to change it in; this process goes by it once that is committed."""
        with self._store.write() as tx:
            yield tx
        self.look()

    def change(self, tx: Transaction, **changes: Any) -> None:
        """Change what is told, in a transaction that `changing` lends."""
        before = conditions(tx)
        now = replace(before, revision=before.revision + 1, **changes)
        if before.revision == 0:
            tx.run("control.add")
        time = {"clock_offset": now.time.offset, "clock_stopped": now.time.stopped}
        counts = {"revision": now.revision, "resets": now.resets, "faults": now.faults}
        tx.run("control.change", is_held=int(now.is_held), **counts, **time)
        tx.ring()

    def begin(self) -> None:
        """Begin as usual, unless a process of this studio lives, which goes by what was set."""
        with self._store.read() as tx:
            is_usual = self.follow(tx).is_usual
        if is_usual:
            return
        with self.changing() as tx:
            if not live_workers.may_live(tx):
                self.forget(tx)

    def forget(self, tx: Transaction, *, resets: int = 0) -> None:
        """Have all be as usual again; `resets` is by how much it counts as a reset of all else."""
        tx.run("faults.delete_all")
        count = conditions(tx).resets + resets
        self.change(tx, resets=count, faults=0, is_held=False, time=AS_IT_IS)

    def _take(self, found: Conditions) -> None:
        with self._lock:
            if found.revision <= self._known.revision:
                return  # a thread that read earlier comes later
            was_reset = found.resets != self._known.resets
            self._known = found
            self._clock.show(found.time)
        if was_reset:
            self._forget()


def _conditions(row: Row | None) -> Conditions:
    """Return what the only row tells; there is none while nothing was ever changed."""
    if row is None or row["revision"] is None:
        return Conditions()
    return Conditions(
        revision=row["revision"],
        resets=row["resets"],
        faults=row["faults"],
        is_held=bool(row["is_held"]),
        is_seeded=bool(row["is_seeded"]),
        time=Setting(row["clock_offset"], row["clock_stopped"]),
    )
