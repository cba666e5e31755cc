"""`kill -9` of the only process that knows of a job: what is left is in the database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from storyboard.local_studio.opening import DATABASE
from tests.contract.studio_rig import HELLO, Caller, caller, open_test_studio
from tests.crash.server_process import AFTER
from tests.crash.test_servers import PATIENCE, assert_killed_by
from tests.crash.test_studio_kill import ROOT, Process
from tests.support.databases import DATABASES, postgres_url


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have the rows in each database: in a file of the workspace without an address."""
    url = "" if request.param == "sqlite" else postgres_url()
    monkeypatch.setenv(DATABASE, url)
    return url


@pytest.mark.slow
@pytest.mark.parametrize("other", ["runs", "starts later"])
def test_a_film_that_was_stored_is_made_though_its_server_rang_nobody(
    tmp_path: Path, database: str, other: str
) -> None:
    """Nobody asks for it again: its row alone says that it is wanted."""
    workspace = tmp_path / "workspace"
    with ExitStack() as until_end:
        if other == "runs":
            until_end.enter_context(open_test_studio(workspace, database=database, workers=1))
        words = (str(workspace), database, "video/generate", "1", AFTER)
        doomed = Process(tmp_path, ("tests.crash.server_process", *words))
        until_end.callback(doomed.close)
        video = doomed.video(HELLO)
        assert_killed_by(doomed, lambda: doomed("video/generate", id=video))
        if other != "runs":
            until_end.enter_context(open_test_studio(workspace, database=database, workers=1))
        user: Caller = caller(doomed.studio)
        assert user.wait(video, "ready", PATIENCE)["entryId"]


@pytest.mark.slow
def test_a_job_that_a_killed_process_owed_is_made_by_the_next_one(
    tmp_path: Path, database: str
) -> None:
    """Which jobs it was to give back, it alone knew: their leases are all that is needed."""
    workspace = tmp_path / "workspace"
    with open_test_studio(workspace, database=database, workers=0) as studio:
        user = caller(studio)
        video = user.video(HELLO)
        user("video/generate", id=video)
        words = [sys.executable, "-m", "tests.crash.owing_process", str(workspace), database]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        ended = subprocess.run(words, cwd=ROOT, env=env, timeout=PATIENCE, check=False)
        assert ended.returncode == -signal.SIGKILL
        assert user("video/get", id=video)["status"] == "generating"
        with open_test_studio(workspace, database=database, workers=1):
            entry = user.wait(video, "ready", PATIENCE)["entryId"]
        job = user.control("GET", f"videos/{video}")["job"]
        assert (job["attempt"], job["outcome"]) == (2, "ready")
        assert [each["id"] for each in user.control("GET", "media")["objects"]] == [entry]
