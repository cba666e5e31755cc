"""A project whose environment `kaltura` is a tiny studio over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.project import Project, Ran
from tests.support.tiny_studio import TinyStudio, serving

TOUR = """\
name: {name}
scenes:
  - id: hi
    narration: Hello and welcome to the tour of our office.
"""

TWO_TOURS = {
    "storyboard.yaml": 'storyboards: ["*.yaml"]\n',
    "hello.yaml": TOUR.format(name="Hello"),
    "goodbye.yaml": TOUR.format(name="Goodbye"),
}


@dataclass
class Office:
    """A person at the command line of a project, and the studio that it is applied to."""

    project: Project
    studio: TinyStudio
    url: str

    def run(self, *arguments: str, user: str = "maker", environment: str = "kaltura") -> Ran:
        return self.project.run(*arguments, "-e", environment, **self.variables(user))

    def variables(self, user: str = "maker") -> dict[str, str]:
        return {
            "KALTURA_VOD_AVATAR_URL": f"{self.url}/api/v1",
            "KALTURA_SERVICE_URL": f"{self.url}/api_v3",
            "KALTURA_KS": "a-session",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_USER_ID": user,
        }

    @property
    def state(self) -> Path:
        return self.project.path / ".storyboard" / "state" / "kaltura.json"

    def actions(self) -> list[tuple[str, str]]:
        planned = self.run("plan", "--json").json()["actions"]
        return [(item["address"], item["action"]) for item in planned]


@contextmanager
def applied_office(folder: Path, files: Mapping[str, str], studio: TinyStudio) -> Iterator[Office]:
    """Serve a studio to which the files were applied once."""
    with serving(studio) as url:
        office = Office(Project.of(folder, dict(files)), studio, url)
        assert office.run("apply", "--yes").code == 0
        yield office
