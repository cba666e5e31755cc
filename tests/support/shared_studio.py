"""A local studio that is served for a team, and a colleague at a project with an app token."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyboard.studio.execution import served
from storyboard.studio.local import Studio
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import Caller, TinyFilmMaker, caller, open_test_studio
from tests.support.project import Project, Ran

ANA = "ana@example.com"
OPERATORS = frozenset({"KALTURA_ADMIN_SECRET", "KALTURA_KS", "STORYBOARD_STUDIO_CONTROL"})
"""What a studio's variables have that no colleague is given."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who makes films in the studio of a team; `operator` is who runs that."""

    project: Project
    studio: Studio
    films: TinyFilmMaker
    operator: Caller
    variables: Mapping[str, str]

    def run(self, *arguments: str, **variables: str) -> Ran:
        """Run a command for the environment `team`."""
        return self.project.run(*arguments, "-e", "team", **{**self.variables, **variables})


@contextmanager
def at_a_shared_studio(
    folder: Path, files: Mapping[str, str], settings: Mapping[str, Any] | None = None
) -> Iterator[Colleague]:
    """Serve a studio, and sit down at a project whose environment `team` is that studio.

    It is opened with the operator's `settings`.
    """
    listener, films = bind("127.0.0.1", 0), TinyFilmMaker()
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(folder / "studio", films, public_url=url, **(settings or {}))
    with served(studio, listener):
        given = studio.variables(user_id=ANA).items()
        variables = {name: value for name, value in given if name not in OPERATORS}
        project = Project.of(folder / "project", dict(files))
        operator = caller(studio, "operator", kind=2)
        yield Colleague(project, studio, films, operator, variables)
