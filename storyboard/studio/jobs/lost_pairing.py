"""Finds the place of files that lost what says whose it is, and has it paired again.

What is compared is known by `pairing_again`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.disk.writing import private_folder
from storyboard.errors import StudioError
from storyboard.studio.jobs.file_pairing import BucketMark, FolderMark
from storyboard.studio.jobs.file_places import (
    BLOBS,
    NOTE,
    name_of,
    objects_of,
    put_note,
    refuse_another,
)
from storyboard.studio.jobs.pairing_again import LostPlace, Paired, pair_again
from storyboard.studio.records.folder_files import FolderFiles
from storyboard.studio.records.identity import Identity
from storyboard.studio.records.place_note import write_note
from storyboard.studio.records.store import Store

if TYPE_CHECKING:
    from storyboard.studio.records.bucket_objects import BucketObjects
    from storyboard.studio.records.files_place import FolderPlace


def pair_files(
    store: Store,
    place: str,
    workspace: Path,
    data: Path,
    identity: Identity,
    variables: Mapping[str, str],
    *,
    accepts_loss: bool,
) -> Paired:
    """Pair a workspace with a place again that lost what says that it is its own.

    Raises what `open_files` does, and `StudioError` where they may not belong together.
    """
    from storyboard.studio.records.files_place import FolderPlace, parse_files_place

    parsed, note = parse_files_place(place), data / NOTE
    refuse_another(workspace, note, str(parsed))
    if isinstance(parsed, FolderPlace):
        if not parsed.folder.is_dir():
            raise StudioError(
                f"there is no folder '{parsed.folder}'",
                hint="correct the address after --files, or mount the folder",
            )
        found = _found_folder(parsed, parsed.folder / name_of(identity))
    else:
        found = _found_bucket(objects_of(parsed, identity, variables))
    is_noted = note.exists()
    paired = pair_again(
        workspace, store, found, str(parsed), is_noted=is_noted, accepts_loss=accepts_loss
    )
    write_note(note, str(parsed))
    return paired


def _found_folder(place: FolderPlace, folder: Path) -> LostPlace:
    blobs = folder / BLOBS

    def stored() -> Iterator[str]:
        if blobs.is_dir():
            yield from (each.name for each in FolderFiles(blobs).stored())

    return LostPlace(
        FolderMark(folder), stored, lambda: private_folder(folder, inside=place.folder)
    )


def _found_bucket(objects: BucketObjects) -> LostPlace:
    def stored() -> Iterator[str]:
        return (each.name for each in objects.below(BLOBS).listed())

    return LostPlace(BucketMark(objects), stored, partial(put_note, objects))
