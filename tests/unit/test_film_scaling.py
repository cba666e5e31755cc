"""A picture scaled in bands is the picture scaled whole, whatever came before it."""

from __future__ import annotations

import numpy as np
import pytest
from av import VideoFrame
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.picture import planes_of
from storyboard.studio.film.scaling import Scaler, bands

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


@pytest.mark.parametrize(("height", "film"), HEIGHTS)
def test_bands_together_are_the_whole_picture(height: int, film: int) -> None:
    frame = picture(*size(height), seed=3)
    assert bands(height, film) is not None
    whole = Scaler(*size(film))(frame, whole=True)
    mean, most = difference(Scaler(*size(film))(frame), whole)
    assert mean < 0.1
    assert most <= 1  # swscale rounds its way down the picture


@pytest.mark.parametrize("film", [360, 540, 720, 1080])
def test_bands_cover_the_picture_and_never_leave_it(film: int) -> None:
    for height in range(2, 2400, 2):
        cut = bands(height, film)
        if cut is None:
            continue
        assert cut.count * cut.source == height
        assert cut.count * cut.film == film
        assert cut.margin * film == cut.film_margin * height
        for band in range(cut.count):
            begin = cut.begins(band)
            assert begin % 4 == 0
            assert 0 <= begin <= band * cut.source
            assert (band + 1) * cut.source <= begin + cut.window <= height


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 719), st.integers(1, 60), st.integers(0, 255)), max_size=4)
)
def test_what_changed_shows_and_the_rest_stays(changes: list[tuple[int, int, int]]) -> None:
    scaler = Scaler(1920, 1080)
    frame = picture(1280, 720, seed=1)
    scaler(frame)
    for top, rows, value in changes:
        following = VideoFrame(1280, 720, "yuv420p")
        for mine, its in zip(planes_of(following), planes_of(frame), strict=True):
            np.copyto(mine, its)
        planes_of(following)[0][top : top + rows, 200:500] = value
        planes_of(following)[1][top // 2 : (top + rows) // 2, 100:110] = value
        frame = following
        mean, _ = difference(scaler(frame), Scaler(1920, 1080)(frame))
        assert mean == 0


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
