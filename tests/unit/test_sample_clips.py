"""Whoever tries the samples sees each clip of b-roll as soon as it is drawn."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from samples.broll import __main__ as drawing
from samples.broll.canvas import SIZE


def drawn(seconds: float, fps: int) -> Iterator[np.ndarray]:
    yield from [np.zeros((SIZE[1], SIZE[0], 3), np.uint8)] * round(seconds * fps)


def test_a_clip_is_told_when_it_is_drawn_and_one_that_is_there_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The longest is the first: nothing was told in the hundred seconds that it took."""
    told, short_is_told = list[str](), threading.Event()

    def tell(line: str) -> None:
        told.append(line)
        if "short" in line:
            short_is_told.set()

    def long(seconds: float, fps: int) -> Iterable[np.ndarray]:
        assert short_is_told.wait(60)
        return drawn(seconds, fps)

    clips = {
        "a/long.mp4": (long, 2.0, 1),
        "a/short.mp4": (drawn, 1.0, 1),
        "a/old.mp4": (long, 9, 1),
    }
    monkeypatch.setattr(drawing, "CLIPS", clips)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "old.mp4").write_bytes(b"")
    drawing.main(tmp_path, lambda: ThreadPoolExecutor(2), tell)
    first, second, third = told
    assert first == "drawing 2 clips of b-roll, 3 s of film; once only:"
    assert second.startswith("  samples/a/short.mp4: 1 s of film, drawn in ")
    assert third.startswith("  samples/a/long.mp4: 2 s of film, drawn in ")
    told.clear()
    drawing.main(tmp_path, lambda: ThreadPoolExecutor(2), tell)
    assert told == []
