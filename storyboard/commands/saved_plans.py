"""Saved plans as files: where they are, and the request that one was made of. Asks no studio."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from storyboard.commands.request import Request, find_request
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import write_whole
from storyboard.errors import ConflictError, StoryboardError, UsageError
from storyboard.plan.saved import Asked, SavedPlan
from storyboard.plan.saved_format import parse_saved, saved_body

SUFFIXES: Final = (".plan", ".json")
"""By these a file is told from an address, which has no such ending unless an id has."""

_MAX_BYTES: Final = 64 << 20
"""A thousand videos with long texts have 20 MB."""


def find_saved(targets: Sequence[str]) -> Path | None:
    """Return the saved plan that a command line names.

    Raises `UsageError` for one of several, and for a path of none: no address has a slash.
    """
    for each in targets:
        if each.endswith(SUFFIXES) and "/" in each and not Path(each).is_file():
            raise UsageError(f"there is no file '{each}'")
    found = [each for each in targets if each.endswith(SUFFIXES) and Path(each).is_file()]
    if found and len(targets) > 1:
        raise UsageError(
            f"'{found[0]}' is a file of a saved plan, which takes no other targets",
            hint="name the file alone; its plan has its targets already",
        )
    return Path(found[0]) if found else None


def check_place(path: Path) -> None:
    """Raise `UsageError` for a name that would not be known for a saved plan again.

    So it does where another kind of file would be lost: a state ends in `.json`, too.
    """
    if not path.name.endswith(SUFFIXES):
        raise UsageError(
            f"a plan cannot be saved as '{path}'",
            hint=f"give the file a name that ends in {' or '.join(SUFFIXES)}",
        )
    if path.is_file() and path.stat().st_size:
        with suppress(ConflictError):
            read_saved(path)


def write_saved(path: Path, saved: SavedPlan) -> None:
    """Put a saved plan in the place of a file, whole; raises `StoryboardError`."""
    place = path.absolute()
    body = json.dumps(saved_body(saved), sort_keys=True, indent=2, ensure_ascii=False)
    content = f"{body}\n".encode(errors="replace")
    try:
        write_whole(place, content, inside=place.parent)
    except OSError as cause:
        reason = cause.strerror or cause
        raise StoryboardError(f"'{path}' cannot be written: {reason}") from cause


def read_saved(path: Path) -> SavedPlan:
    """Return the saved plan of a file; raises `UsageError` and `ConflictError`."""
    place = path.absolute()
    try:
        content = read_inside(place, place.parent, _MAX_BYTES)
    except FileRefused as cause:
        raise UsageError(f"'{path}' cannot be read: {cause.reason}") from cause
    return parse_saved(content, where=str(path))


def request_asked(asked: Asked, directory: str | Path | None) -> Request:
    """Return the request that a plan was made of, in the checkout here; raises `UsageError`."""
    return find_request(
        asked.targets,
        directory,
        environment=asked.environment,
        variables=asked.variables,
        allow_stale=asked.allow_stale,
        fallback=asked.fallback,
    )
