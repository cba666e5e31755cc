"""A picture brought up to date is the picture scaled whole, whatever came before it."""

from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.scaling import Scaler, cut, window
from tests.support.examples import examples

HEIGHTS = [(360, 1080), (480, 1080), (540, 1080), (720, 1080), (1440, 1080), (2160, 1080)]


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


def difference(one: VideoFrame, other: VideoFrame) -> tuple[float, int]:
    """Return the mean and the greatest difference of two pictures' samples."""
    apart = [
        np.abs(a.astype(int) - b).ravel()
        for a, b in zip(planes_of(one), planes_of(other), strict=True)
    ]
    every = np.concatenate(apart)
    return float(every.mean()), int(every.max())


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


@pytest.mark.parametrize(("height", "film"), HEIGHTS)
def test_a_picture_that_changes_everywhere_in_turn_is_the_whole_picture(
    height: int, film: int
) -> None:
    width, _ = size(height)
    assert cut(height, film) is not None
    scaler, frame = Scaler(*size(film)), picture(*size(height), seed=3)
    scaler(frame)
    for left in range(0, width, width // 4):
        wanted = picture(*size(height), seed=4)
        for mine, its, by in zip(planes_of(wanted), planes_of(frame), (1, 2, 2), strict=True):
            mine[:, (left + width // 4) // by :] = its[:, (left + width // 4) // by :]
        scaled = scaler(wanted)
        mean, most = difference(scaled, Scaler(*size(film))(wanted, whole=True))
        assert mean < 0.1
        assert most <= 2  # swscale rounds its way across and down the picture


@pytest.mark.parametrize("film", [360, 540, 640, 720, 1080, 1920])
def test_windows_cover_a_side_and_never_leave_it(film: int) -> None:
    for length in range(2, 4000, 2):
        side = cut(length, film)
        if side is None:
            continue
        assert side.parts * side.source == length
        assert side.parts * side.film == film
        for part in range(side.parts):
            for count in range(1, side.parts - part + 1):
                its = window(side, part, count)
                assert (its.first, its.kept) == (part * side.film, count * side.film)
                assert its.begin % 4 == 0 == its.film_length % 2
                assert its.length * film == its.film_length * length
                assert 0 <= its.begin <= part * side.source
                end = its.begin + its.length
                assert (part + count) * side.source <= end <= length
                assert its.skipped * length == (part * side.source - its.begin) * film
                inner = (its.begin > 0, end < length)
                before = part * side.source - its.begin
                after = end - (part + count) * side.source
                assert all(
                    not cuts or margin >= side.margin
                    for cuts, margin in zip(inner, (before, after), strict=True)
                )


BOXES = st.tuples(
    st.integers(0, 719), st.integers(0, 1279),
    st.integers(1, 300), st.integers(1, 600), st.integers(0, 255),
)  # fmt: skip


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.lists(BOXES, min_size=1, max_size=4), max_size=4))
def test_what_changed_shows_and_the_rest_stays(
    changes: list[list[tuple[int, int, int, int, int]]],
) -> None:
    scaler = Scaler(1920, 1080)
    frame = picture(1280, 720, seed=1)
    scaler(frame)
    for boxes in changes:
        frame = changed(frame, boxes)
        mean, most = difference(scaler(frame), Scaler(1920, 1080)(frame))
        assert mean < 0.1
        assert most <= 2


@pytest.mark.parametrize("width", [1280, 854, 1000, 640])
def test_a_small_change_leaves_the_rest_as_it_lies(width: int) -> None:
    """Far from what changed nothing is written, also where the width cannot be cut."""
    height = 720
    scaler = Scaler(1920, 1080)
    frame = picture(width, height, seed=8)
    canvas = planes_of(scaler(frame))
    canvas[0][1000, 1900] = 99
    scaler(changed(frame, [(100, 60, 8, 8, 250)]))
    assert canvas[0][1000, 1900] == 99
    assert canvas[0][156, round(64 * 1920 / width)] > 200


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
        mean, _ = difference(scaled, Scaler(1920, 1080)(picture(*size(height), seed=height)))
        assert mean == 0
