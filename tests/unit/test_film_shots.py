"""A picture of a shot is what its frame shows, whatever the shot showed before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.studio.film.drawings import Drawings
from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.request import Clip, FilmScene
from storyboard.studio.film.segments import encode_pictures
from storyboard.studio.film.shots import Shot, shot_frames
from storyboard.studio.stage.placement import Layout
from storyboard.studio.stage.pose import Mouth, Pose
from tests.support.film_crew import GREEN, SMALL, small_crew

POSES = (Pose(), Pose(Mouth.AA), Pose(Mouth.AA), Pose(tilt=4), Pose(tilt=4), Pose(lift=2))


def clip_of(path: Path, *, fps: int, moves: bool, size: tuple[int, int] = (640, 360)) -> Clip:
    """Write gray with a colored square, which moves or stays, in what is behind the presenter."""

    def pictures():  # type: ignore[no-untyped-def]
        for index in range(2 * fps):
            frame = av.VideoFrame(*size, "yuv420p")
            left = size[0] * 5 // 8 + (6 * index if moves else 0)
            for plane, by, gray, value in zip(
                planes_of(frame), (1, 2, 2), (90, 128, 128), (200, 60, 210), strict=True
            ):
                plane[...] = gray
                plane[size[1] // 2 // by :, left // by : left // by + 60 // by] = value
            yield frame

    encode_pictures(pictures(), path, replace(SMALL, width=size[0], height=size[1], fps=fps))
    return Clip(path, 0.0)


def shown(clip: Clip, first: int, poses: tuple[Pose, ...]) -> list[np.ndarray]:
    shot = Shot(FilmScene("word", "jane", GREEN, clip), first, poses, Layout.RIGHT)
    drawings = Drawings(small_crew(), SMALL.width, SMALL.height)
    return [frame.to_ndarray() for frame in shot_frames(shot, SMALL, drawings)]


@pytest.mark.parametrize(
    ("fps", "moves", "loop", "size"),
    [
        (25, True, None, (640, 360)),
        (10, True, None, (640, 360)),
        (25, False, None, (640, 360)),
        (25, True, 2 / 25, (640, 360)),
        (10, True, None, (320, 180)),
        (10, True, None, (180, 320)),
    ],
    ids=["moves", "comes again", "stands still", "loops", "is not scaled", "on a ground of itself"],
)
def test_a_picture_over_a_clip_does_not_depend_on_those_before(
    tmp_path: Path, fps: int, moves: bool, loop: float | None, size: tuple[int, int]
) -> None:
    clip = replace(clip_of(tmp_path / "clip.mp4", fps=fps, moves=moves, size=size), loop=loop)
    pictures = shown(clip, 0, POSES)
    for index, pose in enumerate(POSES):
        (alone,) = shown(clip, index, (pose,))
        np.testing.assert_array_equal(pictures[index], alone)
