"""Jobs of a pipeline: each on a runner of its own, with the files of a commit and nothing else."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from storyboard.cli import run
from tests.support.clones import Clones
from tests.support.forge_server import ForgeServer, forge_server
from tests.support.project import Project, Ran
from tests.support.tiny_studio import TinyStudio, serving

_OF_JOBS = ("KALTURA_", "STORYBOARD_", "GITHUB_", "GH_", "GITLAB_", "CI_")
"""What the variables of a job begin with: a test has only its own ones."""


@dataclass
class Pipeline:
    """A project's pull requests, its runners, and the studio that they apply to."""

    clones: Clones
    forge: ForgeServer
    studio: TinyStudio
    environment: str = "production"

    def run(self, variables: Mapping[str, str], *arguments: str, clone: Project) -> Ran:
        """Run a command of a job, in this process: what a job keeps lies in its clone."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_OF_JOBS)}
        env = kept | self.clones.variables | dict(variables)
        out, err, here = io.StringIO(), io.StringIO(), Path.cwd()
        with patch.dict(os.environ, env, clear=True), redirect_stdout(out), redirect_stderr(err):
            os.chdir(clone.path)
            try:
                code = run(arguments)
            finally:
                os.chdir(here)
        return Ran(code, out.getvalue(), err.getvalue())

    def checkout(self, files: Mapping[str, str]) -> Project:
        """Return a fresh clone with the files of a commit."""
        clone = self.clones.fresh()
        for name, text in files.items():
            clone.write(name, text)
        return clone

    def plan(self, files: Mapping[str, str], number: int = 7) -> Ran:
        """Run the job of a pull request: plan, and write the comment."""
        return self.plan_in(self.checkout(files), number)

    def plan_in(self, clone: Project, number: int = 7) -> Ran:
        """Run the same in a clone that is there."""
        variables = self.forge.variables_of(number)
        planned = self.run(
            variables, "plan", "-e", self.environment, "--format", "markdown", clone=clone
        )
        clone.write("plan.md", planned.out)
        words = ("ci", "comment", "-e", self.environment, "--body", "plan.md")
        told = self.run(variables, *words, clone=clone)
        assert told.code == 0, told.err
        return planned

    def merge(self, files: Mapping[str, str], sha: str, number: int | None = 7) -> Ran:
        """Merge a pull request as a commit, or push without one, and run the job of main."""
        if number is not None:
            self.forge.merge(sha, number)
        return self.apply(files, sha)

    def apply(self, files: Mapping[str, str], sha: str, *options: str) -> Ran:
        """Run the job of main on a commit, for the first time or again."""
        return self.apply_in(self.checkout(files), sha, *options)

    def apply_in(self, clone: Project, sha: str, *options: str) -> Ran:
        """Run the same in a clone that is there."""
        words = ("ci", "apply", "-e", self.environment, *options)
        return self.run(self.forge.variables_on(sha), *words, clone=clone)

    def comment(self, kind: str = "plan", number: int = 7) -> str:
        """Return the one comment of ours of a kind; empty if there is none."""
        begin = f"<!-- storyboard {kind}: {self.environment} -->\n"
        ours = [note.body for note in self.forge.notes_of(number) if note.author == self.forge.me]
        found = [body for body in ours if body.startswith(begin)]
        assert len(found) <= 1, found
        return found[0] if found else ""


@contextmanager
def pipeline(folder: Path, kind: str, **studio: object) -> Iterator[Pipeline]:
    """Serve a forge of a kind and a studio."""
    tiny = TinyStudio(film_polls=1, **studio)  # type: ignore[arg-type]
    with forge_server(kind) as forge, serving(tiny) as url:
        yield Pipeline(Clones(folder, url, {}), forge, tiny)
