"""Films are made with the voices of the server that took them, whoever is free to make them."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storyboard.studio.jobs.forsaken_films import PATIENCE, ForsakenFilms
from storyboard.studio.jobs.prometheus import PrometheusMeasures
from storyboard.studio.local import Studio
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.live_workers import Makes
from storyboard.studio.worker import Worker, open_worker
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_metrics import TOKEN, counts
from tests.contract.test_without_worker import lacking, lanes
from tests.support.databases import ALONE_IN_SQLITE, rows_of_run
from tests.support.passing_time import Clock, eventually

STEP = queue.LEASE_SECONDS / 2


def voices_at(folder: Path, voice: str) -> Path:
    """Write a folder of voices with an endpoint that nobody asks."""
    folder.mkdir()
    row = {"url": "http://127.0.0.1:1/v1/audio/speech", "model": "m", "voice": voice}
    told = {"voices": [row | {"language": "en"}]}
    (folder / "voices.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def a_worker(place: Path, voices: Path | None = None) -> Worker:
    made = TinyFilmMaker()
    return open_worker(place, films=1, film_maker=made, database=rows_of_run(), voices=voices)


@pytest.mark.parametrize("had", [None, "former"])
def test_a_worker_leaves_the_films_of_a_server_that_got_other_voices(
    tmp_path: Path, had: str | None
) -> None:
    place, voices = tmp_path / "w", voices_at(tmp_path / "voices", "new")
    former = None if had is None else voices_at(tmp_path / had, had)
    open_test_studio(place).close()
    measures = PrometheusMeasures(TOKEN)
    with (
        a_worker(place, former),
        open_test_studio(place, workers=0, voices=voices, measures=measures) as studio,
    ):
        user = caller(studio)
        eventually(lambda: lanes(user)["generate"]["workers"] == 1)
        eventually(lambda: lanes(user)["compose"]["workers"] == 2)
        video, name = user.video(), studio.workspace.voices_name
        user("video/generate", id=video)
        [told] = lanes(user)["generate"]["withoutWorker"]
        assert told.startswith(f"1 film waits for the voices {name}, and no live worker has them")
        assert str(voices) not in told
        assert lacking(user) == {video}
        gauge = counts(studio, "storyboard_jobs_without_worker")
        assert gauge["", "generate", name] == 1
        with a_worker(place, voices):
            user.wait(video, "ready")


@ALONE_IN_SQLITE
def test_a_film_goes_on_with_new_voices_once_nothing_has_the_former(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Who works alone changes the voices between two runs: no other would ever make the film."""
    caplog.set_level(logging.INFO, "storyboard.studio")
    place, voices = tmp_path / "w", voices_at(tmp_path / "voices", "former")
    with closing(open_test_studio(place, workers=0, voices=voices)) as before:
        video = caller(before).video()
        caller(before)("video/generate", id=video)
    with open_test_studio(place, workers=1) as studio:
        caller(studio).wait(video, "ready")
    assert "1 film asked for with voices that no process has any more" in caplog.text


def test_films_wait_as_long_as_a_server_has_their_voices(tmp_path: Path) -> None:
    place, voices = tmp_path / "w", voices_at(tmp_path / "voices", "one")
    with (
        open_test_studio(place, workers=0, voices=voices) as first,
        open_test_studio(place, workers=1) as second,
    ):
        user = caller(first)
        eventually(lambda: lanes(user)["compose"]["workers"] == 2)
        video, other = user.video(), caller(second).video(name="other")
        user("video/generate", id=video)
        caller(second)("video/generate", id=other)
        user.wait(other, "ready")
        second._look()
        assert lacking(user) == {video}


def test_a_server_that_restarts_keeps_the_voices_of_its_films(tmp_path: Path) -> None:
    """The other server would make them with its own within seconds, and nobody would know."""
    place, voices, clock = tmp_path / "w", voices_at(tmp_path / "voices", "one"), Clock()
    with open_test_studio(place, workers=1) as other, a_third(place):
        forsaken = ForsakenFilms(other.workspace, clock)
        with open_test_studio(place, workers=0, voices=voices) as first:
            user, video = caller(first), caller(first).video()
            user("video/generate", id=video)
            forsaken.look()
        waits = lacking_of(caller(other), video)
        for _ in range(int(PATIENCE / STEP)):
            forsaken.look()
            assert waits(), clock.seconds
            clock.seconds += STEP
        with open_test_studio(place, workers=0, voices=voices):  # it is back: the patience is anew
            forsaken.look()
        for _ in range(int(PATIENCE / STEP)):
            forsaken.look()
            assert waits(), clock.seconds
            clock.seconds += STEP
        forsaken.look()
        caller(other).wait(video, "ready")


def test_a_server_that_could_not_look_has_no_patience_behind_it(tmp_path: Path) -> None:
    """After an outage of the database all have lapsed, and one says first that it lives again."""
    place, voices, clock = tmp_path / "w", voices_at(tmp_path / "voices", "one"), Clock()
    with open_test_studio(place, workers=1) as other, a_third(place):
        with closing(open_test_studio(place, workers=0, voices=voices)) as first:
            video = caller(first).video()
            caller(first)("video/generate", id=video)
        forsaken, waits = ForsakenFilms(other.workspace, clock), lacking_of(caller(other), video)
        eventually(waits)
        forsaken.look()
        clock.seconds += PATIENCE * 2
        forsaken.look()
        assert waits()


@pytest.mark.slow
def test_a_server_that_drains_has_its_voices_until_its_end(tmp_path: Path) -> None:
    place, voices = tmp_path / "w", voices_at(tmp_path / "voices", "one")
    with open_test_studio(place, workers=1, voices=voices) as first:
        name = first.workspace.voices_name

        def said() -> set[Makes]:
            with first.workspace.store.read() as tx:
                return {each for makes in live_workers.alive(tx).values() for each in makes}

        eventually(lambda: Makes(queue.FILM, name) in said())
        first.workspace.draining.begin()
        eventually(lambda: Makes(queue.FILM, name) not in said())
        assert Makes(live_workers.VOICES, name) in said()


def a_third(place: Path) -> Studio:
    """Open another server, so that none is alone: that one gives its voices at its start."""
    return open_test_studio(place, workers=0)


def lacking_of(user: Caller, video: str) -> Callable[[], bool]:
    return lambda: lacking(user) == {video}
