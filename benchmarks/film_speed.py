"""Films against real time, against x264 alone, and against doing them over.

CPU seconds stand beside wall seconds, since a busy machine changes only the latter.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import av
import numpy as np
from av.error import BlockingIOError, EOFError

from benchmarks.measuring import Row
from storyboard.studio.film.crew import default_crew
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import (
    Backdrop,
    BackdropKind,
    Clip,
    Film,
    FilmRequest,
    FilmScene,
    Profile,
)
from storyboard.studio.film.segments import encode_pictures, split
from storyboard.studio.film.shots import Shot, shot_frames
from storyboard.studio.film.workers import cores

TEXTS = (
    "Welcome to part {0} of the training. We look at what changed since the last quarter, why it "
    "changed, and what that means for your own team and its plan for the coming months.",
    "Here we see the key metrics of part {0}. Revenue grew by twelve percent, the cost of support "
    "went down for the third time, and customers now get their first answer within the hour.",
)
SCENES = 12
PRESENTERS = ("jane", "adam", "maria")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one act took."""

    wall: float
    cpu: float


def measure() -> Iterator[Row]:
    """Make a film of two minutes cold, changed and unchanged; and some of it with x264 alone."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        scenes = _scenes(_busy_clip(root / "clip.mp4"))
        crew = default_crew()
        crew.voice_for("jane", "en").speak("Warm up.")

        def film(request: tuple[FilmScene, ...], cache: str) -> tuple[Film, Cost]:
            made: list[Film] = []
            cost = _cost(
                lambda: made.append(
                    make_film(FilmRequest(request), cache=root / cache, output=root / "film.mp4")
                )
            )
            return made[0], cost

        yield from _against_doing_over(film, scenes)
        shutil.rmtree(root / "long")
        yield from _against_x264(film, scenes[:2], root)


def _against_doing_over(
    film: Callable[[tuple[FilmScene, ...], str], tuple[Film, Cost]], scenes: tuple[FilmScene, ...]
) -> Iterator[Row]:
    made, cold = film(scenes, "long")
    yield Row(
        "film 1080p, half of it b-roll / real time", made.seconds / cold.wall, "x", "≥ 3",
        f"{made.seconds:.0f} s in {cold.wall:.1f} s, {cold.cpu / made.seconds:.2f} CPU-s a second, "
        f"{cores()} cores: {made.seconds * cores() / cold.cpu:.1f}x if they were idle",
    )  # fmt: skip
    word = replace(scenes[6], narration=scenes[6].narration.replace("part", "chapter"))
    again, changed = film((*scenes[:6], word, *scenes[7:]), "long")
    assert again.rendered_scenes == (6,)
    yield Row(
        "film, one scene of it changed / cold", changed.wall / cold.wall, "", "< 0.1",
        f"{changed.wall:.2f} s, CPU {changed.cpu / cold.cpu:.3f}",
    )  # fmt: skip
    _, unchanged = film((*scenes[:6], word, *scenes[7:]), "long")
    yield Row("film, nothing changed", unchanged.wall, "s", "< 1", f"{unchanged.cpu:.2f} CPU-s")


def _against_x264(
    film: Callable[[tuple[FilmScene, ...], str], tuple[Film, Cost]],
    scenes: tuple[FilmScene, ...],
    root: Path,
) -> Iterator[Row]:
    """Encode the very pictures of a short film, already painted, and the film, in turn."""
    profile = Profile()
    made, _ = film(scenes, "first")
    painted = _painted(made, scenes, profile, root / "raw")
    ratios, works = [], []
    for attempt in range(2):
        floor = _cost(lambda: _encode_all(painted, profile, root / "floor"))
        _, cost = film(scenes, f"cold-{attempt}")
        ratios.append(cost.wall / floor.wall)
        works.append(cost.cpu / floor.cpu)
    yield Row(
        "film, cold / x264 alone on the same raw frames", min(ratios), "", "≤ 1.3",
        f"CPU {min(works):.2f}, with speech, drawing, decoding, sound and joining",
    )  # fmt: skip


def _scenes(clip: Path) -> tuple[FilmScene, ...]:
    mint = Backdrop(BackdropKind.COLOR, "#CEEEDB")
    office = Backdrop(BackdropKind.LIBRARY, "office-1")
    return tuple(
        FilmScene(
            TEXTS[index % 2].format(index + 1),
            PRESENTERS[index % 3],
            (mint, office)[index % 4 // 2],
            Clip(clip, 1.5 * index) if index % 2 else None,
        )
        for index in range(SCENES)
    )


def _busy_clip(path: Path) -> Path:
    graph = av.filter.Graph()
    steps = [
        graph.add("testsrc2", "size=1280x720:rate=25:duration=32"),
        graph.add("format", "yuv420p"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*steps).configure()
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=25, options={"preset": "veryfast", "g": "50"})
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuv420p"
        while True:
            try:
                frame = graph.vpull()
            except (EOFError, BlockingIOError):
                break
            frame.pict_type = 0
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def _painted(
    film: Film, scenes: tuple[FilmScene, ...], profile: Profile, raw: Path
) -> list[np.ndarray]:
    """Paint every segment's pictures into files; the page cache holds them."""
    raw.mkdir()
    crew = default_crew()
    drawings = Drawings(crew, profile.width, profile.height)
    painted = []
    for index, (scene, timing) in enumerate(zip(scenes, film.timeline, strict=True)):
        voice = crew.voice_for(scene.presenter, film.language)
        phones = voice.speak(scene.narration).phones
        poses = crew.performance(phones, timing.frames, profile.fps, 0.25, scene.narration)
        first = 0
        for count in split(timing.frames, profile.fps):
            shape = (count, profile.height * 3 // 2, profile.width)
            store = np.memmap(raw / f"{index}-{first}", np.uint8, "w+", shape=shape)
            shot = Shot(scene, first, poses[first : first + count])
            for number, frame in enumerate(shot_frames(shot, profile, drawings)):
                store[number] = frame.to_ndarray()
            painted.append(store)
            first += count
    return painted


def _encode_all(painted: list[np.ndarray], profile: Profile, folder: Path) -> None:
    folder.mkdir(exist_ok=True)

    def encode(number: int) -> None:
        frames = (av.VideoFrame.from_ndarray(each, "yuv420p") for each in painted[number])
        encode_pictures(frames, folder / f"{number}.mp4", profile)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(encode, range(len(painted))))


def _cost(act: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)
