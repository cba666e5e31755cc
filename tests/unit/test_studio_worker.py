"""`storyboard studio worker`: for whom it works, and that it ends when it is told."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from storyboard.cli.studio_operation import METRICS_TOKEN
from storyboard.errors import StudioError
from storyboard.studio.api.probes import Probes
from storyboard.studio.api.slow_calls import Threads
from storyboard.studio.app import build_probed_app
from storyboard.studio.execution import answering
from storyboard.studio.serving import bind, url_of
from storyboard.studio.worker import open_worker, work
from tests.contract.studio_rig import TinyFilmMaker, caller, open_test_studio
from tests.support.project import Project
from tests.unit.test_studio_exec import environment

PATIENCE = 60.0


def test_a_folder_without_a_studio_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A worker that makes a studio of its own waits for films for ever."""
    place = tmp_path / "my studio"
    with pytest.raises(StudioError, match="there is no studio in") as refused:
        open_worker(place)
    assert refused.value.hint == f"start it first: storyboard studio --workspace '{place}'"
    assert not place.exists()


@pytest.mark.parametrize("where", ["database", "files"])
def test_a_worker_of_a_studio_elsewhere_begins_no_second_one(tmp_path: Path, where: str) -> None:
    """A studio that is started there has another account, and no film comes to it."""
    place = tmp_path / "w"
    with pytest.raises(StudioError, match="there is no studio in") as refused:
        open_worker(place, **{where: "x://y"})  # type: ignore[misc]
    copied, _, started = str(refused.value.hint).partition("only if there is no studio yet")
    assert copied.startswith("copy 'identity.json'")
    assert "storyboard studio --workspace" in started
    assert not place.exists()


def test_it_makes_the_films_of_a_studio_that_makes_none_and_ends_what_it_began(
    tmp_path: Path,
) -> None:
    maker = TinyFilmMaker(threading.Event())
    user = caller(open_test_studio(tmp_path / "w", workers=0))
    before = signal.getsignal(signal.SIGTERM)
    with user.studio:
        video = user.video()
        user("video/generate", id=video)
        opened = open_worker(tmp_path / "w", films=1, film_maker=maker)

        def tell_to_end() -> None:
            assert maker.filming.wait(PATIENCE)
            os.kill(os.getpid(), signal.SIGTERM)
            while not opened.workspace.draining.has_begun:
                time.sleep(0.02)
            assert maker.gate
            maker.gate.set()

        thread = threading.Thread(target=tell_to_end)
        work(opened, thread.start, drain=PATIENCE)
        thread.join()
        assert user("video/get", id=video)["status"] == "ready"
        assert len(maker.made) == 1
    assert signal.getsignal(signal.SIGTERM) is before


def asked(url: str, path: str) -> tuple[int, dict[str, object]]:
    answer = httpx.get(f"{url}{path}", trust_env=False, timeout=PATIENCE)
    return answer.status_code, answer.json()


def test_anybody_may_ask_a_worker_whether_it_lives_and_takes_work(tmp_path: Path) -> None:
    """An orchestrator has no token, and a worker without metrics answered nothing."""
    open_test_studio(tmp_path / "w", workers=0).close()
    words = ("storyboard", "studio", "worker", "--workspace", "w", "--probes", "127.0.0.1:0")
    with subprocess.Popen(
        [sys.executable, "-m", *words],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as child:
        assert child.stdout is not None
        told = next(line for line in child.stdout if line.startswith("probes at "))
        url = told.removeprefix("probes at ").strip().removesuffix("/readyz")
        assert asked(url, "/healthz") == (200, {"status": "ok"})
        assert asked(url, "/readyz") == (200, {"status": "ready"})
        assert httpx.get(f"{url}/metrics", trust_env=False).status_code == 404
        child.send_signal(signal.SIGTERM)
        assert "SIGTERM" in child.stdout.read()
    assert child.returncode == 0


def test_a_worker_that_drains_lives_and_is_not_ready(tmp_path: Path) -> None:
    open_test_studio(tmp_path / "w", workers=0).close()
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    with open_worker(tmp_path / "w", films=1) as worker, closing(Threads()) as threads:
        workspace = worker.workspace
        with answering(build_probed_app(workspace, Probes(workspace, threads)), listener):
            assert asked(url, "/readyz") == (200, {"status": "ready"})
            asyncio.run(workspace.draining.drain(0, lambda: True))
            status, told = asked(url, "/readyz")
            assert (status, told["reasons"]) == (503, ["draining"])
            assert asked(url, "/healthz") == (200, {"status": "ok"})


def test_probes_need_an_address(tmp_path: Path) -> None:
    ran = Project.of(tmp_path, {}).run("studio", "worker", "--probes", "9465")
    assert ran.code == 64
    assert "is not an address to listen at" in ran.err


@pytest.mark.parametrize("option", ["--metrics", "--probes"])
def test_an_address_in_use_is_told_by_its_option(tmp_path: Path, option: str) -> None:
    """A worker has no --port, which the hint named."""
    with closing(bind("127.0.0.1", 0)) as taken:
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        ran = subprocess.run(
            [sys.executable, "-m", "storyboard", "studio", "worker", option, place],
            cwd=tmp_path,
            env=environment(**{METRICS_TOKEN: "a-long-random-text-of-a-test"}),
            capture_output=True,
            text=True,
        )
    assert f"cannot listen on {place}" in ran.stderr
    assert f"hint: choose another address for {option}" in ran.stderr
