"""Make the b-roll of the samples: `python -m samples.broll`. What is there already stays."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import numpy as np

from samples.broll import keynote, tutorial
from samples.broll.canvas import write_captions, write_mp4
from samples.broll.dashboard import dashboard
from samples.broll.screencast import screencast

SAMPLES = Path(__file__).parents[1]
Frames = Callable[..., Iterable[np.ndarray]]

CLIPS: dict[str, tuple[Frames, float, int]] = {
    "guide/media/keynote.mp4": (keynote.keynote, 203.0, 25),
    "guide/media/tutorial.mp4": (tutorial.tutorial, 90.0, 30),
    **{
        f"course/media/{name}-{language}.mp4": (partial(picture, language), 28.0, 25)
        for name, picture in (("dashboard", dashboard), ("screencast", screencast))
        for language in ("en", "de", "fr")
    },
}
"""File → what it shows, seconds, frames a second."""


def make(name: str, folder: Path = SAMPLES) -> float:
    """Make one clip, and the captions that belong to it; return how many seconds that took."""
    begun = time.monotonic()
    picture, seconds, fps = CLIPS[name]
    path = folder / name
    write_mp4(path, picture(seconds, fps), fps)
    module = {"keynote": keynote, "tutorial": tutorial}.get(path.stem)
    if module is not None:
        write_captions(path.with_suffix(".vtt"), module.captions(seconds))
    return time.monotonic() - begun


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(
    folder: Path = SAMPLES,
    begin_pool: Callable[[], Executor] = ProcessPoolExecutor,
    tell: Callable[[str], None] = _say,
) -> None:
    """Make every clip that is missing, on all cores; tell of each as soon as it is there."""
    missing = [name for name in CLIPS if not (folder / name).exists()]
    if not missing:
        return
    total = sum(CLIPS[name][1] for name in missing)
    tell(f"drawing {len(missing)} clips of b-roll, {total:.0f} s of film; once only:")
    with begin_pool() as pool:
        made = {pool.submit(make, name, folder): name for name in missing}
        for future in as_completed(made):
            name, took = made[future], future.result()
            tell(f"  samples/{name}: {CLIPS[name][1]:.0f} s of film, drawn in {took:.0f} s")


if __name__ == "__main__":
    main()
