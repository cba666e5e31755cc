"""Run as a program: serves a workspace whose previews wait for a file to appear; prints its URL.

`python -m tests.crash.preview_process WORKSPACE GATE TALLY`: a program of its own speaks. For each
preview it adds a line with its process to TALLY, says a first piece, and the rest once GATE exists.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from storyboard.local_studio.opening import places_of
from storyboard.studio.jobs import maker_worker, makers
from storyboard.studio.jobs.maker_process import MakerProcess
from storyboard.studio.local import open_studio
from storyboard.studio.serving import bind, serve, url_of

SPEAKS: Final = "speaks"
"""In place of the workspace, for the program that speaks."""


def speak_at(gate: Path, tally: Path) -> None:
    """Speak for a server, until it ends."""

    def speak(given: Sequence[Any], cancelled: Callable[[], bool]) -> Iterator[bytes]:
        with tally.open("a") as file:
            file.write(f"{os.getpid()}\n")
        yield b"first, "
        while not gate.exists() and not cancelled():
            time.sleep(0.02)
        yield b"last"

    maker_worker.main({"speech": speak})


def main() -> None:
    workspace, gate, tally = sys.argv[1:]
    if workspace == SPEAKS:
        speak_at(Path(gate), Path(tally))
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    words = (sys.executable, "-m", "tests.crash.preview_process", SPEAKS, gate, tally)
    with closing(MakerProcess(words)) as speaking:
        made_by = speaking.makers(makers.film)
        places = places_of(os.environ)
        opened = open_studio(Path(workspace), makers=made_by, public_url=url, workers=0, **places)
        with opened as studio:
            serve(studio.app, listener, lambda: print(url, flush=True))


if __name__ == "__main__":
    main()
