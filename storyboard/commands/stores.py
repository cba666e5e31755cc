"""Opens the store of an environment's state: a file of this machine, or a place that many share."""

from __future__ import annotations

from typing import Final

from storyboard.commands.environment import Environment
from storyboard.errors import UsageError
from storyboard.shell import word
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.state.store import Store


def open_store(environment: Environment, operation: str = "") -> Store:
    """Return the store of an environment; the lock tells others the `operation`."""
    if environment.shared is None:
        return open_file(environment)
    # Most states are files, and need none of what reaches other places.
    from storyboard.commands.shared_stores import open_shared

    return open_shared(environment, environment.shared, operation)


def open_file(environment: Environment) -> LocalStore:
    """Return the file that keeps a state; raises `UsageError` where several machines share it."""
    place = environment.shared
    if place is not None:
        raise UsageError(
            f"the state of environment '{environment.name}' is not a file: it is '{place}'",
            hint=place.history,
        )
    return LocalStore(
        environment.state_path,
        inside=environment.root,
        is_private=environment.is_private,
        is_cache=environment.by_name,
    )


def write_whole(store: Store, state: State) -> None:
    """Write a state in place of all that a store has of the one before, journal included."""
    if isinstance(store, LocalStore):
        store.replace(state)
    else:
        store.write(state)


def no_state(environment: Environment) -> UsageError:
    """Return that there is no state, with what to do: nothing, where names are keys."""
    return UsageError(
        f"environment '{environment.name}' has no state yet",
        hint=_NEEDS_NONE
        if environment.by_name
        else "storyboard apply makes one; if it was lost: storyboard state rebuild",
    )


def no_copy(environment: Environment, what: str) -> UsageError:
    """Return that there is no copy of a state, with what to do instead."""
    path = environment.state_path
    return UsageError(
        f"there is no {what} '{path}'",
        hint=_NEEDS_NONE
        if environment.by_name
        else f"if git has an older one: git checkout -- {word(path)}; else delete the file, and "
        "take in the studio's videos: `storyboard state rebuild`",
    )


_NEEDS_NONE: Final = "videos are found by name here, and no state is needed: storyboard apply"
