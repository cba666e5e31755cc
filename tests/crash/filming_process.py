"""Run as a program: serves a workspace with real, small films, and ends itself at a point of one.

`python -m tests.crash.filming_process WORKSPACE POINT`: SIGKILL at a name of `POINTS`, or at
`apart`: while a program of its own makes the film; any other word: never. A lease is good for long:
who takes up a film soon has seen that its maker is dead.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, Final

from storyboard.local_studio.opening import places_of
from storyboard.studio.film import make
from storyboard.studio.film import rendering as shooting
from storyboard.studio.film.process_pool import FilmProcesses
from storyboard.studio.film.request import Film, FilmOrder, OnProgress, Profile, Progress
from storyboard.studio.jobs import filming
from storyboard.studio.jobs.makers import FilmMaker
from storyboard.studio.local import open_studio
from storyboard.studio.records import queue
from storyboard.studio.records.blobs import Blobs
from storyboard.studio.serving import bind, serve, url_of

_LONG = 60
"""Seconds after which it tells what each of its threads does, for whoever waits for it still."""

SMALL = Profile(width=320, height=180, preset="ultrafast", crf=35)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_at(nth: int) -> Callable[[], bool]:
    """A question that is answered with no, until it is asked the nth time."""
    asked: list[None] = []

    def ask() -> bool:
        asked.append(None)
        if len(asked) == nth:
            die()
        return False

    return ask


def before(place: Any, name: str) -> None:
    inner = getattr(place, name)

    @wraps(inner)
    def outer(*args: Any, **options: Any) -> Any:
        die()
        return inner(*args, **options)

    setattr(place, name, outer)


def after(place: Any, name: str) -> None:
    inner = getattr(place, name)

    @wraps(inner)
    def outer(*args: Any, **options: Any) -> Any:
        done = inner(*args, **options)
        die()
        return done

    setattr(place, name, outer)


def amid(place: Any, name: str, nth: int) -> None:
    """Die when a job asks for the nth time whether it may go on."""
    inner = getattr(place, name)

    @wraps(inner)
    def outer(*args: Any) -> Any:
        return inner(*args[:-1], dying_at(nth))

    setattr(place, name, outer)


POINTS: Final[Mapping[str, Callable[[], None]]] = {
    "speech, spoken": lambda: after(make, "speak"),
    "frames, begun": lambda: amid(shooting, "render_segment", 1),
    "frames, in the middle": lambda: amid(shooting, "render_segment", 30),
    "sound, mixed": lambda: after(shooting, "scene_sound"),
    "sound, encoded": lambda: after(shooting, "encode_sound"),
    "joining, begun": lambda: before(make, "join"),
    "joining, joined": lambda: after(make, "join"),
    "joining, in the cache": lambda: after(make, "keep_film"),
    "joining, copied": lambda: after(make, "publish"),
    "recording, sent": lambda: after(Blobs, "measure"),
    "recording, kept as a file": lambda: after(Blobs, "keep"),
    "recording, in the transaction": lambda: after(filming.entries, "put"),
    "recording, before the commit": lambda: after(filming, "keep_texts"),
    "recorded": lambda: after(filming, "_publish"),
}
"""Where a server can be killed in a render, in the order of the work."""


class SmallFilms:
    """The studio's own film maker, at a size that a test can afford."""

    def __init__(self, maker: FilmMaker, *, fatal_frames: bool) -> None:
        self.maker, self.fatal_frames = maker, fatal_frames

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        def tell(progress: Progress) -> None:
            on_progress(progress)
            if self.fatal_frames and progress.stage == "frames":
                die()

        small = replace(order, request=replace(order.request, profile=SMALL))
        return self.maker(small, tell, cancelled)


def main() -> None:
    faulthandler.dump_traceback_later(_LONG)
    queue.LEASE_SECONDS = 3600.0  # type: ignore[misc]
    workspace, point = Path(sys.argv[1]), sys.argv[2]
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    apart = FilmProcesses() if point == "apart" else None
    with apart or nullcontext():
        films = SmallFilms(apart or make.make_ordered, fatal_frames=apart is not None)
        places = places_of(os.environ)
        with open_studio(
            workspace, film_maker=films, public_url=url, workers=1, **places
        ) as studio:
            if point in POINTS:
                POINTS[point]()
            serve(studio.app, listener, lambda: print(url, flush=True))


if __name__ == "__main__":
    main()
