"""A project and a tiny studio whose commands run in this process: a story in tenths of a second."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from storyboard.cli import run
from tests.support.project import Project, Ran
from tests.support.tiny_studio import TinyStudio, serving


@dataclass
class Desk:
    """A person at the command line, who has variables set; what is printed is caught by pytest."""

    project: Project
    studio: TinyStudio
    patch: pytest.MonkeyPatch
    caught: pytest.CaptureFixture[str]

    def run(self, *arguments: str, **variables: str) -> Ran:
        """Run a command in the project's folder, with more variables, for `kaltura`."""
        with self.patch.context() as patch:
            for name, value in variables.items():
                patch.setenv(name, value)
            try:
                code = run([*arguments, "-e", "kaltura"])
            finally:
                for thread in threading.enumerate():
                    if isinstance(thread, threading.Timer):  # whose process would have ended
                        thread.cancel()
        ran = Ran(code, *self.caught.readouterr())
        ran.check(arguments)
        return ran

    @property
    def state(self) -> Path:
        return self.project.path / ".storyboard" / "state" / "kaltura.json"


@contextmanager
def at_desk(
    folder: Path,
    files: dict[str, str],
    studio: TinyStudio,
    patch: pytest.MonkeyPatch,
    caught: pytest.CaptureFixture[str],
) -> Iterator[Desk]:
    """Serve a studio, and sit down at a project that names it by variables."""
    for name in [n for n in os.environ if n.startswith(("KALTURA_", "STORYBOARD_"))]:
        patch.delenv(name)
    with serving(studio) as url:
        given = {
            "VOD_AVATAR_URL": f"{url}/api/v1",
            "SERVICE_URL": f"{url}/api_v3",
            "KS": "a-session",
            "PARTNER_ID": "101",
            "USER_ID": "maker",
        }
        for name, value in given.items():
            patch.setenv(f"KALTURA_{name}", value)
        project = Project.of(folder, files)
        patch.chdir(folder)
        yield Desk(project, studio, patch, caught)
