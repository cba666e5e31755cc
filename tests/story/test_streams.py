"""Where output cannot go: full disks, closed streams, readers that leave. Never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD = "name: Welcome\nscenes:\n  - Hello and welcome to this short film.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "storyboards").mkdir()
    (tmp_path / "storyboards" / "welcome.yaml").write_text(GOOD)
    return tmp_path


def shell(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which `$S` is the command, called as `$S plan`."""
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "S": f"{sys.executable} -m storyboard"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def one_and(first: str, *others: str) -> list[Any]:
    """Return cases, each of which starts Python: one for every change, the others in time."""
    return [first, *(pytest.param(other, marks=pytest.mark.slow) for other in others)]


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [*one_and("plan", "show"), *one_and("outputs --json", "check --format json")],
)
def test_a_full_disk_is_told(folder: Path, command: str) -> None:
    ran = shell(folder, f"$S {command} > /dev/full")
    assert ran.returncode == 1
    told = "the output cannot be written: No space left on device"
    if "json" in command:
        assert json.loads(ran.stderr.splitlines()[-1])["message"] == told
    else:
        assert ran.stderr.endswith(f"error: {told}\n")
    assert "Traceback" not in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("redirection", one_and(">&-", "2>&-", "2>/dev/full", "<&-"))
def test_missing_streams_are_no_reason_to_fail(folder: Path, redirection: str) -> None:
    ran = shell(folder, f"$S apply --yes --no-generate {redirection}")
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False)
    assert '"welcome"' in shell(folder, "$S outputs --json").stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [*one_and("plan", "show", "schema storyboard", "--help"), "explain --json"]
)
def test_a_reader_that_leaves_is_no_bug(folder: Path, command: str) -> None:
    ran = shell(folder, f"$S {command} | true; echo ${{PIPESTATUS[0]}}")
    assert ran.stdout in ("0\n", "1\n")
    if "--json" in command and ran.stdout == "1\n":
        assert json.loads(ran.stderr)["code"] == "output-not-written"
    else:
        assert ran.stderr == ""


@pytest.mark.slow
def test_an_apply_comes_to_its_end_though_nobody_reads_its_progress(folder: Path) -> None:
    ran = shell(folder, "{ $S apply --yes --no-generate 2>&1 >plan.txt; echo $? >code; } | true")
    assert ran.stderr == ""
    assert (folder / "code").read_text() == "0\n"
    assert "1 action done" in (folder / "plan.txt").read_text()


def test_a_named_file_is_read_where_it_stands_and_not_where_it_leads(folder: Path) -> None:
    outside = folder.parent / "secret.yaml"
    outside.write_text("root:x:0:0\n")
    (folder / "link.yaml").symlink_to(outside)
    ran = shell(folder, "$S check link.yaml")
    assert ran.returncode == 3
    assert "'link.yaml' leads out of the project through a link" in ran.stderr + ran.stdout
    assert "root:x" not in ran.stderr + ran.stdout
