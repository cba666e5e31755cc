"""Jobs in threads, watched by the thread that asked. Knows no film.

x264, swscale, numpy and the voices let go of the interpreter's lock, so threads are enough.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from storyboard.cgroups import memory_left
from storyboard.cores import cores
from storyboard.studio.film.request import Cancelled

T = TypeVar("T")

_LOOK_SECONDS = 0.1
_JOB_BYTES = 300 * 2**20
"""What encoding one segment at 1080p takes, drawings included."""


class Workers:
    """Owns some threads; when one job fails or the caller cancels, the others stop."""

    def __init__(self, cancelled: Callable[[], bool], count: int | None = None) -> None:
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(count or affordable(cores(), free_memory()), "film")

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._pool.shutdown(cancel_futures=True)

    def stopped(self) -> bool:
        """Tell a job, in its thread, that nobody waits for it any more."""
        return self._stop.is_set()

    def begin(self, job: Callable[[], object]) -> None:
        """Do a job when a thread has none of those before it to do; nobody waits for its end.

        What fails in it is not told: what it is useful for fails likewise.
        """
        if not self.stopped():
            self._pool.submit(job)

    def run(self, jobs: Sequence[Callable[[], T]], on_look: Callable[[], None]) -> list[T]:
        """Do all jobs; `on_look` is called in this thread now and then, and once at the end.

        Raises the first job's error, or `Cancelled`, when every thread has stopped.
        """
        futures = [self._pool.submit(job) for job in jobs]
        pending = set(futures)
        while pending:
            if self._cancelled():
                self._give_up(pending)
                raise Cancelled("the film was canceled")
            done, pending = wait(pending, _LOOK_SECONDS, FIRST_EXCEPTION)
            failed = next((future for future in done if future.exception()), None)
            if failed is not None:
                self._give_up(pending)
                failed.result()
            on_look()
        return [future.result() for future in futures]

    def _give_up(self, pending: set[Future[T]]) -> None:
        self._stop.set()
        for future in pending:
            future.cancel()
        wait(pending)


def affordable(cores: int, free: int | None) -> int:
    """Return how many jobs to run at once: one a core, as far as `free` bytes of memory go."""
    return max(1, cores if free is None else min(cores, free // _JOB_BYTES))


def free_memory(source: Path = Path("/proc/meminfo")) -> int | None:
    """Return the bytes that can be had without swapping; None where the system does not tell.

    A container may have less than its machine.
    """
    told = [_available(source), memory_left()]
    return min((each for each in told if each is not None), default=None)


def _available(source: Path) -> int | None:
    try:
        rows = dict(line.split(":", 1) for line in source.read_text().splitlines() if ":" in line)
        return int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError, IndexError):
        return None
