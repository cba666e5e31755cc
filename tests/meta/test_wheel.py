"""What people install: the built wheel, by plain `pip`, on every Python that it claims to run on.

Nothing here uses constraints.txt: a user gets the newest versions that the ranges allow, and so
does this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from storyboard.distribution import DISTRIBUTION, install_command
from tests.support.interpreters import claimed_pythons, find_python

pytestmark = pytest.mark.wheel

ROOT = Path(__file__).parents[2]
WEB = "storyboard/studio/web"
SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"

LOOK_AT_FILM = """
import sys, av
with av.open(sys.argv[1]) as film:
    video, audio = film.streams.video[0], film.streams.audio[0]
    assert (video.width, video.height, video.codec_context.name) == (1920, 1080, "h264")
    assert audio.codec_context.name == "aac"
    assert 2 < film.duration / 1e6 < 10, film.duration
    shown = [frame.to_ndarray(format="gray") for frame in film.decode(video)]
    assert len(shown) / video.average_rate > 2
    assert shown[20].std() > 20, "the picture is blank"
with av.open(sys.argv[1]) as film:
    loudest = max(float(abs(frame.to_ndarray()).max()) for frame in film.decode(audio=0))
    assert loudest > 0.05, "the film is silent"
"""

STORYBOARD = """
name: Hello
avatar: jane
scenes:
  - Hello, and welcome to our product.
"""


@dataclass(frozen=True)
class Installed:
    """The wheel in a virtual environment of its own, and a folder to work in."""

    environment: Path
    folder: Path

    @classmethod
    def of(cls, python: Path, folder: Path, *requirements: str) -> Installed:
        environment = folder / "venv"
        subprocess.run([python, "-m", "venv", environment], check=True)
        made = cls(environment, folder)
        pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        made.python(*pip, *requirements).check_returncode()
        return made

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("python", *arguments)

    def storyboard(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("storyboard", *arguments)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program as a user does: without what the tests put into the environment."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_"))}
        return subprocess.run(
            [self.environment / SCRIPTS / program, *arguments],
            env=kept,
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=900,
        )


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


@pytest.fixture(scope="module")
def core(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed.of(Path(sys.executable), tmp_path_factory.mktemp("core"), str(wheel))


@pytest.fixture(scope="module", params=claimed_pythons())
def whole(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Installed:
    python = find_python(request.param)
    if python is None:
        pytest.skip(f"Python {request.param} could not be had on this machine")
    folder = tmp_path_factory.mktemp("whole")
    return Installed.of(python, folder, f"{wheel}[studio,documents]")


def test_the_wheel_carries_schemas_page_license_and_types(wheel: Path) -> None:
    assert wheel.name.startswith(DISTRIBUTION.replace("-", "_"))
    names = zipfile.ZipFile(wheel).namelist()
    for schema in sorted((ROOT / "schemas").glob("*.json")):
        assert f"storyboard/schemas/{schema.name}" in names
    for folder in ("site", "app", "loader", "vendor"):
        for part in sorted((ROOT / WEB / folder).rglob("*.*")):
            assert part.relative_to(ROOT).as_posix() in names
    assert "storyboard/py.typed" in names
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert not any(name.startswith(("tests", "samples", "benchmarks")) for name in names)


def test_the_core_works_alone(core: Installed) -> None:
    assert core.storyboard("init", "project").returncode == 0
    assert core.storyboard("-C", "project", "check").returncode == 0
    shown = core.storyboard("-C", "project", "show", "--json")
    assert json.loads(shown.stdout)["videos"][0]["address"] == "welcome"
    assert json.loads(core.storyboard("schema", "storyboard").stdout)["title"]
    told = core.storyboard("-C", "project", "plan")
    assert told.returncode == 1
    assert install_command("studio", core.environment) in told.stderr
    examined = core.storyboard("-C", "project", "doctor")
    assert "problem  extra studio  not installed: av, " in examined.stdout


def test_the_studio_makes_a_film(whole: Installed) -> None:
    """The newest `av` of each Python, above all: one of its releases lacked an argument."""
    assert whole.storyboard("init", "project").returncode == 0
    project = whole.folder / "project"
    (project / "storyboards" / "welcome.yaml").write_text(STORYBOARD)
    checked = whole.storyboard("-C", "project", "check")
    assert checked.returncode == 0, checked.stderr
    applied = whole.storyboard("-C", "project", "apply", "--yes", "--json")
    assert applied.returncode == 0, applied.stderr
    film = project / "films" / "welcome.mp4"
    seen = whole.python("-c", LOOK_AT_FILM, str(film))
    assert seen.returncode == 0, seen.stderr
    examined = whole.storyboard("-C", "project", "doctor")
    assert examined.returncode == 0, examined.stdout
