"""Where an environment's state is kept, if not in a file of the project. Opens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from storyboard.state.git_place import REMOTE, GitPlace

GIT: Final = "git"
"""The word of a project's file for a state on a ref of the repository's remote."""

SharedPlace = GitPlace
"""Where a state may be that several machines share."""


def shared_place(name: str, declared: Mapping[str, Mapping[str, Any]]) -> SharedPlace | None:
    """Return where several machines share an environment's state, None for a file of one.

    Raises `GitPlaceRefused` for a place that no project may choose.
    """
    told = declared.get(name, {}).get("state")
    if told == GIT:
        told = {GIT: None}
    if not isinstance(told, Mapping):
        return None
    keys = told.get(GIT) or {}
    return GitPlace(
        str(keys.get("remote") or REMOTE), str(keys.get("ref") or f"refs/storyboard/{name}")
    )


def has_own_ref(name: str, declared: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether the file names the ref of an environment's state itself."""
    told = declared.get(name, {}).get("state")
    keys = told.get(GIT) if isinstance(told, Mapping) else None
    return isinstance(keys, Mapping) and bool(keys.get("ref"))
