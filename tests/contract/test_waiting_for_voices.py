"""Films are made with the voices of the server that took them, whoever is free to make them."""

from __future__ import annotations

import json
import logging
from contextlib import closing
from pathlib import Path

import pytest

from storyboard.studio.jobs.prometheus import PrometheusMeasures
from storyboard.studio.worker import Worker, open_worker
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.contract.test_metrics import TOKEN, counts
from tests.contract.test_without_worker import lacking, lanes
from tests.support.databases import rows_of_run
from tests.support.passing_time import eventually


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
