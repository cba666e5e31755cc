"""Films with the studio's own voices and presenters, as a viewer would judge them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.caption_files import write_vtt
from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.make import make_film
from storyboard.studio.film.overlay_presenter import OverlayPresenter
from storyboard.studio.film.parts import redrawn
from storyboard.studio.film.performers import default_crew
from storyboard.studio.film.picture import Patch, Tile, composed, patch, planes_of
from storyboard.studio.film.request import DRAFT, Clip, FilmRequest, FilmScene
from storyboard.studio.jobs.makers import speech
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import MAX_REACH, Eyes, Gesture, Mouth, Pose
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from tests.support.film_crew import numbered_clip

MINT = Backdrop(BackdropKind.COLOR, "#CEEEDB")
POSES = [
    Pose(Mouth.AA, Eyes.OPEN, 3, 0),
    Pose(Mouth.UW, Eyes.CLOSED, -3, 2),
    Pose(Mouth.LTH, Eyes.HALF, 1, 3),
    Pose(Mouth.AA, Eyes.HALF, 1, 3),
    Pose(Mouth.UW, Eyes.OPEN, 1, 3, after=Mouth.AA),
    Pose(Mouth.UW, Eyes.OPEN, 1, 3, brows=3),
    Pose(Mouth.MBP, Eyes.OPEN, 1, 3),
    Pose(Mouth.MBP, Eyes.OPEN, -12, 3, nod=3),
    Pose(Mouth.AA, Eyes.CLOSED, -12, 3, nod=3, brows=2),
    Pose(Mouth.AA, Eyes.OPEN, 12, 3),
    Pose(Mouth.REST, Eyes.OPEN, 12, 1),
    Pose(Mouth.EH, gesture=Gesture.BOTH, reach=MAX_REACH),
    Pose(Mouth.EH, tilt=4, lift=1, gesture=Gesture.BOTH, reach=6),
    Pose(),
]


class WholeDrawings(Drawings):
    """Draws in one piece what a film puts together from parts: how the parts must look."""

    def frame(self, presenter: str, backdrop: Backdrop, pose: Pose) -> Tile:
        return self._tile(presenter, backdrop, pose, None, Layout.FULL, (0, 0, *self._size))

    def whole_over_clip(self, presenter: str, pose: Pose, layout: Layout) -> Patch:
        figure, x, y = self._standing(
            presenter, pose, None, self._places[layout], (0, 0, *self._size)
        )
        return patch(composed(self._shadow(presenter, layout), figure, x, y), 0, 0)


@pytest.mark.parametrize("presenter", ["jane", "adam", "yasmin", "taylor"])
def test_a_head_leaves_no_seam_on_its_body(presenter: str) -> None:
    crew = default_crew()
    drawings = WholeDrawings(crew, 640, 360)
    frame, whole = (av.VideoFrame(640, 360, "yuv420p") for _ in range(2))
    before = None
    drawings.ground(MINT, Layout.FULL).stamp(planes_of(frame))
    for pose in POSES:
        for part in redrawn(before, pose):
            drawings.part(presenter, MINT, pose, part, Layout.FULL).stamp(planes_of(frame))
        before = pose
        drawings.frame(presenter, MINT, pose).stamp(planes_of(whole))
        for mine, wanted in zip(planes_of(frame), planes_of(whole), strict=True):
            assert np.abs(mine.astype(int) - wanted).max() <= 2


@pytest.mark.parametrize(
    ("size", "layout"),
    [
        ((640, 360), Layout.LEFT),
        ((958, 538), Layout.RIGHT),
        pytest.param((1920, 1080), Layout.RIGHT, marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("presenter", ["jane", "maria", "derek", "yasmin", "larry"])
def test_no_clip_shines_through_an_overlay(
    presenter: str, size: tuple[int, int], layout: Layout
) -> None:
    drawings = WholeDrawings(default_crew(), *size)
    acting = OverlayPresenter(drawings, presenter)
    for pose in POSES:
        parts, whole = (av.VideoFrame(*size, "yuv420p") for _ in range(2))
        for frame in (parts, whole):
            for plane, value in zip(planes_of(frame), (120, 20, 240), strict=True):
                plane[...] = value
        for piece in acting.patches(pose, layout):
            piece.blend(planes_of(parts))
        drawings.whole_over_clip(presenter, pose, layout).blend(planes_of(whole))
        for mine, wanted in zip(planes_of(parts), planes_of(whole), strict=True):
            assert np.abs(mine.astype(int) - wanted).max() <= 5


@pytest.mark.slow
def test_a_film_shows_its_background_its_clip_and_speaks(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "clip.mp4", frames=200, size=(640, 360))
    scenes = (
        FilmScene("Welcome to the overview of this quarter.", "jane", MINT),
        FilmScene("Here we see the numbers, and they are good.", "adam", MINT, Clip(clip, 2.0)),
    )
    film = make_film(FilmRequest(scenes, DRAFT), cache=tmp_path / "c", output=tmp_path / "f.mp4")
    assert film.language == "en"
    with av.open(str(film.path)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
        container.seek(0)
        sound = np.concatenate([f.to_ndarray()[0] for f in container.decode(audio=0)])
    assert len(frames) == film.frames
    mint = default_crew().draw_backdrop(MINT, DRAFT.width, DRAFT.height)
    for y, x in ((30, 30), (270, 100), (100, 900)):
        difference = frames[10][y, x].astype(int) - mint[y, x]
        assert np.abs(difference).max() <= 4
    second = film.timeline[1].start_frame + 5
    gray = round((16 + 2 * 55 - 16) * 255 / 219)
    assert np.abs(frames[second][20, 20].astype(int) - gray).max() <= 4
    motion = [np.abs(a.astype(int) - b).max() for a, b in pairwise(frames[5:61])]
    assert sum(value > 60 for value in motion) > 10
    speech = np.abs(sound[12_000 : 12_000 + 48_000]).max()
    assert speech > 0.1
    assert np.abs(sound[:8_000]).max() < 0.01
    assert write_vtt(film.captions).count("-->") == 2


def test_a_preview_is_mp3_speech() -> None:
    told = speech("Bonjour à tous, voici la formation.", "jane", ["Merci beaucoup."])
    content = b"".join(told)
    assert content[0] == 0xFF
    assert len(content) > 8_000
