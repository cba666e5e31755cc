"""A job is made as its server wants it, whatever the worker is told that makes it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storyboard.studio.behavior.contract import Contract
from storyboard.studio.film.request import Film, FilmOrder, OnProgress
from storyboard.studio.jobs.ways import OVERRUN, switch
from storyboard.studio.records import queue
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.support.databases import rows_of_run

KEPT = "hold-last-frame"
DOCUMENT = b"Solar batteries keep the lights on for two nights. " * 8


class Noting(TinyFilmMaker):
    """Test only: notes by which rules it was to make films."""

    def __init__(self) -> None:
        super().__init__(threading.Event())
        assert self.gate is not None
        self.gate.set()
        self.overruns: list[str] = []

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        self.overruns.append(order.rules.overrun.value)
        return super().__call__(order, on_progress, cancelled)


def test_a_film_has_the_switches_of_its_server(tmp_path: Path) -> None:
    """A worker of another contract made other films, and none could tell."""
    films = Noting()
    with (
        closing(open_test_studio(tmp_path / "w", contract={OVERRUN: "loop"})) as studio,
        open_worker(tmp_path / "w", films=1, film_maker=films, database=rows_of_run()) as worker,
    ):
        assert worker.workspace.contract[OVERRUN] != "loop"
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        user.wait(video, "ready")
    assert films.overruns == ["loop"]


def test_a_composition_waits_for_the_composer_of_its_server(tmp_path: Path) -> None:
    composer = "http://127.0.0.1:1/composer"
    with (
        closing(open_test_studio(tmp_path / "w", composer_url=composer)) as studio,
        open_worker(tmp_path / "w", films=1, film_maker=Noting(), database=rows_of_run()),
    ):
        user = caller(studio)
        source = user.control("POST", "media?name=notes.md", content=DOCUMENT)["id"]
        video = user.video()
        asked = {"formatType": "video-explainer", "entryIds": [source], "duration": 60}
        told = user("video/compose", id=video, **asked)
        assert told["status"] == "composing", told
        film = user.video()
        user("video/generate", id=film)
        user.wait(film, "ready")
        with studio.workspace.store.read() as tx:
            job = queue.last_of(tx, video)
        assert job is not None
        assert (job.state, job.attempt) == ("queued", 0)


@pytest.mark.parametrize(
    ("rules", "made"),
    [
        ("", KEPT),
        ('{"broll_overrun": "loop"}', "loop"),
        ('{"broll_overrun": "of a later version"}', KEPT),
        ('{"broll_overrun": 1}', KEPT),
        ("[1]", KEPT),
        ("{", KEPT),
    ],
)
def test_rules_that_are_not_known_are_the_workers_own(rules: str, made: str) -> None:
    """They may be of a later version, or of a snapshot that came from elsewhere."""
    assert switch(rules, Contract({OVERRUN: KEPT}), OVERRUN) == made
