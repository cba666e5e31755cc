"""A QuickTime file may keep its samples in another file, which it names: here nobody follows."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from storyboard.studio.media.opening import MediaError, open_media, probe_media
from tests.contract.studio_rig import Caller

OWN = b"\0\0\0\x0curl \0\0\0\x01"
"""The data reference that says: the samples are in this file."""


def gray_movie(path: Path, level: int) -> bytes:
    """Write a QuickTime film of one gray; whatever the gray, its samples have the same sizes."""
    with av.open(str(path), "w", format="mov") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuvj420p"
        planes = np.full((54, 64), 128, np.uint8)
        planes[:36] = level
        for _ in range(25):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(planes, format="yuvj420p")))
        container.mux(stream.encode(None))
    return path.read_bytes()


def pointing_at(other: Path, content: bytes) -> bytes:
    """Put an alias of another file in place of the film's own data reference; all else stays."""
    name = str(other).encode()
    name += b"\0" * (len(name) % 2)
    alias = bytes(130) + struct.pack(">HH", 1, 1) + bytes(16)
    alias += struct.pack(">hH", 2, len(name)) + name + struct.pack(">hH", -1, 0)
    reference = struct.pack(">I4sI", 12 + len(alias), b"alis", 0) + alias
    assert content.count(OWN) == 1
    start = content.index(b"moov") - 4
    index = content[start:].replace(OWN, reference)
    for box in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        at = index.index(box) - 4
        size = struct.unpack(">I", index[at : at + 4])[0] + len(reference) - len(OWN)
        index = index[:at] + struct.pack(">I", size) + index[at + 4 :]
    return content[:start] + index


def shown(container: av.container.InputContainer) -> int:
    with container:
        return int(next(container.decode(video=0)).to_ndarray(format="gray")[18, 32])


def test_a_clip_cannot_show_another_file(user: Caller, tmp_path: Path) -> None:
    """Its own samples are all there; who followed the reference would show the other's."""
    dark, other = gray_movie(tmp_path / "dark.mov", 40), tmp_path / "other.mov"
    gray_movie(other, 200)
    assert shown(open_media(other)) > 180
    assert shown(open_media(tmp_path / "dark.mov")) < 60
    pointing = tmp_path / "pointing.mov"
    pointing.write_bytes(pointing_at(other, dark))
    assert shown(av.open(str(pointing), options={"enable_drefs": "1"})) > 180
    with pytest.raises(MediaError, match="no frame to show"):
        probe_media(pointing)
    reply = user.control("POST", "media?name=x.mov", content=pointing.read_bytes())
    assert reply["code"] == "MEDIA_NOT_SUPPORTED"
    assert user.control("GET", "media")["objects"] == []
