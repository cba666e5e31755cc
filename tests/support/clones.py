"""Clones of one project, each a runner that was born a minute ago, and the studio they apply to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.project import Project, Ran

PROJECT = (
    'storyboards: ["*.yaml"]\n'
    "environments:\n"
    "  production: {studio: kaltura, userId: maker, identity: name}\n"
)

SESSION = {"KALTURA_KS": "a-session", "KALTURA_PARTNER_ID": "101"}


@dataclass
class Clones:
    """The files of a project, and runners that get them without anything else."""

    folder: Path
    url: str
    files: dict[str, str]
    settings: dict[str, str] = field(default_factory=lambda: dict(SESSION))
    count: int = 0

    def fresh(self) -> Project:
        """Return a new clone: no state, no cache."""
        self.count += 1
        return Project.of(
            self.folder / f"clone-{self.count}", {"storyboard.yaml": PROJECT, **self.files}
        )

    def run(self, *arguments: str, clone: Project | None = None) -> Ran:
        """Run a command in a clone, in a fresh one if none is given, which is gone after it."""
        project = clone or self.fresh()
        try:
            return project.run(*arguments, "-e", "production", **self.variables)
        finally:
            if clone is None:
                shutil.rmtree(project.path)

    @property
    def variables(self) -> dict[str, str]:
        """What the pipeline of a runner sets."""
        return {
            "KALTURA_VOD_AVATAR_URL": f"{self.url}/api/v1",
            "KALTURA_SERVICE_URL": f"{self.url}/api_v3",
            **self.settings,
        }

    def at_once(self, runs: Sequence[Callable[[], int]]) -> list[int]:
        """Run several commands at the same time, each a process of its own."""
        with ThreadPoolExecutor(len(runs)) as pool:
            return [future.result() for future in [pool.submit(run) for run in runs]]
