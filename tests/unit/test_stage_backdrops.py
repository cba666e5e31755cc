"""Laws of what stands behind a presenter, and of where the presenter stands."""

from __future__ import annotations

import re
import struct
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.studio.stage.placement import Layout, placement
from storyboard.studio.stage.pose import Pose
from storyboard.studio.stage.preview import compose_still, cutout_png, png, preview_png
from storyboard.studio.stage.rooms.backdrop import Backdrop, BackdropKind
from storyboard.studio.stage.rooms.painting import LIBRARY_IDS, BackdropError, draw_backdrop


@pytest.mark.parametrize("color", ["#CEEEDB", "#CC2010", "#ceeedb", "#ff0000", "#000000"])
def test_a_solid_color_is_solid(color: str) -> None:
    """Guide §5 says solid: it stands for a key, or for the color of a brand beside it."""
    backdrop = Backdrop(BackdropKind.COLOR, color)
    picture = draw_backdrop(backdrop, 320, 180)
    wanted = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    assert picture.shape == (180, 320, 3)
    assert (picture == wanted).all()
    with pytest.raises(ValueError, match="read-only"):
        picture[0, 0] = 0
    stream = av.open(BytesIO(preview_png("jane", backdrop, 320, 180)))
    with stream as container:
        still = next(container.decode(video=0)).to_ndarray(format="rgb24")
    assert (still[:, :40] == wanted).all()
    assert (still[:, -40:] == wanted).all()


@pytest.mark.parametrize("color", ["", "#12", "#12345", "red", "#gg0000", "#1234567"])
def test_what_is_no_color_is_refused(color: str) -> None:
    with pytest.raises(BackdropError):
        draw_backdrop(Backdrop(BackdropKind.COLOR, color), 32, 18)


def test_the_library_has_choice_and_good_ids() -> None:
    assert len(LIBRARY_IDS) >= 8
    assert "office-1" in LIBRARY_IDS
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in LIBRARY_IDS)


@pytest.mark.parametrize("name", LIBRARY_IDS)
def test_a_room_is_a_picture_of_its_own(name: str) -> None:
    backdrop = Backdrop(BackdropKind.LIBRARY, name)
    picture = draw_backdrop(backdrop, 192, 108)
    assert picture.shape == (108, 192, 3)
    assert picture.std() > 8, "flat"
    assert picture.min(axis=2).max() > 20, "black"
    for other in LIBRARY_IDS:
        if other != name:
            rest = draw_backdrop(Backdrop(BackdropKind.LIBRARY, other), 192, 108)
            assert np.abs(picture.astype(int) - rest).mean() > 5


def test_a_backdrop_is_shared_and_cannot_be_spoilt() -> None:
    picture = draw_backdrop(Backdrop(BackdropKind.LIBRARY, "city-1"), 64, 36)
    with pytest.raises(ValueError, match="read-only"):
        picture[0, 0] = 0


@pytest.mark.parametrize(("wide", "tall"), [(400, 100), (100, 400), (160, 90), (31, 17)])
def test_an_image_covers_the_frame_undistorted(tmp_path: Path, wide: int, tall: int) -> None:
    picture = np.zeros((tall, wide, 3), np.uint8)
    picture[:, : wide // 2] = (250, 20, 20)
    picture[:, wide // 2 :] = (20, 20, 250)
    path = tmp_path / "image.png"
    path.write_bytes(png(picture))
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(path)), 160, 90)
    assert drawn.shape == (90, 160, 3)
    assert drawn[45, 20, 0] > 200, "the left half is not red"
    assert drawn[45, 140, 2] > 200, "the right half is not blue"


@pytest.mark.parametrize(("wide", "tall"), [(1, 2000), (3000, 1), (1, 1), (3, 5)])
def test_an_image_of_any_shape_costs_no_more_than_the_frame(
    tmp_path: Path, wide: int, tall: int
) -> None:
    path = tmp_path / "thin.png"
    path.write_bytes(png(np.full((tall, wide, 3), (40, 120, 200), np.uint8)))
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(path)), 640, 360)
    assert drawn.shape == (360, 640, 3)
    assert np.abs(drawn.astype(int) - (40, 120, 200)).max() <= 1


@pytest.mark.parametrize(
    ("orientation", "red"), [(1, "top"), (3, "bottom"), (6, "right"), (8, "left")]
)
def test_a_turned_photograph_stands_upright(tmp_path: Path, orientation: int, red: str) -> None:
    picture = np.full((300, 400, 3), (20, 20, 250), np.uint8)
    picture[:150] = (250, 20, 20)
    path = tmp_path / "photo.jpg"
    path.write_bytes(photograph(picture, orientation))
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(path)), 160, 90)
    edges = {
        "top": drawn[10, 80], "bottom": drawn[79, 80], "left": drawn[45, 5],
        "right": drawn[45, 154],
    }  # fmt: skip
    assert max(edges, key=lambda edge: int(edges[edge][0])) == red
    assert edges[red][0] > 200


def photograph(picture: np.ndarray, orientation: int) -> bytes:
    """Return a JPEG with the EXIF tag that says how the camera was held."""
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format="yuvj420p")
    jpeg = encoded(frame, "mjpeg")
    tiff = struct.pack("<2sHIHHHIII", b"II", 42, 8, 1, 0x112, 3, 1, orientation, 0)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def encoded(frame: av.VideoFrame, name: str) -> bytes:
    codec = av.CodecContext.create(name, "w")
    codec.width, codec.height, codec.pix_fmt = frame.width, frame.height, frame.format.name
    codec.time_base = Fraction(1, 25)
    return b"".join(bytes(packet) for packet in [*codec.encode(frame), *codec.encode(None)])


def test_what_is_transparent_in_an_image_is_white(tmp_path: Path) -> None:
    picture = np.zeros((90, 160, 4), np.uint8)
    picture[:, 80:] = (250, 20, 20, 255)
    path = tmp_path / "logo.png"
    path.write_bytes(encoded(av.VideoFrame.from_ndarray(picture, format="rgba"), "png"))
    drawn = draw_backdrop(Backdrop(BackdropKind.IMAGE, str(path)), 160, 90)
    assert drawn[45, 20].tolist() == [255, 255, 255]
    assert drawn[45, 140].tolist() == [250, 20, 20]


def test_what_cannot_be_painted_is_refused(tmp_path: Path) -> None:
    text, playlist = tmp_path / "note.png", tmp_path / "list.png"
    text.write_text("not an image")
    other = tmp_path / "other.png"
    other.write_bytes(png(np.zeros((9, 9, 3), np.uint8)))
    playlist.write_text("ffconcat version 1.0\nfile other.png\n")
    for backdrop in (
        Backdrop(BackdropKind.LIBRARY, "moon-1"),
        Backdrop(BackdropKind.COLOR, "#12"),
        Backdrop(BackdropKind.COLOR, "blue"),
        Backdrop(BackdropKind.IMAGE, str(text)),
        Backdrop(BackdropKind.IMAGE, str(playlist)),
        Backdrop(BackdropKind.IMAGE, str(tmp_path / "missing.png")),
    ):
        with pytest.raises(BackdropError):
            draw_backdrop(backdrop, 64, 36)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (960, 540), (1280, 720)])
def test_presenters_stand_in_the_frame(width: int, height: int) -> None:
    full = placement(Layout.FULL, width, height)
    over = placement(Layout.RIGHT, width, height)
    close, left = (placement(each, width, height) for each in (Layout.CLOSE, Layout.LEFT))
    for place in (full, over, close, left):
        assert place.x >= 0
        assert place.y >= 0
        assert place.x + place.width <= width
        assert place.y + place.height >= height
    assert full.y + full.height == height
    for place in (full, close):
        assert abs(place.x + place.width / 2 - width / 2) <= 1
    assert full.height > 0.9 * height
    assert 1.25 * full.height < close.height < 1.4 * full.height
    assert over.y == left.y > height / 2
    assert over.x > width / 2 > left.x + left.width
    assert abs(width - over.x - over.width - left.x) <= 1


def test_a_preview_is_a_png_of_the_asked_size() -> None:
    still = preview_png("jane", Backdrop(BackdropKind.COLOR, "#CEEEDB"), 320, 180)
    assert still == preview_png("jane", Backdrop(BackdropKind.COLOR, "#CEEEDB"), 320, 180)
    with av.open(BytesIO(still)) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (320, 180)


def test_a_still_changes_only_where_the_presenter_stands() -> None:
    picture = draw_backdrop(Backdrop(BackdropKind.LIBRARY, "office-1"), 320, 180)
    place = placement(Layout.RIGHT, 320, 180)
    still = compose_still("gloria", Pose(), picture, place)
    changed = np.argwhere((still != picture).any(axis=2))
    assert len(changed) > 1000
    assert changed[:, 1].min() >= place.x
    assert changed[:, 0].min() >= place.y


def test_a_cutout_stands_on_nothing_and_is_cut_off_below() -> None:
    with av.open(BytesIO(cutout_png("jane", 320, 180))) as container:
        picture = next(container.decode(video=0)).to_ndarray(format="rgba")
    alpha = picture[..., 3]
    assert alpha.shape == (180, 320)
    assert not alpha[:, 0].any()
    assert (alpha[-1, 130:190] == 255).all()
