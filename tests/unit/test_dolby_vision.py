"""Dolby Vision is shown by the layer that all players show, and refused where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.language.clip import Clip, Unusable
from storyboard.local_studio.media import look_at_stand_ins
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.source.span import Span
from storyboard.stand_in import StandIn, Use
from storyboard.studio.media import claims, dolby_vision
from storyboard.studio.media.claims import Box
from tests.support.made_clips import in_yuv, moving_clip

_KINDS = {5: 0, 8: 4, 10: 0}
"""Profiles, and what their base layer is like: nothing, HLG, nothing."""


def record(profile: int) -> bytes:
    return bytes([1, 0, profile << 1, 6 << 3 | 0b101, _KINDS[profile] << 4]) + bytes(19)


def gray(path: Path) -> Path:
    """Write a second of gray."""
    picture = np.full((48, 64, 3), 90, np.uint8)
    return moving_clip(path, [in_yuv(picture) for _ in range(30)], rate=30)


def with_record(path: Path, profile: int) -> Path:
    """Write a clip, and note in its index that it is Dolby Vision."""
    content = gray(path).read_bytes()
    box = (32).to_bytes(4) + (b"dvcC" if profile < 8 else b"dvvC") + record(profile)
    inside = content.index(b"avcC") - 4
    content = content[:inside] + box + content[inside:]
    at = content.index(b"moov") - 4
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1"):
        at = content.index(name, at) - 4
        length = int.from_bytes(content[at : at + 4]) + len(box)
        content = content[:at] + length.to_bytes(4) + content[at + 4 :]
    path.write_bytes(content)
    return path


def in_matroska(path: Path, profile: int) -> Path:
    """Write a clip with such a record among what its track tells."""
    content = gray(path).read_bytes()
    mapped = b"\x41\xe7\x84" + (b"dvcC" if profile < 8 else b"dvvC")
    told = b"\x41\xed\x98" + record(profile)
    element = b"\x41\xe4" + bytes([0x80 | len(mapped + told)]) + mapped + told
    # In place of as many bytes of padding, which muxers leave before the tracks.
    at = content.index(b"\xec")
    path.write_bytes(content[:at] + element + content[at + len(element) :])
    return path


def look(root: Path, name: str) -> Clip | Unusable | None:
    stand_in = StandIn("1_x", name, Span("a.yaml", 1, 1, 1, 1))
    return look_at_stand_ins(ProjectFiles(root), FileFacts(None))(stand_in, Use.BROLL)


@pytest.mark.parametrize("profile", [5, 10])
def test_what_only_its_players_show_is_refused_with_a_command(tmp_path: Path, profile: int) -> None:
    with_record(tmp_path / "holiday.mp4", profile)
    found = look(tmp_path, "holiday.mp4")
    assert isinstance(found, Unusable)
    assert "is Dolby Vision without a layer for other players" in found.reason
    assert found.hint is not None
    assert "ffmpeg -i holiday.mp4 -vf libplacebo=colorspace=bt709:" in found.hint
    assert found.hint.endswith("`media: holiday-converted.mp4`")


def test_a_base_layer_is_shown(tmp_path: Path) -> None:
    with_record(tmp_path / "holiday.mp4", 8)
    assert isinstance(look(tmp_path, "holiday.mp4"), Clip)


@pytest.mark.parametrize("profile", _KINDS)
def test_matroska_tells_it_too(tmp_path: Path, profile: int) -> None:
    from storyboard.studio.media.dolby_vision import is_for_its_players_alone

    path = in_matroska(tmp_path / "holiday.mkv", profile)
    assert is_for_its_players_alone(path) is (profile != 8)


def test_a_file_of_nothing_but_boxes_is_not_walked_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its format is a table that no other limit counts: a gigabyte would take minutes."""
    walked = list[Box]()

    def counted(*given: Any) -> Iterator[Box]:
        for box in claims.boxes(*given):
            walked.append(box)
            yield box

    monkeypatch.setattr(dolby_vision, "boxes", counted)
    monkeypatch.setattr(dolby_vision, "MAX_BOXES", 1000)
    entry = (8 + 78 + 8 * 3000).to_bytes(4) + b"avc1" + bytes(78) + b"\0\0\0\x08free" * 3000
    table = (16 + 2 * len(entry)).to_bytes(4) + b"stsd" + bytes(8) + entry * 2
    path = tmp_path / "c.mp4"
    path.write_bytes(b"\0\0\0\x0cftypisom" + table + b"\0\0\0\x08free" * 3000)
    assert not dolby_vision.is_for_its_players_alone(path)
    assert 1000 <= len(walked) <= 1005


def test_other_clips_are_none(tmp_path: Path) -> None:
    moving_clip(
        tmp_path / "c.mp4", [in_yuv(np.zeros((48, 64, 3), np.uint8)) for _ in range(30)], rate=30
    )
    assert isinstance(look(tmp_path, "c.mp4"), Clip)
