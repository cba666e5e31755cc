"""What a command leaves that is killed while it writes a file, the next one removes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk import Desk, at_desk
from tests.support.office import TWO_TOURS
from tests.support.project import ROOT
from tests.support.tiny_studio import TinyStudio

KILLED = """
import os, pathlib, signal, sys
from storyboard.cli import run
replace = pathlib.Path.replace
def killed(part, target):
    if sys.argv[1] in str(target):
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(part, target)
pathlib.Path.replace = killed
sys.exit(run(sys.argv[2:]))
"""
APPLY = ("apply", "--yes", "--download", "films")


@pytest.fixture
def desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Desk]:
    with at_desk(tmp_path, TWO_TOURS, TinyStudio(film_polls=1), monkeypatch, capfd) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("/hello.mp4", APPLY),
        ("/kaltura.json", APPLY),
        ("/kaltura.json.backup/", APPLY),
        ("/it.plan", ("plan", "-o", "it.plan")),
    ],
)
def test_what_a_killed_command_left_goes_with_the_next_one(
    desk: Desk, name: str, command: tuple[str, ...]
) -> None:
    if "backup" in name:
        assert desk.run("apply", "--yes", "--no-generate").code == 0
    done = subprocess.run(
        [sys.executable, "-c", KILLED, name, *command, "-e", "kaltura"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert list(desk.project.path.rglob("*.part"))
    again = desk.run(*command)
    assert again.code == 0, again.err
    assert not list(desk.project.path.rglob("*.part"))
    assert desk.run(*APPLY).code == 0
    assert (len(desk.studio.videos), len(desk.studio.films)) == (2, 2)
