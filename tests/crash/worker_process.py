"""Run as a program: works for a studio, and ends itself at a point of a film or waits at a gate.

`python -m tests.crash.worker_process WORKSPACE DATABASE POINT TALLY GATE LEASE`: at a name of
`POINTS` it is killed in a real, small film, and at one of `COMPOSING` in a composition; `gated`
films are no more than a file; they and compositions are begun with a line in TALLY, and end once
GATE exists; any other word makes real, small films. With `apart` it is as if on a machine of its
own, and each segment waits for GATE, its scene and process in TALLY. With `FAR` before a word it is
so too, and is in a hurry where a bucket is. With `STOPS` before the name of a point it is not
killed there, and waits for GATE. Its leases are LEASE seconds long. It says when it
works, and its log goes to stderr. At SIGUSR1 and SIGUSR2 its clock jumps.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from storyboard.local_studio.opening import places_of
from storyboard.studio.film import make, rendering
from storyboard.studio.film.segments import Segment
from storyboard.studio.jobs import composing
from storyboard.studio.jobs.makers import Makers
from storyboard.studio.records import bucket_objects, owner, postgres_bell, queue
from storyboard.studio.worker import open_worker, work
from tests.crash import filming_process
from tests.crash.filming_process import POINTS, SmallFilms, after, before
from tests.crash.studio_process import gated_makers

HOUR: Final = 3600.0
FAR: Final = "far "
STOPS: Final = "stops at "
RUNG: Final = "was told of"
"""What the log of one that is apart says of each notification, with the kind of its job."""

SMALL_PART: Final = 8 << 10
SHORT_PATIENCE: Final = 3.0
COMPOSING: Final[dict[str, Callable[[], None]]] = {
    "composer, begun": lambda: before(composing, "_composed"),
    "composer, done": lambda: after(composing, "_composed"),
    "storing, the job has ended": lambda: after(composing.queue, "finish"),
    "storing, in the transaction": lambda: after(composing.videos, "change"),
    "stored": lambda: after(composing, "_publish"),
}
"""Where a worker can be killed in a composition, in the order of the work."""


def gate_segments(tally: Path, gate: Path) -> None:
    inner = rendering.render_segment

    def waiting(cache: Any, segment: Segment, *rest: Any) -> Path:
        with tally.open("a") as file:
            file.write(f"{segment.scene} {os.getpid()}\n")
        while not gate.exists():
            time.sleep(0.02)
        return inner(cache, segment, *rest)

    rendering.render_segment = waiting


def be_another_machine() -> None:
    name = f"{os.getpid():012x}"
    vars(owner)["this_machine"] = lambda: name


def tell_of_bells() -> None:
    """Log each notification that comes from another process."""
    inner: Any = postgres_bell._listen

    def listen(connected: Any, channel: str, ring: Callable[[str], None], *rest: Any) -> None:
        def told(whom: str) -> None:
            logging.info("%s '%s'", RUNG, whom)
            ring(whom)

        inner(connected, channel, told, *rest)

    vars(postgres_bell)["_listen"] = listen


def heed_jumps() -> None:
    """Have the clock jump ahead at SIGUSR1, and back at SIGUSR2, by more than any lease."""

    def jump(number: int, _: object) -> None:
        told, by = time.time, HOUR if number == signal.SIGUSR1 else -HOUR
        time.time = lambda: told() + by
        print("jumped", flush=True)

    for each in (signal.SIGUSR1, signal.SIGUSR2):
        signal.signal(each, jump)


def stop_there(gate: Path) -> None:
    """Have it say that it is at its point, and wait there for a file, instead of being killed.

    Two segments come there at once: the first one says so.
    """
    has_told = threading.Lock()

    def wait() -> None:
        if not gate.exists() and has_told.acquire(blocking=False):
            print("there", flush=True)
        while not gate.exists():
            time.sleep(0.02)

    filming_process.die = wait


def hurry() -> None:
    """Send what is longer than a few kilobytes in parts, and wait for a bucket for moments."""
    bucket_objects.PART = SMALL_PART  # type: ignore[misc]
    bucket_objects.PATIENCE = replace(  # type: ignore[misc]
        bucket_objects.PATIENCE, again_until=SHORT_PATIENCE
    )


def main() -> None:
    heed_jumps()
    logging.basicConfig(level=logging.INFO)
    workspace, database, point, tally, gate, lease = sys.argv[1:7]
    queue.LEASE_SECONDS = float(lease)  # type: ignore[misc]
    makers = Makers(SmallFilms(make.make_ordered, fatal_frames=False))
    if point == "gated":
        makers = gated_makers(Path(gate), Path(tally))
    if is_far := point.startswith(FAR):
        point = point.removeprefix(FAR)
        hurry()
    if point.startswith(STOPS):
        point = point.removeprefix(STOPS)
        stop_there(Path(gate))
    if is_far or point == "apart":
        be_another_machine()
        tell_of_bells()
        gate_segments(Path(tally), Path(gate))
    places = places_of(os.environ) | {"database": database}
    opened = open_worker(Path(workspace), films=1, makers=makers, **places)
    (POINTS | COMPOSING).get(point, lambda: None)()
    work(opened, lambda: print("works", flush=True))


if __name__ == "__main__":
    main()
