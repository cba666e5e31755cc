"""Clips of any shape: never stretched, hardly cut, and never on black."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from av.video.stream import VideoStream

from storyboard.studio.media.opening import probe_media
from tests.support.made_clips import Rgb, in_yuv, moving_clip, shown

WIDTH, HEIGHT = 320, 180


def disc_picture(size: tuple[int, int], aspect: Fraction = Fraction(1)) -> Rgb:
    """Return a white disc on blue, of 60 pixels' radius down, and round with pixels of a shape."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width]
    away = ((x - width / 2 + 0.5) * float(aspect)) ** 2 + (y - height / 2 + 0.5) ** 2
    return np.where((away < 60**2)[..., None], (240, 240, 240), (20, 60, 180)).astype(np.uint8)


def disc_clip(path: Path, size: tuple[int, int], aspect: Fraction = Fraction(1)) -> Path:
    rgb = disc_picture(size, aspect)

    def shape(stream: VideoStream) -> None:
        stream.sample_aspect_ratio = aspect

    return moving_clip(path, [in_yuv(rgb) for _ in range(3)], prepare=shape)


def disc(rgb: Rgb) -> tuple[float, float, float, float]:
    """Return the width, the height and the middle of the disc."""
    bright = rgb.min(axis=2) > 150
    across, down = np.flatnonzero(bright.any(axis=0)), np.flatnonzero(bright.any(axis=1))
    return np.ptp(across) + 1, np.ptp(down) + 1, float(across.mean()), float(down.mean())


@pytest.mark.parametrize(
    ("size", "aspect"),
    [((320, 182), 1), ((240, 180), 1), ((320, 138), 1), ((240, 180), Fraction(4, 3))],
    ids=["almost", "4:3", "cinema", "anamorphic"],
)
def test_a_shape_near_to_the_film_covers_it(
    tmp_path: Path, size: tuple[int, int], aspect: Fraction
) -> None:
    clip = disc_clip(tmp_path / "c.mp4", size, Fraction(aspect))
    picture = shown(clip, WIDTH, HEIGHT)[0]
    scale = max(WIDTH / size[0] / float(aspect), HEIGHT / size[1])
    assert disc(picture) == pytest.approx((120 * scale, 120 * scale, 159.5, 89.5), abs=3)
    assert np.ptp(picture[:, :4].astype(int), axis=(0, 1)).max() < 12  # the clip's own blue
    assert picture[:, :4, 2].mean() == pytest.approx(180, abs=8)


@pytest.mark.parametrize(
    "size", [(180, 320), (180, 180), (640, 180), (162, 288), (201, 399)],
    ids=["phone", "square", "two screens", "small phone", "odd"],
)  # fmt: skip
def test_another_shape_is_whole_on_a_blurred_ground_of_itself(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    clip = disc_clip(tmp_path / "c.mp4", (size[0] // 2 * 2, size[1] // 2 * 2))
    picture = shown(clip, WIDTH, HEIGHT)[0].astype(int)
    scale = min(WIDTH / size[0], HEIGHT / size[1])
    assert disc(picture.astype(np.uint8)) == pytest.approx(
        (120 * scale, 120 * scale, 159.5, 89.5), abs=3
    )
    is_narrow = size[0] / size[1] < 16 / 9
    shape = size[0] * scale if is_narrow else size[1] * scale
    beside = int(((WIDTH if is_narrow else HEIGHT) - shape) / 2) - 2
    for ground in (
        (picture[:, :beside], picture[:, -beside:])
        if is_narrow
        else (picture[:beside], picture[-beside:])
    ):
        assert ground[..., 2].mean() > 60, "blue, and not black"
        assert ground.max() < 150, "darker than the clip"
        steps = np.abs(np.diff(ground, axis=0)).max(), np.abs(np.diff(ground, axis=1)).max()
        assert max(steps) < 12, "soft"


def test_the_ground_follows_the_clip(tmp_path: Path) -> None:
    pictures = [
        in_yuv(np.full((160, 90, 3), color, np.uint8))
        for color in ((200, 30, 30), (30, 200, 30), (30, 30, 200))
    ]
    seen = shown(moving_clip(tmp_path / "c.mp4", pictures), WIDTH, HEIGHT, count=3)
    assert [int(each[90, 4].argmax()) for each in seen] == [0, 1, 2]
    assert [int(each[90, 160].argmax()) for each in seen] == [0, 1, 2]


def test_pixels_that_are_not_square_count_in_the_facts(tmp_path: Path) -> None:
    clip = disc_clip(tmp_path / "c.mp4", (240, 180), Fraction(3, 4))
    facts = probe_media(clip)
    assert (facts.width, facts.height) == (180, 180)
    assert disc(shown(clip, WIDTH, HEIGHT)[0])[:2] == pytest.approx((120, 120), abs=3)


def test_a_still_of_a_portrait_clip_has_no_ground(tmp_path: Path) -> None:
    """A thumbnail that is asked for in another shape is cropped, as the API says."""
    import io

    from PIL import Image

    from storyboard.studio.jobs.thumbnails import Still, StillFit, thumbnail

    clip = disc_clip(tmp_path / "c.mp4", (180, 320))
    content = thumbnail(clip, Still(0.0, 320, 180, StillFit.CROPPED))
    assert content is not None
    assert disc(np.asarray(Image.open(io.BytesIO(content))))[0] == pytest.approx(213, abs=4)


@pytest.mark.parametrize("name", ["scan.jpg", "scan.png"])
def test_pixels_of_a_still_are_square_whatever_a_printer_is_told(tmp_path: Path, name: str) -> None:
    import io

    from PIL import Image

    from storyboard.studio.jobs.thumbnails import Still, thumbnail

    still = tmp_path / name
    Image.fromarray(disc_picture((320, 180))).save(still, dpi=(72, 144))
    content = thumbnail(still, Still())
    assert content is not None
    picture = np.asarray(Image.open(io.BytesIO(content)))
    assert disc(picture) == pytest.approx((120, 120, 159.5, 89.5), abs=3)
