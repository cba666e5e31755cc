"""Whether a state that is kept in a file is still the same, without reading what it says."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.state.local_names import BACKUP, LOCK, MAX_STATE_BYTES

_SAYS_NOTHING: Final = frozenset([LOCK, BACKUP])
"""Endings of what may lie beside a state without changing what it is read as."""


def content_digest(path: Path, inside: Path) -> str | None:
    """Return the digest of a state's file, empty where there is neither it nor a backup of it.

    None where more than the file tells the state, as after a run that was killed, and where the
    file cannot be read.
    """
    try:
        names = {each.name for each in path.parent.iterdir()}
    except FileNotFoundError:
        return ""
    except OSError:
        return None
    beside = {name.removeprefix(path.name) for name in names if name.startswith(f"{path.name}.")}
    if beside - _SAYS_NOTHING or (BACKUP in beside and path.name not in names):
        return None
    if path.name not in names:
        return ""
    try:
        content = read_inside(path, inside, MAX_STATE_BYTES)
    except FileRefused:
        return None
    return blake2b(content, digest_size=20).hexdigest()
