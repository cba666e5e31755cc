"""Films against real time, against x264 alone, and against doing them over.

CPU seconds stand beside wall seconds, since a busy machine changes only the latter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import mean

import av
import numpy as np

from benchmarks.filming import dashboard_clip, noisy_clip, scenes_over, shots_of
from benchmarks.measuring import Cost, Row, cost
from storyboard.cores import cores
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.make import make_film
from storyboard.studio.film.performers import default_crew
from storyboard.studio.film.request import Film, FilmRequest, FilmScene, Profile
from storyboard.studio.film.segments import encode_pictures
from storyboard.studio.film.shots import Shot, shot_frames

SCENES = 12
"""Scenes of a film of two minutes and a half."""

CHANGED = {"full-screen": (4, 6, 8), "over b-roll": (5, 7, 9)}
"""Scenes to change a word of, by what they stand on."""

_PAINTED = 8
"""Segments whose pictures are held in memory at once: some 2 GiB."""


def measure() -> Iterator[Row]:
    """Make a long film cold, changed and unchanged; and some of it with x264 alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        crew = default_crew()
        crew.voice_for("jane", "en").speak("Warm up.")
        scenes = scenes_over(dashboard_clip(root / "dashboard.mp4"), SCENES)
        yield from _against_doing_over(scenes, root / "long")
        noisy = scenes_over(noisy_clip(root / "noisy.mp4"), 2)
        made, cold = _film(noisy, root / "n")
        yield _against_real_time("film 1080p, half of it noisy b-roll", made, cold, "≥ 3")


def make_once(scenes: tuple[FilmScene, ...], cache: Path) -> Film:
    """Make a film with what is in a cache, beside which it is put."""
    return make_film(FilmRequest(scenes), cache=cache, output=cache.with_suffix(".mp4"))


def with_word_changed(scenes: tuple[FilmScene, ...], index: int) -> tuple[FilmScene, ...]:
    """Return the scenes with another word in one of them."""
    scene = scenes[index]
    word = replace(scene, narration=scene.narration.replace("part", "chapter"))
    return (*scenes[:index], word, *scenes[index + 1 :])


def _film(scenes: tuple[FilmScene, ...], cache: Path) -> tuple[Film, Cost]:
    made: list[Film] = []
    taken = cost(lambda: made.append(make_once(scenes, cache)))
    return made[0], taken


def _against_real_time(name: str, film: Film, cold: Cost, bound: str) -> Row:
    return Row(
        f"{name} / real time", film.seconds / cold.wall, "x", bound,
        f"{film.seconds:.0f} s in {cold.wall:.1f} s, {cold.cpu / film.seconds:.2f} CPU-s a second, "
        f"{cores()} cores: {film.seconds * cores() / cold.cpu:.1f}x if they were idle",
    )  # fmt: skip


def _against_doing_over(scenes: tuple[FilmScene, ...], cache: Path) -> Iterator[Row]:
    made, cold = _film(scenes, cache)
    yield _against_real_time("film 1080p, half of it b-roll", made, cold, "≥ 5")
    again, cold_again = _film(scenes, cache.with_name("again"))
    once = _against_x264(made, cold, scenes, cache)
    over = _against_x264(again, cold_again, scenes, cache)
    yield Row(
        "film, cold / x264 alone on the same raw frames", mean((once.wall, over.wall)), "", "≤ 1.3",
        f"CPU {mean((once.cpu, over.cpu)):.2f}, with speech, drawing, decoding, sound and joining",
    )  # fmt: skip
    whole = mean((cold.wall, cold_again.wall))
    plain, b_roll = (
        mean(_changed(scenes, at, cache).wall for at in each) for each in CHANGED.values()
    )
    yield Row(
        "film, one scene of it changed / cold", mean((plain, b_roll)) / whole, "", "< 0.1",
        f"full-screen {plain / whole:.3f} ({plain:.1f} s), over b-roll {b_roll / whole:.3f} "
        f"({b_roll:.1f} s), {len(CHANGED['over b-roll'])} of each",
    )  # fmt: skip
    _, unchanged = _film(scenes, cache)
    yield Row("film, nothing changed", unchanged.wall, "s", "< 1", f"{unchanged.cpu:.2f} CPU-s")


def _changed(scenes: tuple[FilmScene, ...], index: int, cache: Path) -> Cost:
    """Film it with one word of one scene changed."""
    again, changed = _film(with_word_changed(scenes, index), cache)
    assert again.rendered_scenes == (index,)
    return changed


def _against_x264(made: Film, cold: Cost, scenes: tuple[FilmScene, ...], root: Path) -> Cost:
    """Encode the very pictures of the film, already painted, with as many threads.

    Returns what the film cost, in times of that. A core that waits for the last segment of a batch
    does not count for x264: with all pictures at hand it would have gone on.
    """
    profile = Profile()
    crew = default_crew()
    drawings = Drawings(crew, profile.width, profile.height)
    shots = [shot for row in shots_of(made, scenes, crew, profile) for shot in row]
    seconds: list[float] = []
    cpu = 0.0
    for first in range(0, len(shots), _PAINTED):
        painted = [_painted(shot, profile, drawings) for shot in shots[first : first + _PAINTED]]
        cpu += cost(partial(_encode_all, painted, profile, root, seconds)).cpu
    return Cost(cold.wall / (sum(seconds) / cores()), cold.cpu / cpu)


def _painted(shot: Shot, profile: Profile, drawings: Drawings) -> np.ndarray:
    shape = (len(shot.poses), profile.height * 3 // 2, profile.width)
    store = np.empty(shape, np.uint8)
    for at, frame in enumerate(shot_frames(shot, profile, drawings)):
        store[at] = frame.to_ndarray()
    return store


def _encode_all(
    painted: list[np.ndarray], profile: Profile, folder: Path, seconds: list[float]
) -> None:
    """Encode segments, as many at once as there are cores; add the seconds that each took."""

    def encode(number: int) -> float:
        frames = (av.VideoFrame.from_ndarray(each, "yuv420p") for each in painted[number])
        path = folder / f"floor-{number}.mp4"
        return cost(partial(encode_pictures, frames, path, profile)).wall

    with ThreadPoolExecutor(cores()) as pool:
        seconds.extend(pool.map(encode, range(len(painted))))
