"""How the queue grows with its workers: up to 1,000 that sleep in place of making a film.

They are of one process, and each does in the database what a worker's thread does: it claims a
film, tells that it lives once a second, and stores the film's end with the video's status. A
thread acts for whichever of them is due, so that Python's threads are not what is measured.
"""

from __future__ import annotations

import heapq
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from benchmarks.measuring import Row
from storyboard.studio.records import queue, videos
from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.records.queue import HEARTBEAT_SECONDS, Job, Turns
from storyboard.studio.records.session import Principal
from storyboard.studio.records.sqlite_file import SqliteStore
from storyboard.studio.records.store import Store
from storyboard.studio.records.table_queue import TableQueue
from storyboard.wire import VideoStatus
from tests.support.postgres_server import postgres_server

WORKERS = (1, 10, 100, 1_000)
FILM_SECONDS = 10.0
"""A short film: most take a minute, and ask the queue a sixth as often."""

RUN_SECONDS = 15.0
_USERS = 20
_THREADS = 16
"""That act for the workers: as many connections, and more than the cores of a small database."""


def measure() -> Iterator[Row]:
    """Yield, for each number of workers, films a second, and what the database does for them."""
    for count in WORKERS:
        if count <= 10:
            with (
                tempfile.TemporaryDirectory() as folder,
                closing(SqliteStore(Path(folder, "studio.sqlite3"))) as file,
            ):
                yield _row("SQLite", file, count, lambda: 0)
        with postgres_server() as server, psycopg.connect(server.url, autocommit=True) as admin:

            def commits(admin: psycopg.Connection[tuple[int]] = admin) -> int:
                found = admin.execute(
                    "SELECT xact_commit FROM pg_stat_database WHERE datname='postgres'"
                )
                return int((found.fetchone() or (0,))[0])

            with closing(PostgresStore(server.url, "storyboard_curve")) as rows:
                yield _row("PostgreSQL", rows, count, commits)


def _row(database: str, store: Store, count: int, commits: Callable[[], int]) -> Row:
    _fill(store, round(count * (RUN_SECONDS / FILM_SECONDS + 2)))
    before = commits()
    ran = _Simulation(store, count).run()
    done = commits() - before
    told = [f"{name} {_of(times)}" for name, times in sorted(ran.took.items())]
    load = f"{done / RUN_SECONDS:.0f} transactions a second; " if done else ""
    late = f"; {ran.lost} lost" if ran.lost else ""
    return Row(
        f"{count:,} workers, {database}: films a second",
        ran.ended / RUN_SECONDS,
        "",
        f"{count / FILM_SECONDS:g}",
        f"{load}{', '.join(told)}{late}",
    )


def _of(times: list[float]) -> str:
    """Return the median and what 95 of 100 stay below, in milliseconds."""
    ordered = sorted(times)
    slow = ordered[len(ordered) * 95 // 100]
    return f"{statistics.median(ordered) * 1000:.1f} ms ({slow * 1000:.0f})"


def _fill(store: Store, films: int) -> None:
    with store.write() as tx:
        for number in range(films):
            owner = Principal(1, f"user-{number % _USERS}")
            made = videos.add(tx, owner, name="v", avatar_id=None, scenes=[], now=float(number))
            queue.enqueue(
                tx, queue.FILM, made.id, f"1_{number}", float(number), seconds=FILM_SECONDS
            )


@dataclass(slots=True)
class _Worker:
    """A worker of another machine, and the job that it has in hand until it ends."""

    owner: str
    turns: Turns = field(default_factory=Turns)
    job: Job | None = None
    ends: float = 0.0


class _Simulation:
    """Owns the workers, in the order in which they are due."""

    def __init__(self, store: Store, count: int) -> None:
        self._store, self._queue = store, TableQueue(store)
        self._lock = threading.Lock()
        start = time.monotonic()
        # As they come and go in life, and not all in the same moment.
        self._due = [(start + FILM_SECONDS * n / count, n) for n in range(count)]
        self._workers = [_Worker(f"{n:012x}.1.1.0") for n in range(count)]
        self._end = start + FILM_SECONDS + RUN_SECONDS
        self._counted_from = start + FILM_SECONDS
        self.ended = self.lost = 0
        self.took: dict[str, list[float]] = {"claim": [], "beat": [], "finish": []}

    def run(self) -> _Simulation:
        """Warm up until all have a film, then count."""
        threads = [threading.Thread(target=self._act) for _ in range(_THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self

    def _act(self) -> None:
        while (now := time.monotonic()) < self._end:
            with self._lock:
                due, number = self._due[0] if self._due else (now + 0.01, -1)
                if due <= now:
                    heapq.heappop(self._due)
            if due > now:
                time.sleep(min(due - now, 0.01))
                continue
            again = self._step(self._workers[number])
            with self._lock:
                heapq.heappush(self._due, (again, number))

    def _step(self, worker: _Worker) -> float:
        """Do what a worker is due for; return when it is due again."""
        begun = time.monotonic()
        if worker.job is None:
            worker.job = self._queue.claim(worker.owner, queue.FILM, worker.turns)
            worker.ends = begun + FILM_SECONDS
            self._note("claim", begun)
        elif begun >= worker.ends:
            self._finish(worker.job)
            worker.job = None
            self._note("finish", begun)
            return begun
        else:
            held = self._queue.beat(worker.job, "frames", 1, 2)
            self.lost += not held
            self._note("beat", begun)
        return min(worker.ends, begun + HEARTBEAT_SECONDS)

    def _finish(self, job: Job) -> None:
        with self._store.write() as tx:
            if queue.finish(tx, job, "ready", time.time()):
                videos.change(tx, job.video_id, time.time(), status=VideoStatus.READY)

    def _note(self, what: str, begun: float) -> None:
        now = time.monotonic()
        if now >= self._counted_from:
            with self._lock:
                self.took[what].append(now - begun)
                self.ended += what == "finish"
