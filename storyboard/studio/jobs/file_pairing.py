"""Refuses a place of files that is not the database's, before anything is made or removed there.

A studio whose database is empty, or another one, would sweep all files of a place; one with another
place would lack them.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.counting import counted
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.new_files import write_new
from storyboard.disk.writing import write_whole
from storyboard.errors import StudioError
from storyboard.shell import word
from storyboard.studio.records import entries, live_workers, queue
from storyboard.studio.records.blobs import Blobs, is_blob
from storyboard.studio.records.folder_files import FolderFiles
from storyboard.studio.records.pairing import (
    LONGEST,
    OBJECT,
    OWN_FOLDER,
    Mark,
    Pairing,
    content_of,
    create_mark,
    pairing_of,
    read_mark,
    record,
)
from storyboard.studio.records.served_address import address_of
from storyboard.studio.records.store import Store

if TYPE_CHECKING:
    from storyboard.studio.records.bucket_objects import BucketObjects

_LOG: Final = logging.getLogger("storyboard.studio")
_ANEW: Final = "nothing was removed; to start again without them, name an empty place"


@dataclass(frozen=True, slots=True)
class FolderMark:
    """The object in a folder, as `Mark`."""

    folder: Path

    def read(self) -> bytes | None:
        """Return its content; raises `FileRefused`."""
        path = self.folder / OBJECT
        return read_inside(path, self.folder, LONGEST) if path.exists() else None

    def create(self, content: bytes) -> None:
        """Write it, unless there is one; raises `OSError`."""
        write_new(self.folder / OBJECT, content, inside=self.folder, mode=0o600)

    def rewrite(self, content: bytes) -> None:
        """Write it; raises `OSError`."""
        write_whole(self.folder / OBJECT, content, inside=self.folder, mode=0o600)


@dataclass(frozen=True, slots=True)
class BucketMark:
    """The object in a bucket, as `Mark`."""

    objects: BucketObjects

    def read(self) -> bytes | None:
        """Return its content; raises `FilesError`."""
        try:
            return self.objects.content(OBJECT)
        except FileNotFoundError:
            return None

    def create(self, content: bytes) -> None:
        """Write it, unless there is one; raises `FilesError`."""
        self.objects.create(content, OBJECT)

    def rewrite(self, content: bytes) -> None:
        """Write it; raises `FilesError`."""
        self.objects.put(content, OBJECT)


def pair_command(workspace: Path) -> str:
    """Return the command that pairs a place again that lost its object."""
    return f"storyboard studio pair --workspace {word(workspace)}"


def belongs_to_another(shown: str) -> StudioError:
    """Return what to raise for a place of another database."""
    return StudioError(
        f"the files in '{shown}' belong to another database than this one",
        hint="correct the address after --database, or restore the database that they "
        f"belong to; {_ANEW}",
    )


def refuse_beside_processes(workspace: Path, store: Store, why: str) -> None:
    """Raise `StudioError` while processes run that would not see a change of the place."""
    with store.read() as tx:
        count = len(live_workers.alive(tx))
    if count or address_of(workspace):
        raise StudioError(
            f"servers or workers of '{workspace}' {why}",
            hint="end all of them first, then start each with --files; one that was killed counts "
            f"for {queue.LEASE_SECONDS:.0f} seconds",
        )


def refuse_forgotten_place(workspace: Path, store: Store) -> None:
    """Raise `StudioError` for a process without a place where the database has its files in one."""
    before = pairing_of(store)
    if before.files is None and record(store, before, OWN_FOLDER):
        return
    if pairing_of(store).files != OWN_FOLDER:
        raise StudioError(
            f"the files of '{workspace}' are in a place that its servers share, and no --files "
            "names it",
            hint="set STORYBOARD_FILES to the address that the servers have",
        )


class PlacePairing:
    """Compares one place with one database: `check` before it is opened, `settle` after that."""

    def __init__(self, workspace: Path, store: Store, mark: Mark, shown: str) -> None:
        self._workspace, self._store, self._mark, self._shown = workspace, store, mark, shown
        self._ours = pairing_of(store)

    def check(self) -> None:
        """Raise `StudioError` for another place, and for one of another database."""
        theirs = self._read()
        if theirs is not None:
            self._refuse_another(theirs)
        elif self._ours.files:
            raise StudioError(
                f"'{self._shown}' is not the place that has the local studio's files: it has no "
                f"'{OBJECT}'",
                hint="check that the folder is mounted, and correct the address after --files; if "
                f"it is the right place: {pair_command(self._workspace)}",
            )

    def settle(self, blobs: Blobs, own: FolderFiles) -> None:
        """Have both name each other from now on; `own` is what the workspace had before.

        Raises `StudioError` where it is not known that they belong together.
        """
        theirs = self._read()
        if theirs is None:
            self._refuse_strange(blobs, own)
            create_mark(self._mark, self._ours.database, self._store.home)
            theirs = self._read()
        if theirs is None:
            raise StudioError(
                f"'{self._shown}' does not keep what is written: '{OBJECT}' is gone",
                hint="check the place after --files",
            )
        self._refuse_another(theirs)
        self._settled = theirs
        blobs.keeps_all = not self._is_at_home(theirs)
        if theirs.files != self._ours.files and not record(
            self._store, self._ours, theirs.files or ""
        ):
            self._ours = pairing_of(self._store)
            self._refuse_another(theirs)

    def _is_at_home(self, theirs: Pairing) -> bool:
        """Return whether these are the rows that the place knows, and say so if they are a copy.

        A place that knows none learns where these are.
        """
        home = self._store.home
        if not home or theirs.home == home:
            return True
        if not theirs.home:
            self._mark.rewrite(content_of(replace(theirs, home=home)))
            return True
        _LOG.warning(
            "the files in '%s' were used by another copy of this database: none is removed; if "
            "that copy is out of use: %s",
            self._shown,
            pair_command(self._workspace),
        )
        return False

    def _read(self) -> Pairing | None:
        try:
            return read_mark(self._mark)
        except ValueError as cause:
            raise StudioError(
                f"'{OBJECT}' in '{self._shown}' cannot be read",
                hint=f"restore it from a backup, or: {pair_command(self._workspace)}",
            ) from cause

    def _refuse_another(self, theirs: Pairing) -> None:
        if theirs.database != self._ours.database:
            raise belongs_to_another(self._shown)
        if self._ours.files and theirs.files != self._ours.files:
            raise StudioError(
                f"the local studio's files are in another place than '{self._shown}'",
                hint="correct the address after --files",
            )

    def _refuse_strange(self, blobs: Blobs, own: FolderFiles) -> None:
        """Raise `StudioError` for a place without the object, unless it is the database's or new.

        Places of earlier versions have none.
        """
        with self._store.read() as tx:
            known = entries.find_blobs(tx)
        if blobs.has_any():
            if not blobs.has_any(known):
                raise StudioError(
                    f"'{self._shown}' has files that the database does not know",
                    hint="correct the address after --database, or restore the database that they "
                    f"belong to; {_ANEW}",
                )
            return
        if known and not any(own.size(name) is not None for name in known if is_blob(name)):
            raise StudioError(
                f"the database knows {counted(len(known), 'file')}, and '{self._shown}' lacks all",
                hint="check that the folder is mounted, and correct the address after --files",
            )
        if known or self._ours.files == OWN_FOLDER:
            refuse_beside_processes(self._workspace, self._store, f"run without '{self._shown}'")

    def lost(self) -> str | None:
        """Return why the place is not the database's any more, `None` while it is.

        Raises `FilesError` for a bucket that does not tell.
        """
        try:
            theirs = read_mark(self._mark)
        except (ValueError, OSError, FileRefused) as cause:
            return f"'{self._shown}' cannot be read: {cause}"
        if theirs is None:
            return (
                f"'{self._shown}' has no '{OBJECT}' any more: it was emptied, or is not mounted; "
                f"if it is the right place: {pair_command(self._workspace)}"
            )
        if theirs != self._settled:
            return f"'{self._shown}' was paired again, or is another place: start again"
        return None
