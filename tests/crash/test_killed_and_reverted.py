"""An apply is killed with its edit or its film begun, and the commit is reverted: a real studio.

Where exactly a run is killed is tried point by point in `tests/unit/test_killed_and_reverted.py`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.story.test_kept_films import Desk, opened
from tests.support.command_server import OURS
from tests.support.passing_time import eventually
from tests.support.project import ROOT

pytestmark = pytest.mark.slow


def kill_at(desk: Desk, *statuses: str) -> None:
    """Apply, and be killed as soon as the studio shows the video in such a status."""
    video_id = desk.outputs()["videoId"]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS)}
    env = {**kept, "PYTHONPATH": str(ROOT), **desk.variables}
    line = (sys.executable, "-m", "storyboard", "apply", "-e", "kaltura", "--yes")
    with subprocess.Popen(line, cwd=desk.project.path, env=env) as run:
        while run.poll() is None:
            if desk.user("video/get", id=video_id)["status"] in statuses:
                run.send_signal(signal.SIGKILL)
                break
    assert run.returncode == -signal.SIGKILL


@pytest.mark.parametrize("statuses", [("draft", "generating"), ("generating",)])
def test_the_film_of_the_files_is_made_without_an_option(
    tmp_path: Path, statuses: tuple[str, ...]
) -> None:
    with opened(tmp_path) as desk:
        first = desk.entry()
        desk.project.edit("hello.yaml", "Hello and", "Good day and")
        kill_at(desk, *statuses)
        eventually(lambda: desk.video()["status"] in ("draft", "ready"))
        begun = desk.video()["entryId"]
        desk.project.edit("hello.yaml", "Good day and", "Hello and")
        applied = desk.run("apply", "--yes")
        assert applied.code == 0, applied.err
        assert (desk.video()["status"], desk.video()["entryId"]) == ("ready", desk.entry())
        assert desk.entry() not in (first, begun)
        plan = desk.run("plan", "--detailed-exitcode")
        assert (plan.code, "keeps its film" in plan.out) == (0, False)
        state = desk.project.path / ".storyboard" / "state" / "kaltura.json"
        assert begun is None or begun in state.read_text()
