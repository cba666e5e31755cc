"""What waits for a worker that is not there: the console, the metrics, and who waits are told."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

from storyboard.commands.connection import connect
from storyboard.commands.environment import resolve_environment
from storyboard.kaltura.objects import FilmShare
from storyboard.studio.execution import answering
from storyboard.studio.jobs.prometheus import PrometheusMeasures
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_metrics import TOKEN, counts
from tests.support.databases import rows_of_run
from tests.support.passing_time import eventually

DOCUMENT = b"Solar batteries keep the lights on for two nights. " * 8


def composing(user: Caller) -> str:
    source = user.control("POST", "media?name=notes.md", content=DOCUMENT)["id"]
    video = user.video()
    asked = {"formatType": "video-explainer", "entryIds": [source], "duration": 60}
    told = user("video/compose", id=video, **asked)
    assert told["status"] == "composing", told
    return video


def lanes(user: Caller) -> dict[str, Any]:
    return {lane["kind"]: lane for lane in user.control("GET", "work")["lanes"]}


def lacking(user: Caller) -> set[str]:
    jobs = user.control("GET", "progress")["objects"]
    return {job["id"] for job in jobs if job["lacksWorker"]}


def gauge(studio: Studio) -> dict[tuple[str, ...], float]:
    return counts(studio, "storyboard_jobs_without_worker")


def test_a_film_waits_for_the_first_worker(tmp_path: Path) -> None:
    measures = PrometheusMeasures(TOKEN)
    with open_test_studio(tmp_path / "w", workers=0, measures=measures) as studio:
        user = caller(studio)

        def films() -> Any:
            return lanes(user)["generate"]

        assert (films()["workers"], films()["withoutWorker"]) == (0, [])
        assert gauge(studio) == {("", "generate", ""): 0, ("", "compose", ""): 0}
        video = user.video()
        user("video/generate", id=video)
        [told] = films()["withoutWorker"]
        assert told.startswith("1 film waits, and no worker is there to make it")
        assert gauge(studio) == {("", "generate", ""): 1, ("", "compose", ""): 0}
        assert lacking(user) == {video}
        eventually(lambda: lanes(user)["compose"]["workers"] == 1)
        gate = threading.Event()
        maker = TinyFilmMaker(gate)
        with open_worker(tmp_path / "w", films=1, film_maker=maker, database=rows_of_run()):
            eventually(lambda: films()["workers"] == 1)
            assert (films()["withoutWorker"], lacking(user)) == ([], set())
            gate.set()
            user.wait(video, "ready")
        assert films()["workers"] == 0


def test_a_client_over_http_learns_of_it(tmp_path: Path) -> None:
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(tmp_path / "w", workers=0, public_url=url)
    with studio, answering(studio.app, listener):
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        environment = resolve_environment("kaltura", {}, studio.variables(), tmp_path)

        async def ask() -> dict[str, FilmShare]:
            async with connect(environment) as client:
                return await client.film_progress([video])

        assert asyncio.run(ask()) == {video: FilmShare(0.0, lacks_worker=True)}


def test_a_composition_waits_for_a_composer_that_left_with_its_server(tmp_path: Path) -> None:
    """A server took it, and was started anew without its composer."""
    composer = "http://127.0.0.1:1/composer"
    with closing(open_test_studio(tmp_path / "w", composer_url=composer)) as before:
        video = composing(caller(before))
        name = before.workspace.composer_name
    measures = PrometheusMeasures(TOKEN)
    with open_test_studio(tmp_path / "w", measures=measures) as studio:
        user = caller(studio)
        eventually(lambda: lanes(user)["compose"]["workers"] == 1)
        [told] = lanes(user)["compose"]["withoutWorker"]
        assert f"the composer {name}" in told
        assert composer not in told
        assert gauge(studio) == {
            ("", "generate", ""): 0,
            ("", "compose", ""): 0,
            (name, "compose", ""): 1,
        }
        assert lacking(user) == {video}
