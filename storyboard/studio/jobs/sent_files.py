"""Brings a finished file to where it lasts, and keeps it there until a row names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records.blobs import Blob
from storyboard.studio.records.coming_files import coming


@contextmanager
def sent(workspace: Workspace, draft: Path, suffix: str) -> Iterator[Blob]:
    """Send a draft, which may take minutes, for a block that stores the row of the blob.

    The block is to have the blobs `keep` the draft within its transaction. Raises `FilesError`,
    `OSError`, `StoreError`.
    """
    blobs = workspace.blobs
    blob = blobs.measure(draft, suffix)
    with coming(workspace.store, blob.name) if blobs.names_at_once else nullcontext():
        blobs.send(draft, blob)
        yield blob
