"""Tells the faults of this machine from those of a film: its own disk, its keys to a bucket.

Another machine may make the film. Where there is none, whoever asked for it is told.
"""

from __future__ import annotations

import errno
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Final

from storyboard.errors import FailureCode, StudioError
from storyboard.studio.film.disk import NO_ROOM
from storyboard.studio.film.request import FilmError
from storyboard.studio.jobs.place_watch import MachineFault
from storyboard.studio.records import live_workers
from storyboard.studio.records.file_store import FilesError
from storyboard.studio.records.owner import process_of, this_process

if TYPE_CHECKING:
    from pathlib import Path

    from storyboard.studio.jobs.workspace import Workspace

_OF_A_DISK: Final = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EACCES)
_ROOM: Final = 8 << 20
"""Bytes: a disk that is full for a film often has some left. A choice."""


def machine_fault(workspace: Workspace, cause: Exception) -> MachineFault | None:
    """Return what is wrong with this machine if a job failed for that; else `None`.

    A folder that machines share is no machine's own, nor is the room in a bucket.
    """
    if workspace.shared is None:
        return None
    match cause:
        case FilmError(code="disk-full"):
            return MachineFault("disk", f"'{workspace.path}': {NO_ROOM}")
        case OSError(errno=number) if number in _OF_A_DISK:
            why = (cause.strerror or str(cause)).lower()
            return MachineFault("disk", f"'{workspace.path}': {why}")
        case FilesError() if cause.failure_code is FailureCode.CREDENTIALS:
            return MachineFault("files", str(cause))
        case _:
            return None


def has_others(workspace: Workspace) -> bool:
    """Return whether another process of the studio lives: it takes the work, or tells of it."""
    ours = process_of(this_process(""))
    try:
        with workspace.store.read() as tx:
            return any(process_of(owner) != ours for owner in live_workers.alive(tx))
    except StudioError:  # nobody knows; the job is not lost where it goes back
        return True


def write_for_a_try(folder: Path) -> None:
    """Write as much to a disk as a scene takes, and leave nothing; raises `OSError`."""
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(_ROOM))
        file.flush()
