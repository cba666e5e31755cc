"""The name that this is installed under, told in one place, and what `doctor` finds beside it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from storyboard.commands.doctor_finding import Finding, Level
from storyboard.commands.doctor_installation import examine_installation
from storyboard.commands.doctor_machine import required_packages
from storyboard.distribution import DISTRIBUTION, install_command

ROOT = Path(__file__).parents[2]
METADATA = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OUR_SCRIPT = "#!/usr/bin/python3\nimport sys\nfrom storyboard.entry import main\nsys.exit(main())\n"
THEIR_SCRIPT = OUR_SCRIPT.replace("storyboard.entry", "storyboard.main")


def test_the_project_has_this_name() -> None:
    assert METADATA["name"] == DISTRIBUTION


@pytest.mark.parametrize(
    ("left_by_tool", "expected"),
    [
        ("", f"pip install '{DISTRIBUTION}[ja]'"),
        ("pipx_metadata.json", f"pipx runpip {DISTRIBUTION} install '{DISTRIBUTION}[ja]'"),
        ("uv-receipt.toml", f"uv tool install '{DISTRIBUTION}[ja]'"),
    ],
)
def test_an_extra_is_added_where_the_program_runs(
    tmp_path: Path, left_by_tool: str, expected: str
) -> None:
    if left_by_tool:
        (tmp_path / left_by_tool).touch()
    assert install_command("ja", tmp_path) == expected


def test_nothing_tells_anybody_to_install_the_other_program() -> None:
    """The name `storyboard` on PyPI is not ours: installing it would overwrite the command."""
    # After the tool's name and its options, the first thing to install.
    wrong = re.compile(
        r"(pip|pipx|uv tool|uvx?|uv pip) install (-\S+ )*['\"]?storyboard(?!-as-code)"
    )
    files = [*ROOT.rglob("*.md"), *(ROOT / "storyboard").rglob("*.py"), ROOT / "pyproject.toml"]
    for path in files:
        if ".venv" not in path.parts:
            assert not wrong.search(path.read_text("utf-8")), path
    assert wrong.search("pip install 'storyboard[studio]'")


def test_only_one_module_tells_how_to_install() -> None:
    for path in (ROOT / "storyboard").rglob("*.py"):
        if path.name not in ("distribution.py", "doctor_installation.py", "doctor_machine.py"):
            assert "pip install" not in path.read_text("utf-8"), path


def test_doctor_asks_for_what_the_project_requires() -> None:
    """The lists come from the distribution itself, which knows them once it is installed."""
    if not required_packages():
        pytest.skip("runs from a folder: the distribution is not installed")
    for extra, declared in (
        ("", METADATA["dependencies"]),
        ("studio", METADATA["optional-dependencies"]["studio"]),
    ):
        names = {re.split(r"[<>=!~]", line)[0].lower() for line in declared}
        assert set(required_packages(extra)) == names, "stale: run make install"


def install(folder: Path, name: str, *, command: str = "", file: str = "other/__init__.py") -> None:
    place = folder / f"{name.replace('-', '_')}-0.1.9.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.9\n")
    (place / "RECORD").write_text(f"{file},,\n")
    if command:
        (place / "entry_points.txt").write_text(f"[console_scripts]\n{command}\n")


def write_command(folder: Path, text: str) -> str:
    folder.mkdir(exist_ok=True)
    script = folder / "storyboard"
    script.write_text(text)
    script.chmod(0o755)
    return str(folder)


def examined(folder: Path, path: str) -> dict[str, Finding]:
    return {finding.topic: finding for finding in examine_installation([str(folder)], path)}


@pytest.mark.parametrize(
    "theirs",
    [
        {"name": "storyboard", "command": "storyboard = storyboard.main:main"},
        {"name": "storyboard", "file": "storyboard/main.py"},
        {"name": "storyboard-cli", "command": "storyboard = cli:main"},
    ],
)
def test_a_namesake_is_told(tmp_path: Path, theirs: dict[str, str]) -> None:
    install(tmp_path, "storyboard-as-code", command="storyboard = storyboard.entry:main")
    install(tmp_path, **theirs)
    finding = examined(tmp_path, "")["installation"]
    assert finding.level is Level.WARNING
    assert f"the distribution '{theirs['name']}' 0.1.9" in finding.message
    assert f"pip uninstall {theirs['name']}" in (finding.hint or "")


def test_what_has_another_command_is_no_namesake(tmp_path: Path) -> None:
    install(tmp_path, "storyboard-as-code", command="storyboard = storyboard.entry:main")
    install(tmp_path, "storyboards", command="boards = storyboards:main", file="storyboards/x.py")
    assert list(examined(tmp_path, "")) == ["storyboard"]


@pytest.mark.skipif(sys.platform == "win32", reason="commands have another form there")
def test_another_program_of_this_name_is_told(tmp_path: Path) -> None:
    theirs = write_command(tmp_path / "theirs", THEIR_SCRIPT)
    ours = write_command(tmp_path / "ours", OUR_SCRIPT)
    finding = examined(tmp_path, f"{theirs}:{ours}")["command"]
    assert finding.level is Level.WARNING
    assert finding.message.endswith(f"is another program: '{theirs}/storyboard'")
    assert "command" not in examined(tmp_path, f"{ours}:{theirs}")
