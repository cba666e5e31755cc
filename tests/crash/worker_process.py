"""Run as a program: works for a studio, and ends itself at a point of a film or waits at a gate.

`python -m tests.crash.worker_process WORKSPACE DATABASE POINT TALLY GATE`: at a name of `POINTS`
it is killed in a real, small film; `gated` films are no more than a file, are begun with a line in
TALLY, and end once GATE exists; any other word makes real, small films. It says when it works.
"""

from __future__ import annotations

import sys
from pathlib import Path

from storyboard.studio.film import make
from storyboard.studio.jobs.makers import FilmMaker
from storyboard.studio.worker import open_worker, work
from tests.crash.filming_process import POINTS, SmallFilms
from tests.crash.studio_process import CountedFilmMaker


def main() -> None:
    workspace, database, point, tally, gate = sys.argv[1:6]
    films: FilmMaker = SmallFilms(make.make_ordered, fatal_frames=False)
    if point == "gated":
        films = CountedFilmMaker(Path(gate), Path(tally))
    opened = open_worker(Path(workspace), films=1, film_maker=films, database=database)
    if point in POINTS:
        POINTS[point]()
    work(opened, lambda: print("works", flush=True))


if __name__ == "__main__":
    main()
