"""The film that the film benchmarks make: its scenes and clips."""

from __future__ import annotations

from pathlib import Path

import av
from av.error import BlockingIOError, EOFError

from samples.broll.canvas import write_mp4
from samples.broll.dashboard import dashboard
from storyboard.studio.film.acting import act_takes
from storyboard.studio.film.performers import Crew
from storyboard.studio.film.rendering import shots_of_scene
from storyboard.studio.film.request import Clip, Film, FilmScene, Profile
from storyboard.studio.film.shots import Shot
from storyboard.studio.film.speaking import mastered
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind

TEXTS = (
    "Welcome to part {0} of the training. We look at what changed since the last quarter, why it "
    "changed, and what that means for your own team and its plan for the coming months.",
    "Here we see the key metrics of part {0}. Revenue grew by twelve percent, the cost of support "
    "went down for the third time, and customers now get their first answer within the hour.",
)
PRESENTERS = ("jane", "adam", "maria")
CLIP_SECONDS = 28


def scenes_over(clip: Path, count: int) -> tuple[FilmScene, ...]:
    """Return so many scenes of some 13 seconds, every second one over the clip."""
    mint = Backdrop(BackdropKind.COLOR, "#CEEEDB")
    office = Backdrop(BackdropKind.LIBRARY, "office-1")
    return tuple(
        FilmScene(
            TEXTS[index % 2].format(index + 1),
            PRESENTERS[index % 3],
            (mint, office)[index % 4 // 2],
            Clip(clip, 1.2 * index) if index % 2 else None,
        )
        for index in range(count)
    )


def dashboard_clip(path: Path) -> Path:
    """Draw b-roll as people have it: 720p, a screen on which some things move."""
    write_mp4(path, dashboard("en", CLIP_SECONDS, 25), 25)
    return path


def noisy_clip(path: Path) -> Path:
    """Draw b-roll of which every frame is new everywhere."""
    graph = av.filter.Graph()
    steps = [
        graph.add("testsrc2", f"size=1280x720:rate=25:duration={CLIP_SECONDS}"),
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


def shots_of(
    film: Film, scenes: tuple[FilmScene, ...], crew: Crew, profile: Profile
) -> list[tuple[Shot, ...]]:
    """Return each scene's shots, as the film was made of them."""
    shots: list[tuple[Shot, ...]] = []
    for scene in scenes:
        speech = mastered(crew.voice_for(scene.presenter, film.language).speak(scene.narration))
        side, opens = None if scene.clip is None else Layout.RIGHT, not shots
        takes = act_takes(crew, scene, speech, film.language, profile.fps, side, opens=opens)
        shots.append(tuple(shots_of_scene(scene, takes, profile.fps)))
    return shots
