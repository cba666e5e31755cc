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
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from storyboard.buckets.stores import ObjectStore
from storyboard.commands.shared_stores import in_bucket
from storyboard.errors import StateError
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.state import lease_lock
from storyboard.state.blobs import Blob, Blobs, Moved
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.git_blobs import GitBlobs
from storyboard.state.git_place import GitPlace
from storyboard.state.git_program import GitProgram
from storyboard.state.lease import Holder
from storyboard.state.lease_lock import LeaseLock
from storyboard.state.local import LocalStore
from storyboard.state.server_blobs import ServerBlobs
from storyboard.state.server_lock import ServerLock
from storyboard.state.server_place import ServerPlace
from storyboard.state.shared import SharedStore
from storyboard.state.shared_lock import Lock
from storyboard.state.state_server import Login, StateServer
from storyboard.state.store import Store
from tests.support.bucket_server import BUCKET, BucketServer, bucket_server
from tests.support.gitlab_states import GITLAB, PASSWORD, TERRAFORM, state_server
from tests.support.moto_server import moto_server

PRINCIPAL = Principal(101, "maker", "http://studio.test/api/v1")
"""Whose state it is."""


def look_and_renew_often(
    ttl: float, seconds: float, change: Callable[[object, str, float], None] = setattr
) -> None:
    """Let these seconds pass between looks at a lease, and between renewals, however long it is.

    One that is good for a moment is lost where a busy machine lets its holder wait for that long.
    """
    for name in ("_BEATS", "_LOOKS"):
        change(lease_lock, name, ttl / seconds)


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

    @contextmanager
    def in_one_step(self) -> Iterator[MemoryBlobs]:
        """Give blobs to change, which are these at the end; whoever looks meanwhile waits."""
        with self._turn:
            changing = MemoryBlobs()
            changing.blobs = dict(self.blobs)
            yield changing
            self.blobs = changing.blobs

    def _fail(self) -> None:
        if self.away:
            self.away -= 1
            raise StateError("away")


class MemoryBucket(MemoryBlobs):
    """Objects of this process, as an object store has them."""

    read = MemoryBlobs.get
    write = MemoryBlobs.put


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

    def end(self, folder: Path) -> None:
        """Leave it as it is."""

    def open(self, folder: Path, holder: Holder, ttl: float) -> tuple[Blobs, Lock]:
        """Open it."""
        blobs = FolderBlobs(folder)
        return blobs, LeaseLock(blobs, holder, ttl=ttl)


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

    def end(self, folder: Path) -> None:
        """Leave it as it is."""

    def open(self, folder: Path, holder: Holder, ttl: float) -> tuple[Blobs, Lock]:
        """Open it in a new shallow clone, as a job of CI has it."""
        clone = new_clone(folder, "--depth=1")
        blobs = GitBlobs(GitProgram(clone, RUNNER), GitPlace("origin", self.ref), about="test")
        return blobs, LeaseLock(blobs, holder, ttl=ttl)


class ServedPlace:
    """Keeps its address in a file of the folder, as long as its server runs."""

    def __init__(self, serving: Callable[[], AbstractContextManager[Any]]) -> None:
        self._serving = serving
        self._running: dict[Path, ExitStack] = {}

    def prepare(self, folder: Path) -> None:
        """Start the server."""
        stack = ExitStack()
        server = stack.enter_context(self._serving())
        self._running[folder] = stack
        (folder / "address").write_text(server.url)

    def end(self, folder: Path) -> None:
        """Stop it."""
        self._running.pop(folder).close()


class BucketPlaces(ServedPlace):
    """Keeps blobs in a bucket of a store that speaks S3."""

    place = BucketPlace(ObjectStore.S3, BUCKET, "project/production")

    def open(self, folder: Path, holder: Holder, ttl: float) -> tuple[Blobs, Lock]:
        """Open it as an operator's variables say."""
        variables = BucketServer(url=(folder / "address").read_text()).variables
        return in_bucket(self.place, variables, holder, ttl=ttl)


class ServerPlaces(ServedPlace):
    """Keeps a state on a server that locks it; its login is the name of the run."""

    def __init__(self, path: str) -> None:
        super().__init__(lambda: state_server(path))
        self._path = path

    def open(self, folder: Path, holder: Holder, ttl: float) -> tuple[Blobs, Lock]:
        """Open it; a lock does not end, whatever `ttl` is."""
        place = ServerPlace((folder / "address").read_text() + self._path)
        login = Login(holder.who, Secret(PASSWORD))
        server = StateServer(place, login, sleep=lambda seconds: None, clock=lambda: 0.0)
        lock = ServerLock(server, holder, look_seconds=0.02)
        return ServerBlobs(server, lock), lock


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


PLACES: dict[str, FolderPlace | GitPlaces | BucketPlaces | ServerPlaces] = {
    "bucket": BucketPlaces(bucket_server),
    "folder": FolderPlace(),
    "git": GitPlaces(),
    "gitlab": ServerPlaces(GITLAB),
    "moto": BucketPlaces(moto_server),
    "terraform": ServerPlaces(TERRAFORM),
}
"""The kinds of places that several processes share; each is prepared once, in an empty folder."""

NETWORKED = frozenset({"bucket", "gitlab", "moto", "terraform"})
"""Those whose server runs in the process that prepared them."""

HEAVY = frozenset({"moto"})
"""Those whose server takes seconds to load."""

LASTING = ("gitlab", "terraform")
"""Those whose lock does not end with its holder."""


LOCAL = "local"
"""The kind of a state that is a file of this machine, whose lock the system keeps."""


@contextmanager
def prepared(kind: str, folder: Path) -> Iterator[str]:
    """Give a kind, whose place is ready as long as the block lasts."""
    if kind in PLACES:
        PLACES[kind].prepare(folder)
    try:
        yield kind
    finally:
        if kind in PLACES:
            PLACES[kind].end(folder)


def open_store(kind: str, folder: Path, ttl: float, who: str = "test") -> Store:
    """Open the state of a kind in a folder, for a run called `who`."""
    if kind == LOCAL:
        return LocalStore(folder / "state.json")
    return open_shared(kind, folder, ttl, who)


def open_shared(kind: str, folder: Path, ttl: float, who: str = "test") -> SharedStore:
    """Open the shared state of a kind in a folder, for a run called `who`."""
    return SharedStore(*PLACES[kind].open(folder, Holder(who=who), ttl))


def described(**facts: object) -> str:
    """Return the line in which a process tells a test something."""
    return json.dumps(facts)
