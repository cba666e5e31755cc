"""Mends a state file with its journal and its spools, and says what it did about each fault."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storyboard.counting import NAMES_IN_LIST, counted, listed
from storyboard.errors import StateError
from storyboard.state.format import parse_body, read_body
from storyboard.state.journal import named_videos, replay_journal
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.local_spool import follows
from storyboard.state.model import State
from storyboard.state.settled import without_settled
from storyboard.state.state_files import StateFiles


@dataclass(frozen=True, slots=True)
class Repaired:
    """A state after its repair, a line for each thing that was done, and where a journal went."""

    state: State
    told: tuple[str, ...]
    aside: Path | None


def repair(store: LocalStore) -> Repaired | None:
    """Write what can be read of a file, its journal and its spools into the file, if need be.

    What is settled goes, what cannot be read is put aside. The store is locked. `None` where there
    is no state; raises `StateError` where the file itself is damaged.
    """
    files = store.files
    text, journal = files.text(files.path), files.content(files.journal)
    if text is None:
        store.read()  # raises where there should be one
        return None
    state, told = _salvaged(text, journal, files)
    for spool in files.spools(state):
        with suppress(StateError):
            spooled = files.parse(spool)
            if spooled is not None and follows(spooled, state):
                state = spooled
                told.append(f"took up '{spool}', with serial {spooled.serial}")
    state, dropped = without_settled(state)
    told += dropped
    # A state that is as it should be is not written: a repair can be run to look.
    aside = store.replace(next_serial(state)) if told or journal is not None else None
    return Repaired(state, tuple(told), aside)


def _salvaged(text: str, journal: bytes | None, files: StateFiles) -> tuple[State, list[str]]:
    """Return the best that a file and its journal tell, and what was done about each fault."""
    where, shown = str(files.path), str(files.journal)
    body, checksum = parse_body(text, where=where)
    if journal is None:
        return read_body(body, where=where), []
    try:
        replayed = replay_journal(journal, body, checksum, where=shown)
    except StateError as cause:
        names = named_videos(journal)
        lost = f"; it names {listed(names, NAMES_IN_LIST)}" if names else ""
        told = f"put the journal aside, which is not of this state: {cause.message}{lost}"
        return read_body(body, where=where), [told]
    lines = []
    if replayed.records:
        lines.append(f"took {counted(replayed.records, 'record')} of the journal into the file")
    if replayed.torn:
        lines.append(
            f"left out {counted(replayed.torn, 'byte')} at the journal's end: a record that was "
            "being written when its run ended"
        )
    if replayed.damage is not None:
        lines.append(f"put the journal aside: {replayed.damage}, and what follows is not read")
    return read_body(replayed.body, where=where), lines
