"""Films against real time, against x264 alone, and against doing them over.

CPU seconds stand beside wall seconds, since a busy machine changes only the latter.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import av
import numpy as np

from benchmarks.filming import Cost, cost, dashboard_clip, noisy_clip, scenes_over, shots_of
from benchmarks.measuring import Row
from storyboard.studio.film.crew import default_crew
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import Film, FilmRequest, FilmScene, Profile
from storyboard.studio.film.segments import encode_pictures
from storyboard.studio.film.shots import Shot, shot_frames
from storyboard.studio.film.workers import cores

SCENES = 12
"""Scenes of a film of two minutes and a half."""


def measure() -> Iterator[Row]:
    """Make a long film cold, changed and unchanged; and some of it with x264 alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        crew = default_crew()
        crew.voice_for("jane", "en").speak("Warm up.")
        scenes = scenes_over(dashboard_clip(root / "dashboard.mp4"), SCENES)
        yield from _against_doing_over(scenes, root / "long")
        yield from _against_x264(scenes[:2], root)
        noisy = scenes_over(noisy_clip(root / "noisy.mp4"), 2)
        yield _against_real_time("film 1080p, half of it noisy b-roll", *_film(noisy, root / "n"))


def _film(scenes: tuple[FilmScene, ...], cache: Path) -> tuple[Film, Cost]:
    made: list[Film] = []

    def make() -> None:
        output = cache.with_suffix(".mp4")
        made.append(make_film(FilmRequest(scenes), cache=cache, output=output))

    taken = cost(make)
    return made[0], taken


def _against_real_time(name: str, film: Film, cold: Cost) -> Row:
    return Row(
        f"{name} / real time", film.seconds / cold.wall, "x", "≥ 3",
        f"{film.seconds:.0f} s in {cold.wall:.1f} s, {cold.cpu / film.seconds:.2f} CPU-s a second, "
        f"{cores()} cores: {film.seconds * cores() / cold.cpu:.1f}x if they were idle",
    )  # fmt: skip


def _against_doing_over(scenes: tuple[FilmScene, ...], cache: Path) -> Iterator[Row]:
    made, cold = _film(scenes, cache)
    yield _against_real_time("film 1080p, half of it b-roll", made, cold)
    word = replace(scenes[6], narration=scenes[6].narration.replace("part", "chapter"))
    edited = (*scenes[:6], word, *scenes[7:])
    again, changed = _film(edited, cache)
    assert again.rendered_scenes == (6,)
    yield Row(
        "film, one scene of it changed / cold", changed.wall / cold.wall, "", "< 0.1",
        f"{changed.wall:.2f} s, CPU {changed.cpu / cold.cpu:.3f}",
    )  # fmt: skip
    _, unchanged = _film(edited, cache)
    yield Row("film, nothing changed", unchanged.wall, "s", "< 1", f"{unchanged.cpu:.2f} CPU-s")


def _against_x264(scenes: tuple[FilmScene, ...], root: Path) -> Iterator[Row]:
    """Encode the very pictures of a short film, already painted, and the film, in turn."""
    profile = Profile()
    made, _ = _film(scenes, root / "first")
    painted = _painted(made, scenes, profile, root / "raw")
    ratios, works = [], []
    for attempt in range(3):
        floor = cost(lambda: _encode_all(painted, profile, root / "floor"))
        _, cold = _film(scenes, root / f"cold-{attempt}")
        ratios.append(cold.wall / floor.wall)
        works.append(cold.cpu / floor.cpu)
    yield Row(
        "film, cold / x264 alone on the same raw frames", sorted(ratios)[1], "", "≤ 1.3",
        f"CPU {sorted(works)[1]:.2f}, with speech, drawing, decoding, sound and joining",
    )  # fmt: skip


def _painted(
    film: Film, scenes: tuple[FilmScene, ...], profile: Profile, raw: Path
) -> list[np.ndarray]:
    """Paint every segment's pictures into files; the page cache holds them."""
    raw.mkdir()
    crew = default_crew()
    drawings = Drawings(crew, profile.width, profile.height)

    def paint(number: int, shot: Shot) -> np.ndarray:
        shape = (len(shot.poses), profile.height * 3 // 2, profile.width)
        store = np.memmap(raw / str(number), np.uint8, "w+", shape=shape)
        for at, frame in enumerate(shot_frames(shot, profile, drawings)):
            store[at] = frame.to_ndarray()
        return store

    shots = [shot for row in shots_of(film, scenes, crew, profile) for shot in row]
    return [paint(number, shot) for number, shot in enumerate(shots)]


def _encode_all(painted: list[np.ndarray], profile: Profile, folder: Path) -> None:
    folder.mkdir(exist_ok=True)

    def encode(number: int) -> None:
        frames = (av.VideoFrame.from_ndarray(each, "yuv420p") for each in painted[number])
        encode_pictures(frames, folder / f"{number}.mp4", profile)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(encode, range(len(painted))))
