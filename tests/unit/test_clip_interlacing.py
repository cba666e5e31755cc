"""Clips of two halves a picture, as cameras and television make them, show no combs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.support.made_clips import Rgb, in_yuv, moving_clip, shown

WIDTH, HEIGHT, SPEED = 160, 96, 8


def bar(now: float) -> Rgb:
    """Return a white bar on gray that moves to the right, some pixels for each half."""
    rgb = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
    left = round(now * SPEED)
    rgb[:, left : left + 20] = 220
    return rgb


def interlaced_clip(path: Path, codec: str, *, top_first: bool) -> Path:
    frames = []
    for number in range(8):
        early, late = bar(2 * number), bar(2 * number + 1)
        woven = early.copy()
        woven[1 if top_first else 0 :: 2] = late[1 if top_first else 0 :: 2]
        frames.append(in_yuv(woven))
    first = int(top_first)
    options = {"flags": "+ildct+ilme", "field_order": "tt" if top_first else "bb"}
    if codec == "libx264":
        options = {"x264-params": f"{'tff' if first else 'bff'}=1", "preset": "ultrafast"}
    if codec == "mpeg2video":
        options |= {"qmin": "1", "qmax": "2", "b": "20M"}
    return moving_clip(path, frames, codec, options=options)


def combs(rgb: Rgb) -> float:
    """Return by how much lines differ from the mean of those around them, on average."""
    luma = rgb[4:-4, :, 1].astype(float)
    return float(np.abs(luma[1:-1] - (luma[:-2] + luma[2:]) / 2).mean())


def left_edge(rgb: Rgb) -> float:
    return float(np.argmax(rgb[HEIGHT // 2].astype(int)[:, 1] > 140))


@pytest.mark.parametrize("top_first", [True, False], ids=["top first", "bottom first"])
@pytest.mark.parametrize(("codec", "suffix"), [("libx264", ".mp4"), ("mpeg2video", ".ts")])
def test_no_combs_and_the_same_speed(
    tmp_path: Path, codec: str, suffix: str, *, top_first: bool
) -> None:
    clip = interlaced_clip(tmp_path / f"c{suffix}", codec, top_first=top_first)
    pictures = shown(clip, WIDTH, HEIGHT, count=8)
    assert max(combs(each) for each in pictures) < 1
    edges = [left_edge(each) for each in pictures]
    assert edges == pytest.approx([2 * SPEED * number for number in range(8)], abs=SPEED)


def test_a_later_shot_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    clip = interlaced_clip(tmp_path / "c.mp4", "libx264", top_first=True)
    edges = [left_edge(each) for each in shown(clip, WIDTH, HEIGHT, count=3, start=0.12)]
    assert edges == pytest.approx([2 * SPEED * number for number in (3, 4, 5)], abs=SPEED)


def test_whole_pictures_are_left_as_they_are(tmp_path: Path) -> None:
    """Fine lines of a screen are no combs."""
    lines = np.full((HEIGHT, WIDTH, 3), 60, np.uint8)
    lines[::2] = 220
    clip = moving_clip(tmp_path / "c.mp4", [in_yuv(lines) for _ in range(3)])
    assert combs(shown(clip, WIDTH, HEIGHT)[0]) > 100
