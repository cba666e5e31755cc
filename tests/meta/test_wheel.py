"""What people install: the wheel carries schemas and page, the core works alone in a fresh venv."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SITE = "storyboard/studio/web/site"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_carries_schemas_page_licence_and_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for schema in sorted((ROOT / "schemas").glob("*.json")):
        assert f"storyboard/schemas/{schema.name}" in names
    for part in sorted((ROOT / SITE).iterdir()):
        assert f"{SITE}/{part.name}" in names
    assert "storyboard/py.typed" in names
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not any(name.startswith(("tests", "samples", "benchmarks")) for name in names)


@pytest.mark.slow
def test_the_wheel_works_alone_in_a_fresh_venv(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    scripts = tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-c", ROOT / "constraints.txt", wheel], check=True)

    def storyboard(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [scripts / "storyboard", *arguments]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)

    assert storyboard("init", "project").returncode == 0
    assert storyboard("-C", "project", "check").returncode == 0
    shown = storyboard("-C", "project", "show", "--json")
    assert json.loads(shown.stdout)["videos"][0]["address"] == "welcome"
    assert json.loads(storyboard("schema", "storyboard").stdout)["title"]
    told = storyboard("-C", "project", "plan")
    assert told.returncode == 1
    assert "pip install 'storyboard[studio]'" in told.stderr
