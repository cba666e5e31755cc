"""Opens the place of a studio's files: its own folder, one that machines share, or a bucket.

A place is divided by the workspace's secret, as a database is: another workspace that is told the
same place has other files there, and sweeps none of these.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from storyboard.counting import counted
from storyboard.disk.writing import private_folder
from storyboard.errors import StudioError
from storyboard.shell import word
from storyboard.studio.film.cache import Cache, SharedCache
from storyboard.studio.jobs.file_pairing import (
    BucketMark,
    FolderMark,
    PlacePairing,
    pair_command,
    refuse_forgotten_place,
)
from storyboard.studio.jobs.machine_faults import write_for_a_try
from storyboard.studio.jobs.place_watch import Lost, Write, never_lost, write_nothing
from storyboard.studio.records.blobs import Blobs
from storyboard.studio.records.data_folder import data_there
from storyboard.studio.records.folder_files import FolderFiles
from storyboard.studio.records.identity import DATA_FOLDERS, Identity, find_identity
from storyboard.studio.records.place_note import read_note, write_note
from storyboard.studio.records.schema import DATA_PREFIX
from storyboard.studio.records.store import Store

if TYPE_CHECKING:
    from storyboard.studio.records.bucket_objects import BucketObjects
    from storyboard.studio.records.files_place import BucketPlace, FolderPlace

NOTE: Final = "files.txt"
BLOBS, _CACHE = DATA_FOLDERS
_COMING: Final = ("tmp", "uploads")
"""Folders of what is not whole yet."""

_MARK: Final = "studio.txt"
"""What is written at each start: whether that is allowed shows then, and not with the first film.
"""

_LOG = logging.getLogger("storyboard.studio")


class _NotThere(Exception):
    """A place lacks what a note in the workspace says that it has."""


@dataclass(frozen=True, slots=True)
class OpenedFiles:
    """The files of a studio; `cache` is a folder, and `shared` what machines have beside theirs.

    Where there is a bucket, `write` tries whether this machine can keep anything.
    """

    blobs: Blobs
    cache: Path
    shared: SharedCache | None = None
    lost: Lost = never_lost
    write: Write = write_nothing


def open_files(
    workspace: Path,
    data: Path,
    identity: Identity,
    store: Store,
    place: str,
    variables: Mapping[str, str],
    cache_limit: int,
) -> OpenedFiles:
    """Open the files of a workspace, in the place of this address, or in its data without one.

    The first time that there is a place, what the workspace has goes there. `variables` are the
    operator's; copies of a bucket's files are kept up to the `cache_limit`, in bytes. Raises
    `StudioError`, `UsageError`, `MissingExtraError`, `OSError`.
    """
    note = data / NOTE
    if not place:
        return _in_own_folder(workspace, data, note, store)
    from storyboard.studio.records.files_place import FolderPlace, parse_files_place

    parsed = parse_files_place(place)
    refuse_another(workspace, note, str(parsed))
    is_first = not note.exists()
    try:
        if isinstance(parsed, FolderPlace):
            folder = parsed.folder / name_of(identity)
            pairing = PlacePairing(workspace, store, FolderMark(folder), str(parsed))
            opened = _in_folder(parsed, folder, pairing, is_made=not is_first)
        else:
            objects = objects_of(parsed, identity, variables)
            pairing = PlacePairing(workspace, store, BucketMark(objects), str(parsed))
            _may_write(objects, pairing, is_made=not is_first)
            opened = _in_bucket(objects, workspace, data, cache_limit)
    except _NotThere as cause:
        raise StudioError(
            f"'{parsed}' has no files of the workspace '{workspace}', and had some before",
            hint="check the mount, or the variables of the bucket's store; if you copied all files "
            f"elsewhere: {_forgetting(workspace)}, and correct --files; if they are lost: "
            f"{pair_command(workspace)}",
        ) from cause
    own = FolderFiles(data / BLOBS)
    try:
        pairing.settle(opened.blobs, own)
        if is_first:
            _move(own, opened.blobs)
            write_note(note, str(parsed))
    except BaseException:
        opened.blobs.close()
        raise
    return replace(opened, lost=pairing.lost)


def files_unasked(workspace: Path, data: Path) -> OpenedFiles:
    """Return the files of what asks the rows alone: no place is looked at, as while it is away."""
    return OpenedFiles(Blobs(workspace, data), data / _CACHE)


def _in_own_folder(workspace: Path, data: Path, note: Path, store: Store) -> OpenedFiles:
    """Have the files in the workspace, if neither it nor the database knows another place."""
    if note.exists():
        raise StudioError(
            f"the files of the workspace '{workspace}' are in '{read_note(note)}'",
            hint="set STORYBOARD_FILES to that address, or use another workspace",
        )
    refuse_forgotten_place(workspace, store)
    return OpenedFiles(Blobs(workspace, data), data / _CACHE)


def cache_of(workspace: Path, place: str) -> Path:
    """Return the folder of a workspace's cache on this machine, also where nothing was made yet.

    Raises `StudioError` for a workspace of somebody else, and `UsageError`.
    """
    from storyboard.studio.records.files_place import FolderPlace, parse_files_place

    parsed, identity = parse_files_place(place) if place else None, find_identity(workspace)
    if isinstance(parsed, FolderPlace) and identity is not None:
        return parsed.folder / name_of(identity) / _CACHE
    return (data_there(workspace) or workspace) / _CACHE


def name_of(identity: Identity) -> str:
    """Return what a workspace's part of a place is called: another workspace never has it."""
    return f"storyboard-{identity.name_for('files')[:16]}"


def refuse_another(workspace: Path, note: Path, place: str) -> None:
    """Raise `StudioError` if the files of a workspace are noted to be in another place."""
    if note.exists() and (noted := read_note(note)) != place:
        raise StudioError(
            f"the files of the workspace '{workspace}' are in '{noted}', and not in '{place}'",
            hint=f"correct the address; if you copied all files there: {_forgetting(workspace)}",
        )


def _forgetting(workspace: Path) -> str:
    # The name of the folder is nobody's to know, and a log may be public.
    return f"rm {word(workspace)}/{DATA_PREFIX}*/{NOTE}"


def _in_folder(
    place: FolderPlace, folder: Path, pairing: PlacePairing, *, is_made: bool
) -> OpenedFiles:
    """Have drafts and uploads there too: what is finished is moved, and any machine goes on."""
    if is_made and not folder.is_dir():
        raise _NotThere
    pairing.check()
    try:
        folder = private_folder(folder, inside=place.folder)
        for name in (*DATA_FOLDERS, *_COMING):
            private_folder(folder / name, inside=folder)
    except OSError as cause:
        why = (cause.strerror or str(cause)).lower()
        raise StudioError(
            f"the files cannot be kept in '{place}': {why}",
            hint="make the folder writable, or correct the address after --files",
        ) from cause
    return OpenedFiles(Blobs(folder, folder), folder / _CACHE)


def objects_of(
    place: BucketPlace, identity: Identity, variables: Mapping[str, str]
) -> BucketObjects:
    """Return the workspace's objects in a bucket; raises `MissingExtraError`."""
    from storyboard.studio.records.bucket_objects import BucketObjects

    return BucketObjects(place, variables, name_of(identity))


def _may_write(objects: BucketObjects, pairing: PlacePairing, *, is_made: bool) -> None:
    """See that the workspace's objects may be written, and that they are its own."""
    if is_made and objects.size(_MARK) is None:
        raise _NotThere
    pairing.check()
    put_note(objects)


def put_note(objects: BucketObjects) -> None:
    """Write what shows at a start that objects may be written."""
    objects.put(b"files of `storyboard studio`\n", _MARK)


def _in_bucket(
    objects: BucketObjects, workspace: Path, data: Path, cache_limit: int
) -> OpenedFiles:
    from storyboard.studio.records.bucket_cache import BucketCache
    from storyboard.studio.records.bucket_files import BucketFiles
    from storyboard.studio.records.bucket_uploads import BucketUploads

    copies = Cache(data / _CACHE)
    files = BucketFiles(objects.below(BLOBS), copies, lambda: copies.trim(cache_limit))
    uploads = BucketUploads(objects.below("uploads"), workspace / "uploads")
    blobs = Blobs(workspace, data, files, uploads)

    def write() -> None:
        write_for_a_try(workspace)
        put_note(objects)

    shared = BucketCache(objects.below(_CACHE))
    return OpenedFiles(blobs, data / _CACHE, shared, write=write)


def _move(kept: FolderFiles, blobs: Blobs) -> None:
    """Take a folder's files into a place that has them from now on; the folder stays as it is."""
    names = [file.name for file in kept.stored()]
    if names:
        verb = "goes" if len(names) == 1 else "go"
        _LOG.info("%s %s to the place after --files", counted(len(names), "file"), verb)
    for name in names:
        blobs.take(kept.path(name), name)
