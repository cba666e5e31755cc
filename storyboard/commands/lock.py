"""Who holds an environment's state, and how a lock is taken from a run that will not give it back.

standing = lock_standing(request)
"""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.request import Request
from storyboard.commands.stores import open_store
from storyboard.errors import UsageError
from storyboard.state.lease import Lease
from storyboard.state.local import LocalStore
from storyboard.state.shared import SharedStore


@dataclass(frozen=True, slots=True)
class LockStanding:
    """Where a state is, and who holds it: a lease, a process of this machine, or neither."""

    environment: str
    where: str
    lease: Lease | None = None
    process: str | None = None

    @property
    def is_held(self) -> bool:
        """Whether a run holds it."""
        return self.lease is not None or self.process is not None


def lock_standing(request: Request) -> LockStanding:
    """Look who holds the request's environment's state; takes nothing. Raises `StateError`."""
    environment = project_environment(request)
    store, where = open_store(environment), environment.state_shown
    if isinstance(store, SharedStore):
        return LockStanding(environment.name, where, lease=store.lock.seen())
    assert isinstance(store, LocalStore)
    return LockStanding(environment.name, where, process=store.holder())


def break_lock(request: Request, id: str) -> Lease:
    """Take the lock from the holding with this id, and return it.

    Whoever had it writes no more. Raises `UsageError` where that holding is over.
    """
    environment = project_environment(request)
    store = open_store(environment, request.operation)
    if not isinstance(store, SharedStore):
        raise UsageError(
            f"the state of environment '{environment.name}' is a file of this machine, "
            "whose lock ends with its process",
            hint="see which process it is: storyboard lock status",
        )
    return store.break_(id)
