"""A picture is that of its frame, whatever came before it; one that stands still is kept."""

from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.scaling import Scaler
from tests.support.examples import examples


def picture(width: int, height: int, seed: int) -> VideoFrame:
    """Return soft shapes with some hard edges, as charts have them."""
    frame = VideoFrame(width, height, "yuv420p")
    random = np.random.default_rng(seed)
    for plane in planes_of(frame):
        rows, columns = (np.linspace(0, 3, n) for n in plane.shape)
        plane[...] = 120 + 60 * np.sin(rows[:, None] * 2 + seed) * np.cos(columns[None, :])
        for _ in range(6):
            y, x = (int(random.integers(0, n - 20)) for n in plane.shape)
            plane[y : y + 19, x : x + 20] = random.integers(20, 230)
    return frame


def is_same(one: VideoFrame, other: VideoFrame) -> bool:
    return all(map(np.array_equal, planes_of(one), planes_of(other)))


def size(height: int) -> tuple[int, int]:
    return round(height * 16 / 9) // 2 * 2, height


def changed(frame: VideoFrame, boxes: list[tuple[int, int, int, int, int]]) -> VideoFrame:
    """Return a copy with boxes (top, left, rows, columns, value) filled, chroma too."""
    following = VideoFrame(frame.width, frame.height, "yuv420p")
    for mine, its, by in zip(planes_of(following), planes_of(frame), (1, 2, 2), strict=True):
        np.copyto(mine, its)
        for top, left, rows, columns, value in boxes:
            mine[top // by : (top + rows) // by, left // by : (left + columns) // by] = value
    return following


@pytest.mark.parametrize("height", [360, 480, 720, 800, 1440])
def test_a_picture_stays_when_the_next_one_comes(height: int) -> None:
    scaler, frame = Scaler(1920, 1080), picture(*size(height), seed=3)
    first = scaler(frame)
    last = changed(frame, [(height - 2, size(height)[0] - 2, 2, 2, 250)])
    assert is_same(scaler(last), Scaler(1920, 1080)(last))
    assert is_same(first, Scaler(1920, 1080)(frame))


BOXES = st.tuples(
    st.integers(0, 719), st.integers(0, 1279),
    st.integers(1, 300), st.integers(1, 600), st.integers(0, 255),
)  # fmt: skip


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.lists(BOXES, min_size=1, max_size=4), max_size=4))
def test_what_changed_shows(
    changes: list[list[tuple[int, int, int, int, int]]],
) -> None:
    scaler = Scaler(1920, 1080)
    frame = picture(1280, 720, seed=1)
    scaler(frame)
    for boxes in changes:
        frame = changed(frame, boxes)
        assert is_same(scaler(frame), Scaler(1920, 1080)(frame))


def test_a_picture_that_stands_still_is_not_scaled_again() -> None:
    scaler = Scaler(1920, 1080)
    first = scaler(picture(1280, 720, seed=2))
    planes_of(first)[0][500, 600] = 77
    again = scaler(picture(1280, 720, seed=2))
    assert again is first
    assert planes_of(again)[0][500, 600] == 77


@pytest.mark.parametrize("height", [720, 1080, 800])
def test_the_picture_is_the_scalers_own(height: int) -> None:
    frame = picture(*size(height), seed=5)
    kept = [plane.copy() for plane in planes_of(frame)]
    for plane in planes_of(Scaler(1920, 1080)(frame)):
        plane[...] = 0
    for plane, before in zip(planes_of(frame), kept, strict=True):
        assert (plane == before).all()


def test_a_clip_may_change_its_size_midway() -> None:
    scaler = Scaler(1920, 1080)
    for height in (720, 540, 800, 720):
        scaled = scaler(picture(*size(height), seed=height))
        assert (scaled.width, scaled.height) == (1920, 1080)
        assert is_same(scaled, Scaler(1920, 1080)(picture(*size(height), seed=height)))
