"""Nothing is reported to anybody: no file of another's telemetry, no packet that leaves loopback.

Each command runs with an empty home, in a network of its own (see `support.network_guard`), and
long enough after its first speech for what would be sent.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.support.network_guard import isolating, packets_astray
from tests.support.project import ROOT, Project

FILES = {
    "storyboard.yaml": "locales: [en, ar]\nstoryboards: [hi.yaml]\n",
    "hi.yaml": "id: hi\nname: Hi\navatar: jane\nscenes:\n"
    "  - id: a\n    narration: Welcome to the training overview of this quarter.\n",
    "locales/ar/hi.po": 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgctxt "a/narration"\nmsgid "Welcome to the training overview of this quarter."\n'
    'msgstr "مرحبا بكم في نظرة عامة على تدريب هذا الربع."\n',
}
INNER = """
import subprocess, sys, time
code = subprocess.call([sys.executable, "-m", "storyboard", "apply", "-e", "kaltura", "--yes"])
time.sleep(20)
sys.exit(code)
"""
COMMANDS = {
    "apply": ["-m", "storyboard", "apply", "-e", "local", "--yes"],
    "listen": ["-m", "storyboard", "listen", "hi@en", "-e", "local"],
    "studio": ["-m", "storyboard", "studio", "exec", "--", sys.executable, "-c", INNER],
}


@pytest.fixture
def alone(tmp_path: Path) -> tuple[Project, Path, dict[str, str]]:
    home = tmp_path / "home"
    home.mkdir()
    kept = ("PATH", "LANG", "LC_ALL", "VIRTUAL_ENV")
    env = {name: os.environ[name] for name in kept if name in os.environ}
    env |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "PYTHONPATH": str(ROOT)}
    return Project.of(tmp_path / "project", FILES), home, env


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_phones_home(
    name: str, alone: tuple[Project, Path, dict[str, str]], tmp_path: Path
) -> None:
    project, home, env = alone
    command = [sys.executable, *COMMANDS[name]]
    code, astray, output = packets_astray(
        command, cwd=project.path, env=env, report=tmp_path / "report"
    )
    assert code == 0, output
    assert sorted(str(p.relative_to(home)) for p in home.rglob("*") if p.is_file()) == []
    assert astray == 0


@pytest.mark.slow
@pytest.mark.skipif(isolating() is None, reason="no network of its own can be had here")
@pytest.mark.parametrize(
    "deed",
    ["socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo('example.org', 80)"],
)
def test_the_guard_sees_what_leaves(
    deed: str, alone: tuple[Project, Path, dict[str, str]], tmp_path: Path
) -> None:
    project, _, env = alone
    code = f"import socket, contextlib\nwith contextlib.suppress(OSError): {deed}"
    command = [sys.executable, "-c", code]
    assert packets_astray(command, cwd=project.path, env=env, report=tmp_path / "r")[1] > 0
