"""A film in parts: scenes that others make come through the cache, or are made after all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.film import rendering
from storyboard.studio.film.make import make_film
from storyboard.studio.film.request import Cancelled, Film, FilmRequest, Progress
from storyboard.studio.film.segments import render_segment
from storyboard.studio.film.sharing import Share, write_note
from tests.support.film_crew import SMALL, scene, small_crew

PATIENCE = 60.0
REQUEST = FilmRequest(tuple(scene(words) for words in (4, 5, 6)), SMALL)


def make(folder: Path, share: Share, name: str = "film.mp4", **options: Any) -> Film:
    made = {"cache": folder / "cache", "output": folder / name, "crew": small_crew()}
    return make_film(REQUEST, **made, share=share, **options)  # type: ignore[arg-type]


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the scenes of which a segment was rendered, as they were."""
    found: list[int] = []

    def counted(cache: Any, segment: Any, *rest: Any) -> Path:
        found.append(segment.scene)
        return render_segment(cache, segment, *rest)

    monkeypatch.setattr(rendering, "render_segment", counted)
    return found


def beside(act: Callable[[], object], until: Callable[[], object]) -> threading.Thread:
    """Begin something in a thread, and return once it has come so far."""
    thread = threading.Thread(target=act)
    thread.start()
    limit = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < limit
        time.sleep(0.01)
    return thread


def test_a_scene_of_another_machine_is_waited_for_and_not_made_again(
    tmp_path: Path, rendered: list[int]
) -> None:
    alone = make(tmp_path / "alone", Share()).path.read_bytes()
    own = sorted(rendered)
    rendered.clear()
    note = tmp_path / "note"
    write_note(note, [2])
    holder = beside(lambda: make(tmp_path, Share(note=note)), lambda: {0, 1} == {*rendered})
    part = make(tmp_path, Share(only=frozenset({2})), "part.mp4")
    holder.join(PATIENCE)
    assert (tmp_path / "film.mp4").read_bytes() == alone
    assert part.path.read_bytes() == b""
    assert sorted(rendered) == own


def test_a_scene_that_was_given_up_is_made(tmp_path: Path, rendered: list[int]) -> None:
    note = tmp_path / "note"
    write_note(note, [0, 2])
    holder = beside(lambda: make(tmp_path, Share(note=note)), lambda: 1 in rendered)
    assert {*rendered} == {1}
    write_note(note, [])
    holder.join(PATIENCE)
    assert {*rendered} == {0, 1, 2}
    assert (tmp_path / "film.mp4").stat().st_size > 0


def test_who_waits_for_another_machine_can_be_told_to_stop(
    tmp_path: Path, rendered: list[int]
) -> None:
    note, stopped = tmp_path / "note", list[bool]()
    write_note(note, [0, 1, 2])
    over, told = threading.Event(), list[Progress]()

    def film() -> None:
        with pytest.raises(Cancelled):
            make(tmp_path, Share(note=note), cancelled=over.is_set, on_progress=told.append)
        stopped.append(True)

    holder = beside(film, lambda: any(each.stage == "frames" for each in told))
    over.set()
    holder.join(PATIENCE)
    assert (stopped, rendered) == ([True], [])
