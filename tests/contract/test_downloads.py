"""Files of entries by the URLs that Kaltura has for them, as players and browsers ask for them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import av
import numpy as np
import pytest

from tests.contract.studio_rig import Caller, write_movie, write_picture


@pytest.fixture
def movie(tmp_path: Path) -> bytes:
    return write_movie(tmp_path / "clip.mp4", 2).read_bytes()


@pytest.fixture
def url(user: Caller, movie: bytes) -> str:
    user.control("POST", "media?entryId=1_clip0000&name=clip", content=movie)
    entry = user.service("media.get", entryId="1_clip0000", ks=user.ks)
    return str(entry["dataUrl"])


@pytest.mark.parametrize(
    ("wanted", "status", "stretch"),
    [
        ("bytes=0-", 206, slice(0, None)),
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=100-199", 206, slice(100, 200)),
        ("bytes=-50", 206, slice(-50, None)),
        ("bytes=100-999999999", 206, slice(100, None)),
        ("bytes=-999999999", 206, slice(None)),
        ("bytes=200-100", 200, slice(None)),
        ("bytes=0-1,5-9", 200, slice(None)),
        ("bytes=" + ",".join(f"{n}-{n + 1}" for n in range(2000)), 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("items=0-5", 200, slice(None)),
        ("bytes=999999999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_player_asks_for_a_stretch(
    user: Caller, url: str, movie: bytes, wanted: str, status: int, stretch: slice
) -> None:
    got = user.send("GET", url, headers={"Range": wanted})
    head = user.send("HEAD", url, headers={"Range": wanted})
    assert (got.status_code, got.content) == (status, movie[stretch])
    assert (head.status_code, head.content) == (status, b"")
    for name in ("content-type", "content-range", "content-length", "accept-ranges", "etag"):
        assert status == 416 or head.headers.get(name) == got.headers.get(name)
    first, last, _ = stretch.indices(len(movie))
    if status == 206:
        assert got.headers["content-range"] == f"bytes {first}-{last - 1}/{len(movie)}"
    if status == 416:
        assert got.headers["content-range"] == f"bytes */{len(movie)}"


def test_what_is_known_is_not_sent_again(user: Caller, url: str, movie: bytes) -> None:
    tag = user.send("HEAD", url).headers["etag"]
    known = user.send("GET", url, headers={"If-None-Match": tag})
    assert (known.status_code, known.content) == (304, b"")
    stale = {"Range": "bytes=0-9", "If-Range": '"of another file"'}
    assert user.send("GET", url, headers=stale).content == movie
    fresh = {"Range": "bytes=0-9", "If-Range": tag}
    assert user.send("GET", url, headers=fresh).content == movie[:10]


def test_a_browser_may_show_what_it_opens(user: Caller, url: str) -> None:
    """A browser wraps a film in a page of its own, which is under the film's policy."""
    still = url.split("/sp/")[0] + "/thumbnail/entry_id/1_clip0000/width/64"
    for path in (url, still):
        headers = user.send("GET", path).headers
        parts = headers["content-security-policy"].split("; ")
        policy = dict(part.split(" ", 1) for part in parts)
        assert headers["cache-control"] == "private, max-age=60"
        assert policy["media-src"] == policy["img-src"] == "'self'"
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
        assert "script-src" not in policy


def write_video(path: Path, container: str, codec: str) -> Path:
    with av.open(str(path), "w", format=container) as out:
        stream = out.add_stream(codec, rate=Fraction(25))
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for shade in range(25):
            picture = np.full((36, 64, 3), shade, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "container", "codec", "kind"),
    [
        ("a.mp4", "mp4", "libx264", "video/mp4"),
        ("a.mov", "mov", "libx264", "video/quicktime"),
        ("a.webm", "webm", "libvpx", "video/webm"),
        ("a.mkv", "matroska", "libx264", "video/x-matroska"),
        ("a.png", "", "", "image/png"),
        ("a.jpg", "", "", "image/jpeg"),
    ],
)
def test_a_file_is_called_what_it_is(
    user: Caller, tmp_path: Path, name: str, container: str, codec: str, kind: str
) -> None:
    path = tmp_path / name
    (write_video(path, container, codec) if container else write_picture(path))
    made = user.control("POST", "media?name=lies.txt", content=path.read_bytes())
    entry = user.service("baseEntry.get", entryId=made["id"], ks=user.ks)
    for purpose in ("dataUrl", "downloadUrl"):
        response = user.send("GET", entry[purpose])
        assert response.headers["content-type"] == kind
        assert response.content == path.read_bytes()
        file_name = f"filename*=UTF-8''lies.txt.{name.split('.')[1]}"
        assert response.headers["content-disposition"].endswith(file_name)


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("Einführung: Größe", "Einführung Größe.mp4"),
        ("שלום", "שלום.mp4"),
        ("clip.MP4", "clip.MP4"),
        ("../../.bashrc", "bashrc.mp4"),
        ('a"\r\nSet-Cookie: x=1\u202e4pm', "a Set-Cookie x=1 4pm.mp4"),
        ("x" * 300, "x" * 120 + ".mp4"),
        ("...", None),
    ],
)
def test_a_film_is_saved_under_its_name(
    user: Caller, movie: bytes, name: str, saved: str | None
) -> None:
    query = urlencode({"name": name})
    made = user.control("POST", f"media?{query}", content=movie)
    entry = user.service("baseEntry.get", entryId=made["id"], ks=user.ks)
    told = user.send("GET", entry["downloadUrl"]).headers["content-disposition"]
    assert unquote(told) == f"attachment; filename*=UTF-8''{saved or made['id'] + '.mp4'}"


def test_a_file_has_the_addresses_that_kaltura_gives_it(
    user: Caller, url: str, movie: bytes
) -> None:
    partner = user.studio.partner_id
    base = f"/p/{partner}/sp/{partner}00"
    for path in (
        "raw/entry_id/1_clip0000",
        "raw/entry_id/1_clip0000/version/1",
        "playManifest/entryId/1_clip0000/format/url/protocol/https",
        "playManifest/entryId/1_clip0000/flavorParamIds/0/format/download/protocol/http/a.mp4",
    ):
        assert user.send("GET", f"{base}/{path}").content == movie
    stills = [
        user.send("GET", f"{start}/thumbnail/entry_id/1_clip0000/vid_sec/1/width/32").content
        for start in (f"/p/{partner}", base)
    ]
    assert stills[0] == stills[1] != b""


@pytest.mark.parametrize("form", ["format/applehttp", "format/mpegdash", "protocol/https", ""])
def test_a_stream_in_pieces_is_not_a_file(user: Caller, url: str, form: str) -> None:
    manifest = url.split("/format/")[0]
    response = user.send("GET", f"{manifest}/{form}")
    assert (response.status_code, response.content) == (404, b"")
    assert response.headers["x-kaltura"].startswith("error-")


def test_a_file_that_somebody_took_away_is_not_there(user: Caller, url: str) -> None:
    for path in (user.studio.workspace.data / "blobs").rglob("*.mp4"):
        path.unlink()
    assert user.send("GET", url).status_code == 404
    assert user.send("GET", url.replace("playManifest/entryId", "raw/entry_id")).status_code == 404


def test_an_entry_that_is_deleted_meanwhile_is_read_to_its_end_or_not_there(
    user: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer had begun, and ended in a traceback."""
    path = write_movie(tmp_path / "clip.mp4", 1)
    entry = user.studio.add_media(path)["id"]
    blobs = user.studio.workspace.blobs
    raw = f"/p/{user.studio.partner_id}/sp/{user.studio.partner_id}00/raw/entry_id/{entry}"
    read = blobs.read

    def deleted(name: str, start: int, length: int) -> Any:
        found = read(name, start, length)
        blobs.remove(name)
        return found

    monkeypatch.setattr(blobs, "read", deleted)
    assert user.send("GET", raw).content == path.read_bytes()
    monkeypatch.setattr(blobs, "has", lambda _: True)
    assert user.send("GET", raw).status_code == 404
