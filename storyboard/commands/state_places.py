"""Where an environment's state is kept, if not in a file of the project. Opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from storyboard.allowances import allow_hint
from storyboard.state.bucket_place import BucketPlace
from storyboard.state.git_place import REMOTE, GitPlace
from storyboard.state.server_place import ServerPlace

GIT: Final = "git"
"""The word of a project's file for a state on a ref of the repository's remote."""

_ADDRESS: Final = "://"
"""What tells an address from a path."""

SharedPlace = GitPlace | BucketPlace | ServerPlace
"""Where a state may be that several machines share."""


def shared_place(name: str, declared: Mapping[str, Mapping[str, Any]]) -> SharedPlace | None:
    """Return where several machines share an environment's state, None for a file of one.

    Raises `PlaceRefused` for a place that no project may choose.
    """
    told = declared.get(name, {}).get("state")
    if isinstance(told, str) and _ADDRESS in told:
        return BucketPlace.parse(told) or ServerPlace.parse(told)
    if told == GIT:
        told = {GIT: None}
    if not isinstance(told, Mapping):
        return None
    keys = told.get(GIT) or {}
    return GitPlace(
        str(keys.get("remote") or REMOTE), str(keys.get("ref") or f"refs/storyboard/{name}")
    )


def refused_host(place: ServerPlace) -> tuple[str, str]:
    """Return that a server may not be asked for a state, and how the operator allows it."""
    return (
        f"'state' would send your credentials to '{place.origin.location}', which you did not "
        "allow",
        allow_hint(place.origin),
    )


def is_file(told: object) -> bool:
    """Whether what a project says of a state names a file."""
    return isinstance(told, str) and told not in ("", GIT) and _ADDRESS not in told


def has_own_ref(name: str, declared: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the file names the ref of an environment's state itself."""
    told = declared.get(name, {}).get("state")
    keys = told.get(GIT) if isinstance(told, Mapping) else None
    return isinstance(keys, Mapping) and bool(keys.get("ref"))
