"""The log tells each thing that happens to a film once, and which process did it."""

from __future__ import annotations

import json
import logging
import os
import platform
import threading
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli.studio_log import JsonLines
from storyboard.studio.film.request import Film, FilmError
from storyboard.studio.jobs.job_failures import give_back
from storyboard.studio.local import Studio
from storyboard.studio.records import queue
from storyboard.studio.records.owner import host_of, named_process, this_process, this_worker
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.contract.test_without_worker import composing
from tests.support.passing_time import eventually

HERE = f"process {os.getpid()} on {platform.node()}"


def told_of(video: str, caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    lines = [json.loads(JsonLines().format(each)) for each in caplog.records]
    return [line for line in lines if line.get("videoId") == video]


def line_with(word: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the only line with a word: what asks and what begins are logged in any order."""
    [line] = [line for line in lines if word in line["message"]]
    return line


def texts(lines: list[dict[str, Any]], video: str) -> list[str]:
    return [line["message"].replace(video, "V") for line in lines]


@pytest.fixture(autouse=True)
def _all_lines(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_a_film_is_asked_for_begun_and_ready(
    studio: Studio, user: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    video = user.video()
    user("video/generate", id=video)
    entry = user.wait(video, "ready")["entryId"]
    eventually(lambda: "is ready" in caplog.text)
    lines = told_of(video, caplog)
    assert sorted(texts(lines, video)) == [
        "film of video V is asked for",
        f"film of video V is begun: attempt 1, by {HERE}",
        f"video V is ready as entry {entry}",
    ]
    for line in lines:
        assert (line["job"], line["entryId"]) == ("generate", entry)
    begun = line_with("begun", lines)
    assert begun["worker"] == f"{platform.node()}/{os.getpid()}"
    assert begun["attempt"] == 1


def test_a_film_that_fails_is_told_once_as_that(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Film:
        raise FilmError("voice", "no voice speaks it")

    with open_test_studio(tmp_path, broken, workers=1) as studio:
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        user.wait(video, "generate-error")
        eventually(lambda: "failed" in caplog.text)
    lines = told_of(video, caplog)
    failed, begun = line_with("failed", lines), line_with("begun", lines)
    assert texts([failed], video) == ["generation of video V failed: voice: no voice speaks it"]
    assert (failed["level"], failed["worker"]) == ("warning", begun["worker"])


def test_a_composition_is_told_likewise(
    studio: Studio, user: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    video = composing(user)
    user.wait(video, "composed")
    eventually(lambda: "is composed" in caplog.text)
    told = sorted(texts(told_of(video, caplog), video))
    assert told[0] == "composition of video V is asked for"
    assert told[1].startswith("composition of video V is begun: attempt 1")
    assert told[2].startswith("video V is composed: ")


def test_a_dead_workers_film_is_taken_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a machine of another name, which was silent for longer than its lease."""
    with open_test_studio(tmp_path / "w", workers=0) as studio:
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        with studio.workspace.store.write() as tx:
            given = {"owner": "0123456789ab.17.1.0@render-2", "lease_until": 1.0, "now": 1.0}
            [seq] = [each["seq"] for each in tx.rows("jobs.open")]
            tx.run("jobs.lease", seq=seq, **given)
    with open_test_studio(tmp_path / "w", workers=1) as studio:
        caller(studio).wait(video, "ready")
        eventually(lambda: "is ready" in caplog.text)
    [line] = [each for each in told_of(video, caplog) if "taken over" in each["message"]]
    assert line["level"] == "warning"
    assert line["message"].endswith(
        "is taken over from process 17 on render-2, which gave no sign of life: "
        f"attempt 2, by {HERE}"
    )
    assert line["formerWorker"] == "render-2/17"


def test_a_film_of_a_video_that_goes_is_left(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gate = threading.Event()
    maker = TinyFilmMaker(gate)
    with open_test_studio(tmp_path, maker, workers=1) as studio:
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        assert maker.filming.wait(60)
        user("video/delete", id=video)
        eventually(lambda: "is left" in caplog.text)
        gate.set()
    last = texts(told_of(video, caplog), video)[-1]
    assert last == "film of video V is left: it was stopped, or another worker has it"


def test_a_job_that_is_another_workers_by_now_is_not_said_to_be_given_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log said that it waits again, while another worker made the film."""
    with open_test_studio(tmp_path, workers=0) as studio:
        user = caller(studio)
        video = user.video()
        user("video/generate", id=video)
        early, late = (
            TableQueue(studio.workspace.store, lambda _, now=now: now) for now in (1.0, 99.0)
        )
        first = early.claim("x", queue.FILM)
        assert first is not None
        second = late.claim("y", queue.FILM)
        assert second is not None
        give_back(studio.workspace, first)
        give_back(studio.workspace, second)
    assert texts(told_of(video, caplog), video)[1:] == [
        "film of video V is left: it was stopped, or another worker has it",
        "film of video V is given back to the queue",
    ]


def test_a_worker_of_an_earlier_version_has_a_part_of_its_hash() -> None:
    assert host_of("0123456789ab.17.1.0") == "012345"
    assert named_process(this_process("0")).startswith(f"process {os.getpid()} on ")
    assert host_of(this_worker("0-ff")) == platform.node()


@pytest.mark.parametrize("name", ["a.b.example", "ÿ\n“x” @y.z", "x" * 300])
def test_the_name_of_a_host_breaks_no_owner(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(platform, "node", lambda: name)
    owner = this_worker("0-ff")
    assert owner.isascii()
    assert owner.isprintable()
    assert len(owner) < 200
    assert owner.split(".")[:3] == this_process("x").split(".")[:3]
    assert "@" not in host_of(owner)
