"""From which second on a clip is broken, found without decoding it."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyboard.studio.media.breaks import find_break
from storyboard.studio.media.opening import probe_media
from tests.support.film_crew import numbered_clip, spoiled_clip


def broken_at(path: Path) -> float | None:
    return find_break(path, probe_media(path))


@pytest.mark.parametrize("name", ["c.mp4", "c.mov", "c.mkv"])
def test_a_whole_clip(tmp_path: Path, name: str) -> None:
    assert broken_at(numbered_clip(tmp_path / name, frames=90)) is None


@pytest.mark.parametrize("first", [10, 30, 110, 140])
def test_a_tail_that_is_noise(tmp_path: Path, first: int) -> None:
    clip = spoiled_clip(tmp_path / "c.mp4", frames=150, first=first)
    assert broken_at(clip) == pytest.approx(first / 25, abs=0.81)


def test_a_recording_that_ended_early(tmp_path: Path) -> None:
    clip = numbered_clip(tmp_path / "c.mkv", frames=150, group=10)
    clip.write_bytes(clip.read_bytes()[: clip.stat().st_size // 2])
    found = broken_at(clip)
    assert found is not None
    assert 1 < found < 5


def test_a_picture_has_no_end(tmp_path: Path) -> None:
    import av

    av.VideoFrame(64, 48, "rgb24").save(str(tmp_path / "i.png"))
    assert broken_at(tmp_path / "i.png") is None
