"""Clips that say one thing of themselves and are another: the studio goes by what they are."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from storyboard.studio.film.clips import clip_frames
from storyboard.studio.film.request import Clip
from storyboard.studio.media.opening import probe_media
from tests.contract.studio_rig import Caller

TELLING = "This narration takes about four seconds, or a little more than that."
DURATION, FRAME_TIME = b"\x44\x89\x88", b"\x23\xe3\x83\x84"
"""The head of Matroska's `Duration` (a float of milliseconds) and `DefaultDuration` (in ns)."""


def noise(path: Path, kind: str, seconds: float, fps: int) -> bytes:
    """Write a clip whose bytes are spread evenly over its seconds."""
    chance = np.random.default_rng(7)
    with av.open(str(path), "w", format=kind) as container:
        stream = container.add_stream("libx264", rate=fps, options={"g": "25"})
        stream.thread_count = 1  # the same bytes on any machine
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for _ in range(round(seconds * fps)):
            picture = chance.integers(0, 255, (36, 64, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path.read_bytes()


def matroska(path: Path, seconds: float, fps: int = 25) -> bytes:
    return noise(path, "matroska", seconds, fps)


def movie(path: Path, seconds: float) -> bytes:
    return noise(path, "mp4", seconds, 25)


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


def put(content: bytes, at: int, kind: str, value: float) -> bytes:
    return content[:at] + struct.pack(kind, value) + content[at + struct.calcsize(kind) :]


def duration(content: bytes, milliseconds: float) -> bytes:
    return put(content, content.index(DURATION) + 3, ">d", milliseconds)


def box(content: bytes, name: bytes, offset: int, value: int) -> bytes:
    return put(content, content.index(name) + 4 + offset, ">I", value)


def start_first(content: bytes) -> bytes:
    """Move an MP4's index to its beginning, as for streaming; its chunk offsets move along."""
    at = content.index(b"moov") - 4
    index = content[at:]
    head = content[: struct.unpack(">I", content[:4])[0]]
    chunks = index.index(b"stco") + 8
    for number in range(struct.unpack(">I", index[chunks : chunks + 4])[0]):
        place = chunks + 4 + 4 * number
        before = struct.unpack(">I", index[place : place + 4])[0]
        index = put(index, place, ">I", before + len(index))
    return head + index + content[len(head) : at]


SHORT: dict[str, Callable[[Path], bytes]] = {
    "a Matroska file that claims 90 seconds": lambda p: duration(matroska(p, 3), 90_000),
    "a Matroska file that claims for ever": lambda p: duration(matroska(p, 3), float("inf")),
    "a Matroska file that claims 10^300 ms": lambda p: duration(matroska(p, 3), 1e300),
    "a Matroska file that broke off": lambda p: half(matroska(p, 6)),
    "an MP4 whose header claims 90 seconds": lambda p: box(movie(p, 3), b"mdhd", 16, 90 * 12_800),
    "an MP4 whose table claims 2250 frames": lambda p: box(movie(p, 3), b"stts", 8, 2250),
    "an MP4 that broke off": lambda p: half(start_first(movie(p, 6))),
}


def upload(user: Caller, content: bytes) -> Any:
    return user.control("POST", "media?entryId=1_liar0000&name=clip.mp4", content=content)


def outcome(user: Caller) -> str | None:
    """Film the clip; return the reason of a failure."""
    scene = {
        "layoutType": "broll",
        "narration": {"text": TELLING},
        "broll": {"entryId": "1_liar0000", "startTime": 0},
    }
    video_id = user.video(scene)
    user("video/generate", id=video_id)
    user.wait(video_id, "generate-error")
    return str(user.control("GET", f"videos/{video_id}")["reason"])


@pytest.mark.parametrize("lie", SHORT)
def test_a_clip_is_as_long_as_its_pictures(user: Caller, tmp_path: Path, lie: str) -> None:
    entry = upload(user, SHORT[lie](tmp_path / "clip"))
    assert 0 < entry["seconds"] <= 3.1, entry
    assert outcome(user).startswith("clip-too-short: scene 0")


@pytest.mark.parametrize("fps", [25, 30])
def test_an_honest_clip_is_believed(user: Caller, tmp_path: Path, fps: int) -> None:
    for content in (
        start_first(noise(tmp_path / "clip", "mp4", 6, fps)),
        noise(tmp_path / "clip", "mp4", 6, fps),
        matroska(tmp_path / "clip", 6, fps),
    ):
        entry = upload(user, content)
        assert (entry["seconds"], entry["fps"]) == (6, fps)


def test_a_rate_is_what_the_pictures_have(user: Caller, tmp_path: Path) -> None:
    content = matroska(tmp_path / "clip", 6, fps=24)
    entry = upload(user, put(content, content.index(FRAME_TIME) + 4, ">I", 40_000_000))
    assert entry["fps"] == pytest.approx(24, abs=0.1)
    assert outcome(user).startswith("clip-frame-rate: scene 0")


@pytest.mark.parametrize("codec", [b"hvc1", b"mp4v", b"\0\0\0\0"])
def test_another_codec_than_it_says(user: Caller, tmp_path: Path, codec: bytes) -> None:
    content = movie(tmp_path / "clip", 3).replace(b"avc1", codec)
    assert upload(user, content)["code"] == "MEDIA_NOT_SUPPORTED"
    assert user.control("GET", "media")["objects"] == []


def picture(width: int, height: int, rows: int) -> bytes:
    """A PNG that claims a size and has some rows of it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * min(4 * width * rows, 1_000_000))
    parts = chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    "size", [(8193, 4), (4, 9000), (20_000, 20_000), (2**31 - 1, 2**31 - 1), (0, 0)]
)
def test_a_picture_that_claims_too_much(user: Caller, size: tuple[int, int]) -> None:
    assert upload(user, picture(*size, rows=4))["code"] == "MEDIA_NOT_SUPPORTED"


@pytest.mark.parametrize("step", [0, 2**31 - 1])
def test_pictures_that_last_for_ever_or_no_time(user: Caller, tmp_path: Path, step: int) -> None:
    content = box(movie(tmp_path / "clip", 3), b"stts", 12, step)
    reply = upload(user, content)
    assert reply.get("code") == "MEDIA_NOT_SUPPORTED" or outcome(user).startswith("clip-")


def test_an_endless_clip_is_read_as_far_as_it_is_shown(tmp_path: Path) -> None:
    """Pictures a day apart: what is shown at any second is found without reading the days."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(box(movie(path, 3), b"stts", 12, 86_400 * 12_800 % 2**31))
    assert probe_media(path).fps < 1
    frames = clip_frames(Clip(path, 4000.0), 0, 25, 64, 36)
    assert len([next(frames) for _ in range(100)]) == 100
