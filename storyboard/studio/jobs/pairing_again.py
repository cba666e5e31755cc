"""Pairs a database again with a place of files that lost what says that they belong together.

What proves that they do are the files themselves: each is called by the hash of its content. Where
files are lost, the operator has to say so, no process may run, and the place gets another id: the
former one, should it be found again, is not taken for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.errors import StudioError
from storyboard.studio.jobs.file_pairing import belongs_to_another, refuse_beside_processes
from storyboard.studio.records import entries
from storyboard.studio.records.blobs import is_blob
from storyboard.studio.records.entries import Entry
from storyboard.studio.records.pairing import (
    OWN_FOLDER,
    Mark,
    Pairing,
    content_of,
    pairing_of,
    read_mark,
    record,
)
from storyboard.studio.records.store import Store


@dataclass(frozen=True, slots=True)
class LostPlace:
    """A place of files as it is found, which may lack all that a workspace has there.

    Its `mark` says whose it is, `stored` names all files there, and `furnish` makes what a place
    has before its first file.
    """

    mark: Mark
    stored: Callable[[], Iterable[str]]
    furnish: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Paired:
    """What came of it: how many files the database knows, and the entries that lack theirs."""

    known: int
    lost: tuple[str, ...]
    was_paired: bool


def pair_again(
    workspace: Path,
    store: Store,
    place: LostPlace,
    shown: str,
    *,
    is_noted: bool,
    accepts_loss: bool,
) -> Paired:
    """Have both name each other; raises `StudioError` where it is not known that they may.

    Earlier versions gave a database no id of its place: then it tells whether the place `is_noted`
    in the workspace, or whether files of the database are there.
    """
    ours, theirs = pairing_of(store), _told(place.mark)
    if theirs is not None and theirs.database != ours.database:
        raise belongs_to_another(shown)
    with store.read() as tx:
        kept = [each for each in entries.find_all(tx) if each.has_content]
    known = {each.blob for each in kept if is_blob(each.blob)}
    there = set(place.stored())
    if there and not known & there:
        raise StudioError(
            f"'{shown}' has files, and none that the database knows",
            hint="correct the address after --files or --database; nothing was changed",
        )
    was_never_there = ours.files is None and not is_noted and not known & there
    if theirs is None and (ours.files == OWN_FOLDER or was_never_there):
        raise StudioError(
            f"the files of '{workspace}' were never in '{shown}'",
            hint="start a server with --files: they go there",
        )
    lost = tuple(each.id for each in kept if each.blob not in there)
    is_at_home = theirs is not None and theirs.home in ("", store.home)
    paired = Paired(len(known), lost, theirs == ours and is_at_home)
    if paired.was_paired:
        return paired
    if lost:
        _refuse_loss(kept, lost, shown, accepts_loss=accepts_loss)
        refuse_beside_processes(workspace, store, "run still, and know the place by its former id")
    _pair(store, place, ours, theirs, is_new=bool(lost))
    return paired


def _told(mark: Mark) -> Pairing | None:
    try:
        return read_mark(mark)
    except ValueError:  # it says nothing: as if there were none
        return None


def _refuse_loss(
    kept: Collection[Entry], lost: tuple[str, ...], shown: str, *, accepts_loss: bool
) -> None:
    if accepts_loss:
        return
    of_all = f"{len(lost):,} of {counted(len(kept), 'entry', 'entries')}"
    raise StudioError(
        f"{of_all} {'has' if len(lost) == 1 else 'have'} no file in '{shown}': "
        f"{listed(lost, NAMES_IN_LINE)}",
        hint="check that the folder is mounted and the address after --files is right, or restore "
        "the files from a backup; if they are lost for good: --accept-loss",
    )


def _pair(
    store: Store, place: LostPlace, ours: Pairing, theirs: Pairing | None, *, is_new: bool
) -> None:
    told = ours.files if theirs is None else theirs.files
    files = secrets.token_hex(16) if is_new or not told else told
    place.furnish()
    place.mark.rewrite(content_of(Pairing(ours.database, files, store.home)))
    if not record(store, ours, files):
        raise StudioError(
            "another process paired the database meanwhile", hint="run the command again"
        )
