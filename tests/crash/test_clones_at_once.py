"""Three clones, no state, one studio: processes that apply at the same time, or are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.records.identity import load_identity
from tests.support.clones import Clones

ROOT = Path(__file__).parents[2]
FILES = {
    "hello.yaml": "name: Hello\nscenes: [{id: hi, narration: Hello and welcome to our office.}]\n",
    "bye.yaml": "name: Goodbye\nscenes: [{id: bye, narration: Goodbye and come back to us.}]\n",
}
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
pytestmark = pytest.mark.slow


@pytest.fixture
def clones(tmp_path: Path) -> Iterator[Clones]:
    """The embedded studio, served, whose films wait for a file `gate`; `tally` counts them."""
    places = [str(tmp_path / name) for name in ("workspace", "gate", "tally")]
    studio = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.studio_process", *places],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert studio.stdout is not None
    url = studio.stdout.readline().strip()
    identity = load_identity(tmp_path / "workspace")
    settings = {
        "KALTURA_PARTNER_ID": str(identity.partner_id),
        "KALTURA_ADMIN_SECRET": identity.admin_secret,
    }
    yield Clones(tmp_path, url, dict(FILES), settings)
    studio.kill()
    studio.wait()
    studio.stdout.close()


def begun(folder: Path) -> int:
    tally = folder / "tally"
    return len(tally.read_text().splitlines()) if tally.exists() else 0


def wait_for_film(folder: Path) -> None:
    until = time.monotonic() + 30
    while not begun(folder):
        assert time.monotonic() < until, "no film was begun"
        time.sleep(0.05)


def outputs(clones: Clones) -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = clones.run("outputs", "--json").json()
    return told


def test_three_at_once(clones: Clones) -> None:
    """Each made its own two videos, and its own two films."""

    def run() -> int:
        ran = clones.run("apply", "--yes")
        assert ran.code == 0, ran.out + ran.err
        return ran.code

    def open_gate() -> int:
        wait_for_film(clones.folder)
        time.sleep(0.5)
        (clones.folder / "gate").touch()
        return 0

    assert clones.at_once([run, run, run, open_gate]) == [0] * 4
    told = outputs(clones)
    assert {video["status"] for video in told.values()} == {"ready"}
    assert "no changes: 2 videos" in clones.run("plan", "--prune").out
    assert begun(clones.folder) == 2


def test_killed_in_the_middle_of_films(clones: Clones) -> None:
    clone = clones.fresh()
    line = [sys.executable, "-m", "storyboard", "apply", "--yes", "-e", "production"]
    process = subprocess.Popen(
        line,
        cwd=clone.path,
        env={**ENVIRONMENT, **clones.variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for_film(clones.folder)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (clones.folder / "gate").touch()
    ran = clones.run("apply", "--yes")
    assert ran.code == 0, ran.out + ran.err
    assert {video["status"] for video in outputs(clones).values()} == {"ready"}
    assert "no changes: 2 videos" in clones.run("plan", "--prune").out
    assert begun(clones.folder) == 2
