"""Where the file of an entry is, or that the place of files has lost it: who runs it is told.

A row without its file is of a bucket that was emptied, or restored from before the database was.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from storyboard.errors import StudioError
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.entries import Entry

_LOG: Final = logging.getLogger("storyboard.studio")


class FileMissing(StudioError):
    """An entry is there, and the place of files has no file of it."""


def path_of(workspace: Workspace, entry: Entry) -> Path:
    """Return where an entry's bytes are on this machine; raises `FileMissing`, `FilesError`."""
    path = workspace.blobs.path(entry.blob)
    if not path.exists():
        raise missing(workspace, entry)
    return path


def require_file(workspace: Workspace, entry: Entry) -> None:
    """Raise `FileMissing` for an entry whose file is gone, without bringing the file here."""
    if not workspace.blobs.has(entry.blob):
        raise missing(workspace, entry)


def missing(workspace: Workspace, entry: Entry) -> FileMissing:
    """Return what to raise; count it, and log it once for each entry."""
    workspace.measures.note_missing_file()
    if entry.id not in workspace.told_missing:
        workspace.told_missing.add(entry.id)
        _LOG.error(
            "the file '%s' of entry %s is missing in the place of files: restore it from a backup, "
            "or send the entry's file again",
            *(entry.blob, entry.id),
            extra={"entryId": entry.id},
        )
    return FileMissing(f"the file of entry '{entry.id}' is missing in the studio's place of files")
