"""Where a workspace keeps its database, files and cache: a folder whose name nobody can foresee.

Whoever may commit files can add some to a workspace that a runner has already: a film under a key
that was worked out, a database, or the log that SQLite takes up with one. All lies in a folder
that is named by the workspace's secret, so what is added under any other name is never read.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from storyboard.studio.records.identity import DATA_FOLDERS, Identity, find_identity
from storyboard.studio.records.schema import DATA_PREFIX, DATABASE

_MOVING: Final = "moving"
_BEFORE: Final = (*DATA_FOLDERS, *(DATABASE + end for end in ("-wal", "-shm", "-journal", "")))
"""What workspaces of earlier versions have beside the secret; the database itself moves last."""


def data_folder(workspace: Path, identity: Identity) -> Path:
    """Return the folder of a workspace's data, made where it is missing; raises `OSError`.

    The data of an earlier version moves there, once: later, what lies in its place is a stranger's.
    """
    folder = workspace / _name(identity)
    if not identity.has_data_folder and not folder.exists():
        _move(workspace, folder)
    return folder


def data_there(workspace: Path) -> Path | None:
    """Return the folder of a workspace's data for who only reads; None where nothing was made here.

    Raises `StudioError` for a workspace of somebody else.
    """
    identity = find_identity(workspace)
    if identity is None:
        return None
    folder = workspace / _name(identity)
    return folder if identity.has_data_folder or folder.exists() else workspace


def _name(identity: Identity) -> str:
    return DATA_PREFIX + identity.name_for("data")[:32]


def _move(workspace: Path, folder: Path) -> None:
    """Gather what is there and give it its name at last; one that was killed is gone on with.

    Two at once find what the other has moved already gone, and all of it in the one folder.
    """
    made = workspace / _MOVING
    made.mkdir(mode=0o700, exist_ok=True)
    for name in _BEFORE:
        with suppress(FileNotFoundError):
            (workspace / name).rename(made / name)
    with suppress(OSError):
        made.rename(folder)
    with suppress(OSError):
        made.rmdir()
