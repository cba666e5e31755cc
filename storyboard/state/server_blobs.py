"""Keeps a state on a server that takes the writes of whoever holds its lock. Knows no lock's words.

The server compares no versions: what keeps a write of another run away is the id of the lock.
"""

from __future__ import annotations

from hashlib import sha256

from storyboard.errors import LockedError, StateAccessError, StateError
from storyboard.state.blobs import Blob, Moved
from storyboard.state.server_lock import ServerLock
from storyboard.state.state_server import StateServer


class ServerBlobs:
    """The state as the one blob of a server; every name stands for it."""

    def __init__(self, server: StateServer, lock: ServerLock) -> None:
        self.where = str(server.place)
        self._server = server
        self._lock = lock

    def get(self, name: str) -> Blob | None:
        """Return the state as it is now; raises `StateError`."""
        content = self._server.fetch()
        return None if content is None else Blob(content, _tag(content))

    def probe(self) -> None:
        """Take the lock for an instant, and see that it keeps others away."""
        self._lock.probe()

    def put(self, name: str, content: bytes, expected: str | None) -> str:
        """Write the state; raises `Moved` where the lock is another's, and `StateError`.

        GitLab takes each serial once, and answers a foreign lock as if it had failed: what is
        there afterwards, and who has the lock, tell one failure from the other.
        """
        try:
            if not self._server.store(content, self._lock.id):
                raise Moved
        # A login that is refused says nothing of the lock: no look could change what has to be
        # told.
        except StateAccessError:
            raise
        except StateError:
            if not self._is_there(content):
                self._see_lock_held()
                raise
        return _tag(content)

    def _is_there(self, content: bytes) -> bool:
        """Whether the server has a state after all; one that does not say hides no failure."""
        try:
            return self._server.fetch() == content
        except StateError:
            return False

    def _see_lock_held(self) -> None:
        self._lock.look()
        try:
            self._lock.seconds_left()
        except LockedError as lost:
            raise Moved from lost


def _tag(content: bytes) -> str:
    return sha256(content).hexdigest()
