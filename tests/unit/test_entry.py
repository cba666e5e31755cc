"""An interrupt ends the program quietly with 130, however early or late it comes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOARD = "name: Hello\nscenes: [Hello and welcome to the tour.]\n"
INTERRUPTED_AT = """
import atexit, os, signal, sys
at = sys.argv.pop(1)

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == at:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
if at == "ignored":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
if at in ("exit", "ignored"):
    atexit.register(lambda: (os.kill(os.getpid(), signal.SIGINT), len("x")))
from storyboard.entry import main
main()
"""


def interrupted(at: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", INTERRUPTED_AT, at, *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "module",
    [
        "storyboard.cli",
        "click",
        "storyboard.cli.check",
        "storyboard.commands.compiled_project",
        "yaml",
        "exit",
    ],
)
def test_an_interrupt_is_quiet(tmp_path: Path, module: str) -> None:
    (tmp_path / "hello.yaml").write_text(BOARD)
    ran = interrupted(module, "check", "hello.yaml", cwd=tmp_path)
    assert ran.returncode == 130
    assert "Traceback" not in ran.stderr
    assert set(ran.stderr.splitlines()) <= {"", "interrupted", "1 video ready to plan"}


def test_an_ignored_interrupt_stays_ignored(tmp_path: Path) -> None:
    (tmp_path / "hello.yaml").write_text(BOARD)
    ran = interrupted("ignored", "check", "hello.yaml", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize("command", ["check", "show", "fmt", "init", "schema", "completion"])
def test_a_command_that_asks_no_studio_imports_no_client(command: str) -> None:
    asked = f"import sys, storyboard.cli.{command}; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "False\n", done.stderr


def test_a_start_imports_little_of_our_own() -> None:
    asked = "import sys, storyboard.entry, storyboard.cli; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT)
    own = {name for name in done.stdout.split() if name.partition(".")[0] == "storyboard"}
    needed = {"entry", "printing", "hidden", "cli", "cli.meta_keys", "cli.telling"}
    assert own == {"storyboard", *(f"storyboard.{name}" for name in needed)}
    assert not {"dataclasses", "traceback", "json", "pathlib"} & set(done.stdout.split())


def test_checking_files_imports_nothing_that_plans() -> None:
    asked = "import sys, storyboard.commands.compiled_project; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, cwd=ROOT)
    plans = {"storyboard.plan.plan", "storyboard.state.store", "storyboard.apply.stand_ins"}
    assert not (plans | {"asyncio", "email", "ssl"}) & set(done.stdout.split()), done.stderr
