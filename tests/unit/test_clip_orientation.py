"""Clips and stills stand the way up, and mirrored, that their display matrix says."""

from __future__ import annotations

from itertools import product
from math import cos, radians, sin
from pathlib import Path

import numpy as np
import pytest
from av.video.stream import VideoStream
from PIL import Image

from storyboard.studio.media.opening import probe_media
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.studio.stage.rooms.painting import draw_backdrop
from tests.support.made_clips import (
    QUARTERS,
    corners,
    in_yuv,
    is_near,
    moving_clip,
    quarters,
    shown,
)

_ONE = 1 << 16
STRAIGHT = [(a, 0, 0, d) for a, d in product((1, -1), repeat=2)]
TURNED = [(0, b, c, 0) for b, c in product((1, -1), repeat=2)]


def turned_clip(path: Path, matrix: tuple[float, float, float, float], container: str) -> Path:
    a, b, c, d = (round(each * _ONE) for each in matrix)

    def tag(stream: VideoStream) -> None:
        stream.set_display_matrix([a, b, 0, c, d, 0, 0, 0, 1 << 30])

    path = path.with_suffix(container)
    return moving_clip(path, [in_yuv(quarters(160, 96)) for _ in range(3)], prepare=tag)


def moved(matrix: tuple[float, float, float, float]) -> Corners:
    """Return the four colors where the matrix puts them: x' = a x + c y, y' = b x + d y."""
    a, b, c, d = matrix
    places: Corners = [[(0, 0, 0)] * 2, [(0, 0, 0)] * 2]
    for y, x in product((-1, 1), repeat=2):
        across, down = a * x + c * y, b * x + d * y
        places[down > 0][across > 0] = QUARTERS[y > 0][x > 0]
    return places


Corners = list[list[tuple[int, ...]]]


def same(seen: Corners, wanted: Corners, by: int = 8) -> bool:
    rows = zip((*seen[0], *seen[1]), (*wanted[0], *wanted[1]), strict=True)
    return all(is_near(one, other, by) for one, other in rows)


@pytest.mark.parametrize("container", [".mp4", ".mov"])
@pytest.mark.parametrize("matrix", [*STRAIGHT, *TURNED])
def test_all_eight_orientations(
    tmp_path: Path, matrix: tuple[float, float, float, float], container: str
) -> None:
    clip = turned_clip(tmp_path / "c", matrix, container)
    size = (160, 96) if matrix[0] else (96, 160)
    facts = probe_media(clip)
    assert (facts.width, facts.height) == size
    assert same(corners(shown(clip, *size)[0]), moved(matrix))


@pytest.mark.parametrize(("degrees", "like"), [(3, 0), (44, 0), (46, 90), (93, 90), (170, 180)])
def test_a_crooked_matrix_counts_as_the_nearest_quarter_turn(
    tmp_path: Path, degrees: int, like: int
) -> None:
    def matrix(turn: int) -> tuple[float, float, float, float]:
        return cos(radians(turn)), sin(radians(turn)), -sin(radians(turn)), cos(radians(turn))

    clip = turned_clip(tmp_path / "c", matrix(degrees), ".mp4")
    size = (96, 160) if like == 90 else (160, 96)
    assert same(corners(shown(clip, *size)[0]), moved(matrix(like)))


def test_a_matrix_of_zeros_turns_nothing(tmp_path: Path) -> None:
    clip = turned_clip(tmp_path / "c", (0, 0, 0, 0), ".mov")
    assert is_near(corners(shown(clip, 160, 96)[0])[0][0], QUARTERS[0][0])


EXIF = {
    1: (1, 0, 0, 1), 2: (-1, 0, 0, 1), 3: (-1, 0, 0, -1), 4: (1, 0, 0, -1),
    5: (0, 1, 1, 0), 6: (0, 1, -1, 0), 7: (0, -1, -1, 0), 8: (0, -1, 1, 0),
}  # fmt: skip
"""The matrix of each orientation that a camera notes."""


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
@pytest.mark.parametrize("orientation", EXIF)
def test_a_background_photo_stands_as_the_camera_was_held(
    tmp_path: Path, orientation: int, kind: str
) -> None:
    picture, exif = tmp_path / f"photo.{kind}", Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(quarters(160, 96)).save(picture, exif=exif.tobytes(), quality=95)
    matrix = EXIF[orientation]
    width, height = (160, 96) if matrix[0] else (96, 160)
    facts = probe_media(picture)
    assert (facts.width, facts.height) == (width, height)
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(picture)), width, height)
    assert same(corners(np.asarray(drawn)), moved(matrix), by=14)
