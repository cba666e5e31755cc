"""Make the b-roll of the samples: `python -m samples.broll`. What is there already stays."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
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


def make(name: str) -> str:
    """Make one clip, and the captions that belong to it."""
    picture, seconds, fps = CLIPS[name]
    path = SAMPLES / name
    write_mp4(path, picture(seconds, fps), fps)
    module = {"keynote": keynote, "tutorial": tutorial}.get(path.stem)
    if module is not None:
        write_captions(path.with_suffix(".vtt"), module.captions(seconds))
    return name


def main() -> None:
    """Make every clip that is missing, on all cores."""
    missing = [name for name in CLIPS if not (SAMPLES / name).exists()]
    if not missing:
        return
    print(f"drawing {len(missing)} clips of b-roll …", file=sys.stderr)
    with ProcessPoolExecutor() as pool:
        for name in pool.map(make, missing):
            print(f"  samples/{name}", file=sys.stderr)


if __name__ == "__main__":
    main()
