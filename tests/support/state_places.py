"""Places of shared states that a test and the processes it starts open by the same words.

A new kind of place is one more entry of `PLACES`; the suite of shared states runs on all of them.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from storyboard.errors import StateError
from storyboard.kaltura.objects import Principal
from storyboard.state.blobs import Blob, Blobs, Moved
from storyboard.state.git_blobs import GitBlobs
from storyboard.state.git_place import GitPlace
from storyboard.state.git_program import GitProgram
from storyboard.state.lease import Holder
from storyboard.state.lease_lock import LeaseLock
from storyboard.state.local import LocalStore
from storyboard.state.shared import SharedStore
from storyboard.state.store import Store

PRINCIPAL = Principal(101, "maker", "http://studio.test/api/v1")
"""Whose state it is."""


class MemoryBlobs:
    """Blobs of this process. `away` calls fail; `lost` writes are done and not answered."""

    where = "memory"

    def __init__(self) -> None:
        self.blobs: dict[str, Blob] = {}
        self.away = 0
        self.lost = 0
        self._turn = threading.Lock()

    def get(self, name: str) -> Blob | None:
        with self._turn:
            self._fail()
            return self.blobs.get(name)

    def probe(self) -> None:
        """It can always be written."""

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        with self._turn:
            self._fail()
            now = self.blobs.get(name)
            if (None if now is None else now.tag) != expected:
                raise Moved
            self.blobs[name] = Blob(content, sha256(content).hexdigest())
            if self.lost:
                self.lost -= 1
                raise StateError("no answer")
            return self.blobs[name].tag

    def _fail(self) -> None:
        if self.away:
            self.away -= 1
            raise StateError("away")


class FolderBlobs:
    """Blobs that real processes share: a file each, with the lock of the system around it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.where = str(folder)

    def get(self, name: str) -> Blob | None:
        with self._alone():
            return self._read(name)

    def probe(self) -> None:
        """It can always be written."""

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        with self._alone():
            now = self._read(name)
            if (None if now is None else now.tag) != expected:
                raise Moved
            (self._folder / name).write_bytes(content)
            return sha256(content).hexdigest()

    def _read(self, name: str) -> Blob | None:
        path = self._folder / name
        if not path.is_file():
            return None
        content = path.read_bytes()
        return Blob(content, sha256(content).hexdigest())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._folder / ".turn").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield


class FolderPlace:
    """Keeps blobs in a folder."""

    def prepare(self, folder: Path) -> None:
        """Leave it empty."""

    def open(self, folder: Path) -> Blobs:
        """Open it."""
        return FolderBlobs(folder)


class GitPlaces:
    """Keeps blobs on a ref of a bare repository; whoever opens it has a clone of its own."""

    ref = "refs/storyboard/production"

    def prepare(self, folder: Path) -> None:
        """Make the repository, with a commit on its branch."""
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "server.git")
        made = new_clone(folder)
        (made / "storyboard.yaml").write_text("name: Project\n")
        git(made, "add", ".")
        git(made, "commit", "--quiet", "--message", "begin")
        git(made, "push", "--quiet", "origin", "HEAD:main")

    def open(self, folder: Path) -> Blobs:
        """Open it in a new shallow clone, as a job of CI has it."""
        clone = new_clone(folder, "--depth=1")
        return GitBlobs(GitProgram(clone, RUNNER), GitPlace("origin", self.ref), about="test")


RUNNER = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""The variables of a machine where git knows nobody."""

_COMMITTER = {
    "GIT_AUTHOR_NAME": "ana",
    "GIT_AUTHOR_EMAIL": "ana@example.com",
    "GIT_COMMITTER_NAME": "ana",
    "GIT_COMMITTER_EMAIL": "ana@example.com",
}


def git(folder: Path, *words: str, check: bool = True) -> str:
    """Run git as a person does, and return what it printed."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        env=RUNNER | _COMMITTER,
        capture_output=True,
        text=True,
        check=check,
    )
    return done.stdout.strip()


def new_clone(folder: Path, *options: str) -> Path:
    """Clone the repository of a `GitPlaces` under a name of its own."""
    clone = folder / f"clone-{secrets.token_hex(4)}"
    git(folder, "clone", "--quiet", *options, (folder / "server.git").as_uri(), clone.name)
    return clone


PLACES: dict[str, FolderPlace | GitPlaces] = {"folder": FolderPlace(), "git": GitPlaces()}
"""The kinds of places that several processes share; each is prepared once, in an empty folder."""


LOCAL = "local"
"""The kind of a state that is a file of this machine, whose lock the system keeps."""


def open_store(kind: str, folder: Path, ttl: float, who: str = "test") -> Store:
    """Open the state of a kind in a folder, for a run called `who`."""
    if kind == LOCAL:
        return LocalStore(folder / "state.json")
    return open_shared(kind, folder, ttl, who)


def open_shared(kind: str, folder: Path, ttl: float, who: str = "test") -> SharedStore:
    """Open the shared state of a kind in a folder, for a run called `who`."""
    blobs = PLACES[kind].open(folder)
    return SharedStore(blobs, LeaseLock(blobs, Holder(who=who), ttl=ttl))


def described(**facts: object) -> str:
    """Return the line in which a process tells a test something."""
    return json.dumps(facts)
