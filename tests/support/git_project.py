"""A project in a bare repository: branches, merges of each kind, and fresh clones for jobs."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.project import Project
from tests.support.state_places import git

MERGED, SQUASHED, REBASED = "merge", "squash", "rebase"


@dataclass(frozen=True)
class GitProject:
    """The repository `server.git` in a folder, and the clone of a person who works on it."""

    folder: Path

    @classmethod
    def begun(cls, folder: Path, files: Mapping[str, str]) -> GitProject:
        """Make the repository, with a first commit on main."""
        made = cls(folder)
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "server.git")
        git(folder, "clone", "--quiet", made.url, "person")
        git(made.person, "checkout", "--quiet", "-b", "main")
        made._commit("begin", files)
        git(made.person, "push", "--quiet", "origin", "main")
        return made

    @property
    def url(self) -> str:
        """Where clones come from."""
        return (self.folder / "server.git").as_uri()

    @property
    def person(self) -> Path:
        """The folder of the person's clone."""
        return self.folder / "person"

    def refs(self) -> str:
        """Return all refs of the repository."""
        return git(self.person, "ls-remote", "origin")

    def push(self, branch: str, files: Mapping[str, str]) -> str:
        """Commit to a branch, which begins at main if it is new, and push it."""
        self._update()
        is_new = not git(self.person, "branch", "--list", branch)
        git(self.person, "checkout", "--quiet", *(["-b"] if is_new else []), branch)
        self._commit(f"work on {branch}", files)
        git(self.person, "push", "--quiet", "origin", branch)
        return git(self.person, "rev-parse", "HEAD")

    def revert(self, branch: str, sha: str) -> str:
        """Push a branch that takes a merge back."""
        self._update()
        git(self.person, "checkout", "--quiet", "-b", branch)
        git(self.person, "revert", "--no-edit", *self._mainline(sha), sha)
        git(self.person, "push", "--quiet", "origin", branch)
        return git(self.person, "rev-parse", "HEAD")

    def merge(self, branch: str, how: str = MERGED) -> str:
        """Merge a branch to main as a forge does, and return the commit that main has then."""
        self._update()
        if how == SQUASHED:
            git(self.person, "merge", "--quiet", "--squash", branch)
            git(self.person, "commit", "--quiet", "--message", f"{branch} (#1)")
        elif how == REBASED:
            git(self.person, "merge", "--quiet", "--ff-only", branch)
        else:
            git(self.person, "merge", "--quiet", "--no-ff", "--message", f"merge {branch}", branch)
        git(self.person, "push", "--quiet", "origin", "main")
        return git(self.person, "rev-parse", "HEAD")

    def clone(self, ref: str) -> Project:
        """Return a job's clone of a branch or commit, shallow, as a runner makes it."""
        name = f"job-{secrets.token_hex(4)}"
        git(self.folder, "init", "--quiet", name)
        place = self.folder / name
        git(place, "remote", "add", "origin", self.url)
        git(place, "fetch", "--quiet", "--depth=1", "origin", ref)
        git(place, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        return Project(place)

    def merged_clone(self, branch: str) -> Project:
        """Return a job's clone of a pull request: main with the branch merged."""
        name = f"job-{secrets.token_hex(4)}"
        git(self.folder, "clone", "--quiet", self.url, name)
        place = self.folder / name
        git(place, "merge", "--quiet", "--no-edit", f"origin/{branch}")
        return Project(place)

    def _update(self) -> None:
        git(self.person, "checkout", "--quiet", "main")
        git(self.person, "pull", "--quiet", "--ff-only", "origin", "main")

    def _commit(self, message: str, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            Project(self.person).write(name, text)
        git(self.person, "add", ".")
        git(self.person, "commit", "--quiet", "--message", message)

    def _mainline(self, sha: str) -> list[str]:
        parents = git(self.person, "rev-list", "--parents", "-n", "1", sha).split()[1:]
        return ["--mainline", "1"] if len(parents) > 1 else []
