"""The README is true: its files compile, its commands run and end well, its tables are complete."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from storyboard.cli import COMMANDS
from storyboard.errors import ExitCode

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `storyboard` is this checkout's."""
    command = tmp_path / "bin" / "storyboard"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m storyboard "$@"\n')
    command.chmod(0o755)
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.mark.slow
def test_the_blocks_run_in_their_order(tmp_path: Path, shell: dict[str, str]) -> None:
    project = tmp_path / "project"
    ran = 0
    for kind, text in BLOCKS:
        if kind == "yaml":
            path = project / text.partition("\n")[0].removeprefix("# ")
            assert path.suffix == ".yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif kind == "sh" and not text.startswith("make "):
            for line in text.strip().splitlines():
                done = subprocess.run(
                    line, shell=True, cwd=project, env=shell, capture_output=True, text=True
                )
                assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
                ran += 1
    assert ran >= 5
    assert (project / "films" / "welcome.mp4").stat().st_size > 50_000


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:^|`)make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_command_is_there() -> None:
    for command in COMMANDS:
        assert re.search(rf"`[^`]*\b{command}\b", README), command


def test_every_exit_code_is_there() -> None:
    told = {
        int(code)
        for code in re.findall(r"^\| (\d+) \|| \| (\d+) \| ", README, re.M)
        for code in code
        if code
    }
    assert told == {int(code) for code in ExitCode}


def test_the_files_it_points_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_yaml_blocks_are_yaml() -> None:
    for kind, text in BLOCKS:
        if kind == "yaml":
            assert isinstance(yaml.safe_load(text), dict)
