"""Stills of entries, by the URLs that Kaltura has for them."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest

from tests.contract.studio_rig import Caller, write_movie


@pytest.fixture
def entry(user: Caller, tmp_path: Path) -> str:
    content = write_movie(tmp_path / "clip.mp4", 4).read_bytes()
    user.control("POST", "media?entryId=1_clip0000&name=clip", content=content)
    return f"/p/{user.studio.partner_id}/thumbnail/entry_id/1_clip0000"


def look(content: bytes) -> tuple[int, int, float]:
    """Return width, height and mean brightness."""
    with av.open(io.BytesIO(content), format="jpeg_pipe") as container:
        picture = next(container.decode(video=0)).to_ndarray(format="gray")
    return picture.shape[1], picture.shape[0], float(picture.mean())


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ("", (120, 68)),
        ("/width/32", (32, 18)),
        ("/height/72/vid_sec/1", (128, 72)),
        ("/vid_sec/2/width/40/height/40", (40, 22)),
        ("/vid_sec/2/width/40/height/40/type/1", (40, 22)),
        ("/vid_sec/2/width/200/height/40", (71, 40)),
        ("/vid_sec/2/width/40/height/40/type/2", (40, 40)),
        ("/vid_sec/2/width/40/height/40/type/3", (40, 40)),
        ("/width/1920", (1920, 1080)),
        ("/width/9000", (2048, 1152)),
        ("/width/9000/height/9000/type/3", (2048, 2048)),
        ("/width/9000/height/9000/type/2", (2048, 2048)),
    ],
)
def test_a_still_has_the_size_asked_for(
    user: Caller, entry: str, options: str, size: tuple[int, int]
) -> None:
    response = user.send("GET", entry + options)
    assert response.headers["content-type"] == "image/jpeg"
    assert look(response.content)[:2] == size


def test_a_still_is_of_its_second(user: Caller, entry: str) -> None:
    """The clip gets brighter by one step a frame, 25 frames a second."""
    for second in (0, 1, 2, 3):
        brightness = look(user.send("GET", f"{entry}/vid_sec/{second}/width/64").content)[2]
        assert brightness == pytest.approx(second * 25, abs=6)
    beyond = look(user.send("GET", f"{entry}/vid_sec/999/width/64").content)[2]
    assert beyond == pytest.approx(99, abs=6)


@pytest.mark.parametrize(
    "options", ["/vid_sec/-1", "/width/x", "/vid_sec/1e9", "/type/7", "/type/x"]
)
def test_nonsense_shows_nothing(user: Caller, entry: str, options: str) -> None:
    response = user.send("GET", entry + options)
    assert (response.status_code, response.content) == (404, b"")
    assert response.headers["x-kaltura"].startswith("error-")


def test_a_missing_entry_shows_nothing(user: Caller, entry: str) -> None:
    assert user.send("GET", entry.replace("1_clip0000", "1_none0000")).status_code == 404
    foreign = entry.replace(str(user.studio.partner_id), "1")
    assert user.send("GET", foreign).status_code == 404


def test_the_entry_names_its_still(user: Caller, entry: str) -> None:
    told = user.service("media.get", entryId="1_clip0000", ks=user.ks)
    assert told["thumbnailUrl"].endswith(entry)
    assert user.send("GET", told["thumbnailUrl"]).is_success


def write_halves(path: Path) -> Path:
    """Write a picture that is black on its left and white on its right, twice as wide as tall."""
    with av.open(str(path), "w", format="image2") as container:
        stream = container.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 80, 40, "rgb24"
        picture = np.zeros((40, 80, 3), np.uint8)
        picture[:, 40:] = 255
        container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("options", "columns"),
    [
        ("/width/40/height/20", [0, 0, 255, 255]),
        ("/width/20/height/20/type/3", [0, 0, 255, 255]),
        ("/width/10/height/20/type/3", [0, 0, 255, 255]),
        ("/width/80/height/20/type/2", [255, 0, 255, 255]),
    ],
)
def test_a_still_is_never_stretched(
    user: Caller, tmp_path: Path, options: str, columns: list[int]
) -> None:
    content = write_halves(tmp_path / "halves.png").read_bytes()
    made = user.control("POST", "media?name=halves", content=content)
    path = f"/p/{user.studio.partner_id}/thumbnail/entry_id/{made['id']}{options}"
    with av.open(io.BytesIO(user.send("GET", path).content), format="jpeg_pipe") as container:
        picture = next(container.decode(video=0)).to_ndarray(format="gray")
    row = picture[picture.shape[0] // 2]
    quarter = len(row) / 4
    told = [int(row[int(quarter * (index + 0.5))]) for index in range(4)]
    assert told == pytest.approx(columns, abs=12)
