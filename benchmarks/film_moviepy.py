"""The same film by a MoviePy 2 script, in an environment of its own. Not run unless asked for.

MoviePy pins an older Pillow than ours, so it never comes near our environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from benchmarks.filming import dashboard_clip, scenes_over, shots_of
from benchmarks.measuring import Row, cost
from storyboard.studio.film.make import make_film
from storyboard.studio.film.performers import default_crew
from storyboard.studio.film.request import Film, FilmRequest, FilmScene, Profile
from storyboard.studio.film.shots import Shot
from storyboard.studio.film.speaking import mastered
from storyboard.studio.film.timeline import LEAD_SAMPLES, SAMPLE_RATE
from storyboard.studio.stage.placement import Layout, placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.presenter import draw_presenter
from storyboard.studio.stage.rooms.painting import draw_backdrop

MOVIEPY = "moviepy==2.2.1"
_SCRIPT = Path(__file__).with_name("moviepy_script.py")


def measure() -> Iterator[Row]:
    """Compose two scenes, one of them over b-roll, both ways."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        scenes = scenes_over(dashboard_clip(root / "dashboard.mp4"), 2)
        default_crew().voice_for("jane", "en").speak("Warm up.")
        python = _environment(root / "venv")
        made: list[Film] = []

        def make() -> None:
            made.append(
                make_film(FilmRequest(scenes), cache=root / "cache", output=root / "ours.mp4")
            )

        ours = cost(make)
        film = made[0]
        wanted = root / "wanted.json"
        wanted.write_text(json.dumps(_wanted(film, scenes, root)))
        before, begun = os.times(), time.perf_counter()
        subprocess.run([python, _SCRIPT, wanted], check=True)
        theirs, after = time.perf_counter() - begun, os.times()
        work = sum(after[2:4]) - sum(before[2:4])
    yield Row(
        "film 1080p by MoviePy 2 / by us", theirs / ours.wall, "x", "≥ 6",
        f"{film.seconds:.0f} s in {theirs:.1f} s against {ours.wall:.1f} s, CPU "
        f"{work / ours.cpu:.1f}x; we drew and spoke, too",
    )  # fmt: skip


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", MOVIEPY], check=True)
    return python


def _wanted(film: Film, scenes: tuple[FilmScene, ...], root: Path) -> dict[str, Any]:
    """Draw and speak all that the script is given, and tell it where that lies."""
    profile = Profile()
    crew = default_crew()
    rows = []
    for index, shots in enumerate(shots_of(film, scenes, crew, profile)):
        scene = scenes[index]
        sound = root / f"{index}.wav"
        speech = mastered(crew.voice_for(scene.presenter, film.language).speak(scene.narration))
        _write_wave(sound, np.pad(speech.pcm, (LEAD_SAMPLES, SAMPLE_RATE)))
        backdrop = root / f"{index}.png"
        Image.fromarray(draw_backdrop(scene.backdrop, profile.width, profile.height)).save(backdrop)
        rows.append(
            {
                "seconds": film.timeline[index].frames / profile.fps,
                "clip": scene.clip and str(scene.clip.path),
                "start": scene.clip and scene.clip.start,
                "backdrop": str(backdrop),
                "sound": str(sound),
                **_figure(scene, shots, profile, root),
            }
        )
    return {
        "scenes": rows,
        "size": [profile.width, profile.height],
        "fps": profile.fps,
        "preset": profile.preset,
        "crf": profile.crf,
        "subme": profile.subme,
        "output": str(root / "theirs.mp4"),
    }


def _figure(
    scene: FilmScene, shots: tuple[Shot, ...], profile: Profile, root: Path
) -> dict[str, Any]:
    layout = Layout.FULL if scene.clip is None else Layout.RIGHT
    place = placement(layout, profile.width, profile.height)
    drawn: dict[Pose, str] = {}
    poses = [pose for shot in shots for pose in shot.poses]
    for pose in poses:
        if pose not in drawn:
            path = root / f"{scene.presenter}-{layout.value}-{len(drawn)}.png"
            Image.fromarray(draw_presenter(scene.presenter, pose, place.height)).save(path)
            drawn[pose] = str(path)
    return {"place": [place.x, place.y], "poses": [drawn[pose] for pose in poses]}


def _write_wave(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes(samples.astype("<i2").tobytes())
