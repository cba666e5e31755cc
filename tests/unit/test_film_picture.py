"""Colors as the encoder gets them, and patches that leave no seam."""

from __future__ import annotations

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.studio.film.picture import (
    Tile,
    composed,
    even_box,
    even_sides,
    opaque,
    patch,
    planes_of,
    tile,
)
from tests.support.examples import examples

COLORS = st.tuples(*[st.integers(0, 255)] * 3)


def bt709(color: tuple[int, int, int]) -> tuple[float, float, float]:
    red, green, blue = (value / 255 for value in color)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + 219 * luma,
        128 + 224 * (blue - luma) / 1.8556,
        128 + 224 * (red - luma) / 1.5748,
    )


def noise(height: int, width: int, channels: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, channels), np.uint8)


def part_of(picture: np.ndarray, box: tuple[int, int, int, int]) -> Tile:
    height, width = picture.shape[:2]
    rgba = picture if picture.shape[2] == 4 else opaque(picture)
    return tile(lambda it: rgba[it[1] : it[3], it[0] : it[2]], box, width, height)


def canvas_of(picture: np.ndarray) -> av.VideoFrame:
    height, width = picture.shape[:2]
    frame = av.VideoFrame(width, height, "yuv420p")
    part_of(picture, (0, 0, width, height)).stamp(planes_of(frame))
    return frame


@given(COLORS)
@settings(max_examples=examples(60), deadline=None)
def test_every_color_is_bt709_in_video_range(color: tuple[int, int, int]) -> None:
    flat = np.full((16, 16, 3), color, np.uint8)
    for plane, wanted in zip(part_of(flat, (0, 0, 16, 16)).planes, bt709(color), strict=True):
        assert np.abs(plane - wanted).max() <= 1.0


def test_a_tile_is_what_converting_everything_would_have_given() -> None:
    picture = noise(96, 160, 3)
    box = (34, 20, 90, 66)
    whole, part = part_of(picture, (0, 0, 160, 96)), part_of(picture, box)
    for all_of_it, piece, by in zip(whole.planes, part.planes, (1, 2, 2), strict=True):
        x0, y0, x1, y1 = (edge // by for edge in box)
        assert np.array_equal(all_of_it[y0:y1, x0:x1], piece)


@given(st.integers(0, 255), COLORS, COLORS)
@settings(max_examples=examples(60), deadline=None)
def test_blending_planes_is_blending_colors(
    alpha: int, above: tuple[int, int, int], below: tuple[int, int, int]
) -> None:
    times_alpha = [(part * alpha + 127) // 255 for part in above]
    sprite = np.full((16, 16, 4), (*times_alpha, alpha), np.uint8)
    ground = np.full((32, 32, 3), below, np.uint8)
    frame = canvas_of(ground)
    patch(sprite, 8, 8).blend(planes_of(frame))
    wanted = canvas_of(composed(opaque(ground), sprite, 8, 8))
    for got, expected in zip(planes_of(frame), planes_of(wanted), strict=True):
        middle = slice(got.shape[0] * 3 // 8, got.shape[0] * 5 // 8)
        difference = got[middle, middle].astype(int) - expected[middle, middle]
        assert np.abs(difference).max() <= 2


def all_alphas(height: int, width: int) -> np.ndarray:
    """Return a sprite of every alpha, in no order, whose colors are times it."""
    sprite = noise(height, width, 4)
    sprite[..., 3] = (
        np.random.default_rng(5).permutation(np.arange(height * width) % 256).reshape(height, width)
    )
    return np.minimum(sprite, sprite[..., 3:])


def test_each_pixel_is_mixed_to_the_nearest_level() -> None:
    below, sprite = opaque(noise(40, 48, 3)), all_alphas(24, 32)
    exact = below.astype(float)
    clear = 1 - sprite[..., 3:] / 255
    exact[8:32, 6:38] = sprite + np.floor(exact[8:32, 6:38] * clear + 0.5)
    assert np.array_equal(composed(below, sprite[:, :], 6, 8), exact)
    assert np.array_equal(
        composed(below, sprite[2:9, 3:11], 1, 1)[1:8, 1:9, 3], np.full((7, 8), 255)
    )


def test_what_a_patch_keeps_and_adds_is_that_of_its_alpha() -> None:
    sprite = all_alphas(32, 32)
    made = patch(sprite, 2, 4)
    alpha = sprite[..., 3] / 255
    quarters = alpha.reshape(16, 2, 16, 2).mean(axis=(1, 3))
    colors = av.VideoFrame.from_ndarray(sprite, "rgba").reformat(
        format="yuv420p", dst_colorspace=1, dst_color_range=1
    )
    for keep, add, share, black, plane in zip(
        made.keep, made.add, (alpha, quarters, quarters), (16, 128, 128), planes_of(colors),
        strict=True,
    ):  # fmt: skip
        assert np.abs(keep - 256 * (1 - share)).max() <= 0.51
        assert np.abs(add - np.maximum(plane * 256.0 - black * keep + 128, 0)).max() < 1


def test_a_clear_patch_changes_nothing() -> None:
    frame = canvas_of(noise(32, 32, 3))
    before = frame.to_ndarray().copy()
    patch(np.zeros((16, 16, 4), np.uint8), 4, 4).blend(planes_of(frame))
    assert np.array_equal(frame.to_ndarray(), before)


def test_edges_of_an_overlay_take_no_dark_fringe() -> None:
    sprite = np.zeros((32, 32, 4), np.uint8)
    sprite[:, :17] = (250, 250, 250, 255)
    frame = canvas_of(np.full((32, 32, 3), 250, np.uint8))
    patch(sprite, 0, 0).blend(planes_of(frame))
    y, u, v = planes_of(frame)
    assert np.ptp(y) <= 1
    assert np.ptp(u) <= 1
    assert np.ptp(v) <= 1


@pytest.mark.parametrize("box", [(1, 1, 9, 9), (0, 3, 15, 16), (2, 2, 4, 4)])
def test_an_even_box_holds_the_box(box: tuple[int, int, int, int]) -> None:
    even = even_box(box, 16, 16)
    assert all(edge % 2 == 0 for edge in even)
    assert even[0] <= box[0]
    assert even[1] <= box[1]
    assert even[2] >= box[2]
    assert even[3] >= box[3]


@pytest.mark.parametrize("corner", [(0, 0), (1, 0), (0, 1), (3, 5)])
@pytest.mark.parametrize("size", [(8, 8), (7, 8), (8, 7), (5, 5)])
def test_an_odd_sprite_keeps_its_place(corner: tuple[int, int], size: tuple[int, int]) -> None:
    sprite = noise(size[1], size[0], 4)
    padded, x, y = even_sides(sprite, *corner)
    assert [side % 2 for side in (*padded.shape[:2], x, y)] == [0, 0, 0, 0]
    left, top = corner[0] - x, corner[1] - y
    assert np.array_equal(padded[top : top + size[1], left : left + size[0]], sprite)
    assert int(padded.astype(int).sum()) == int(sprite.astype(int).sum())
