"""Run as a program: serves a workspace with films that wait for a file to appear; prints its URL.

`python -m tests.crash.studio_process WORKSPACE GATE TALLY [LEASE-SECONDS [DRAIN-SECONDS]]`: every
film that is begun adds a line to TALLY, and ends once GATE exists.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from storyboard.studio.compose.request import ComposeRequest, Composition
from storyboard.studio.film.request import Film, FilmOrder, OnProgress
from storyboard.studio.jobs.makers import Makers, composer
from storyboard.studio.local import open_studio
from storyboard.studio.records import queue
from storyboard.studio.serving import bind, serve, url_of
from tests.contract.studio_rig import TinyFilmMaker, draw, speak, time_scenes


class CountedFilmMaker(TinyFilmMaker):
    def __init__(self, gate_file: Path, tally: Path) -> None:
        super().__init__(threading.Event())
        self.gate_file, self.tally = gate_file, tally

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        with self.tally.open("a") as file:
            file.write(f"{os.getpid()}\n")
        threading.Thread(target=self._watch, args=(cancelled,), daemon=True).start()
        return super().__call__(order, on_progress, cancelled)

    def _watch(self, cancelled: Callable[[], bool]) -> None:
        assert self.gate is not None
        while not self.gate_file.exists() and not cancelled():
            time.sleep(0.02)
        if self.gate_file.exists():
            self.gate.set()


def gated_makers(gate: Path, tally: Path) -> Makers:
    """Test only: films and compositions that each add a line to TALLY, and end once GATE exists."""

    def gated(request: ComposeRequest) -> Composition:
        with tally.open("a") as file:
            file.write(f"{os.getpid()}\n")
        while not gate.exists():
            time.sleep(0.02)
        return composer(request)

    return Makers(CountedFilmMaker(gate, tally), speak, draw, gated, time_scenes)


def main() -> None:
    workspace, gate, tally = map(Path, sys.argv[1:4])
    given = [float(word) for word in sys.argv[4:]]
    queue.LEASE_SECONDS = given[0] if given else queue.LEASE_SECONDS  # type: ignore[misc]
    drain = given[1] if given[1:] else 0.0
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")

    makers = gated_makers(gate, tally)
    with open_studio(workspace, makers=makers, public_url=url) as studio:
        told = partial(print, url, flush=True)
        serve(studio.app, listener, told, drain=partial(studio.drain, drain))


if __name__ == "__main__":
    main()
