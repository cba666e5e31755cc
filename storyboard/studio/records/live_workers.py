"""Which processes make jobs now, and which jobs none of them can make. Makes nothing itself.

Each process says again and again what it makes, in the database: machines see no other's processes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.records import queue
from storyboard.studio.records.clock import database_clock
from storyboard.studio.records.owner import is_surely_alive, is_surely_dead
from storyboard.studio.records.store import Row, Store, Transaction

VOICES: Final = "voices"
ROLE: Final = "role"
VERSION: Final = "version"
STANDS_BACK: Final = "stands-back"
"""What a process says beside what it makes: which voices it has, also one that makes no film;
whether it serves, too; of which version it is; and why it takes up no film, in a word."""

SAID_AGAIN: Final = 3
"""How often within a lease a worker says that it lives: one that is late once is not missed."""


@dataclass(frozen=True, slots=True)
class Makes:
    """A kind of jobs that a process makes, and what it has that such a job may need."""

    kind: str
    needs: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """Jobs that wait, and that no live worker can take, for want of the same thing.

    `needs` is what their worker has to have: `None` if any worker for this kind would do.
    `oldest` is since when the oldest waits. `has_others` tells that live workers make this kind,
    but have not what is needed.
    """

    kind: str
    needs: str | None
    waiting: int
    oldest: float
    has_others: bool = field(default=False, compare=False)


def say(store: Store, owner: str, makes: Sequence[Makes]) -> None:
    """Say that a process lives and makes these, until a lease from now."""
    told = json.dumps([[each.kind, each.needs] for each in makes])
    with store.write_loosely() as tx:
        until = database_clock(tx) + queue.LEASE_SECONDS
        tx.run("live_workers.say", owner=owner, makes=told, lease_until=until)


def leave(store: Store, owner: str) -> None:
    """Say that a process takes up nothing more, and forget those that ended without a word."""
    with store.write() as tx:
        tx.run("live_workers.leave", owner=owner)
        tx.run("live_workers.forget", now=database_clock(tx))


def alive(tx: Transaction) -> dict[str, tuple[Makes, ...]]:
    """Return the owners that live, with what each makes."""
    rows = tx.rows("live_workers.alive", now=database_clock(tx))
    return {row["owner"]: _makes(row) for row in rows if not is_surely_dead(row["owner"])}


def may_live(tx: Transaction) -> bool:
    """Whether some process may live: one that is late, too, if its machine still has it.

    A machine that slept, or a disk that kept a process waiting, lets its lease lapse.
    """
    known = [row["owner"] for row in tx.rows("live_workers.rows")]
    return bool(alive(tx)) or any(map(is_surely_alive, known))


def unmet(tx: Transaction) -> list[Unmet]:
    """Return what waits for a worker that does not live.

    Workers of earlier versions do not say that they live: the jobs that they hold tell it.
    """
    now = database_clock(tx)
    waiting = tx.rows("live_workers.waiting", now=now)
    if not waiting:
        return []
    met = {(row["kind"], row["needs"]) for row in tx.rows("live_workers.held", now=now)}
    met |= {(each.kind, each.needs) for makes in alive(tx).values() for each in makes}
    kinds = {kind for kind, _ in met}
    return [
        Unmet(row["kind"], row["needs"], int(row["waiting"]), row["oldest"], row["kind"] in kinds)
        for row in waiting
        if (row["kind"], row["needs"]) not in met
        if row["needs"] is not None or row["kind"] not in kinds
    ]


def forsaken(tx: Transaction) -> list[str]:
    """Return the voices that films wait for and no live process has, be it a server alone."""
    wanted = [each.needs for each in unmet(tx) if each.kind == queue.FILM]
    if not any(needs is not None for needs in wanted):
        return []
    had = {each.needs for makes in alive(tx).values() for each in makes if each.kind == VOICES}
    return [needs for needs in wanted if needs is not None and needs not in had]


def adopt(tx: Transaction, former: str, needs: str) -> int:
    """Have films that wait for some voices wait for others; return how many."""
    given = {"kind": queue.FILM, "former": former, "needs": needs}
    return tx.run("live_workers.adopt", now=database_clock(tx), **given)


def _makes(row: Row) -> tuple[Makes, ...]:
    """Return what a row tells; what another version wrote and this one cannot read is nothing."""
    try:
        return tuple(Makes(str(kind), str(needs)) for kind, needs in parse_json(row["makes"]))
    except (NotJson, TypeError, ValueError):
        return ()
