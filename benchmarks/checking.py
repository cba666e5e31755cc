"""Checking one storyboard by its file among 5,000, beside the same one in a project of its own.

The whole of the 5,000 is checked too, in ten locales: anew, and again. Whole processes, each begun
anew; the figures are of the processor, which a busy machine changes less than the clock.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.compiling import write_project
from benchmarks.measuring import Row
from benchmarks.planning import LOCALES, STORYBOARDS

SCENES: Final = 5
ROUNDS: Final = 3
_FILE: Final = "storyboards/board-0000.yaml"
_ROOT: Final = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command and the processes that it starts took: seconds of processor, and bytes."""

    cpu: float
    wall: float
    memory: int


def measure() -> Iterator[Row]:
    """Yield what each kind of check takes, and the ratio of the two that check one file."""
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder, "many"), Path(folder, "one")
        for root, boards in ((many, STORYBOARDS), (one, 1)):
            root.mkdir()
            write_project(root, boards, LOCALES, SCENES)
        time.sleep(2.5)  # a file that was written just now is read again: its time may not change
        videos = f"check {STORYBOARDS} × {len(LOCALES)} videos"
        for name in ("nothing kept yet", "again"):
            yield _row(f"{videos}, {name}", _check(many))
        rounds = [(_edited(many, number), _edited(one, number)) for number in range(ROUNDS)]
        for place, name in enumerate(("of 5,000", "of one")):
            taken = sorted((each[place] for each in rounds), key=lambda each: each.cpu)
            yield _row(f"check FILE, edited, in a project {name}", taken[ROUNDS // 2])
        for name, ratios in (
            ("CPU", sorted(among.cpu / alone.cpu for among, alone in rounds)),
            ("time", sorted(among.wall / alone.wall for among, alone in rounds)),
        ):
            detail = f"{ratios[0]:.2f} to {ratios[-1]:.2f} in {ROUNDS} rounds"
            middle = statistics.median(ratios)
            yield Row(f"check FILE, of 5,000 / of one, {name}", middle, "×", "< 2", detail)


def _row(name: str, taken: Taken) -> Row:
    detail = f"{taken.memory / 1e6:.0f} MB in the largest process; {taken.wall:.1f} s on the clock"
    return Row(name, taken.cpu, "s", "", f"CPU; {detail}")


def _edited(root: Path, number: int) -> Taken:
    file = root / _FILE
    file.write_text(file.read_text() + f"# {number}\n")
    return _check(root, _FILE)


def _check(root: Path, *files: str) -> Taken:
    words = [sys.executable, "-m", "storyboard", "-C", str(root), "check", "-e", "kaltura", *files]
    begun = time.perf_counter()
    with subprocess.Popen(
        words, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    wall = time.perf_counter() - begun
    return Taken(used.ru_utime + used.ru_stime, wall, used.ru_maxrss << 10)
