"""Keeps the state in a file beside the project: locked, written whole, with copies. No cloud."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from storyboard.counting import counted
from storyboard.disk.inside import FileRefused, PathOutside, read_inside, real_path
from storyboard.disk.writing import ignore_in_git, write_whole
from storyboard.errors import StateError
from storyboard.state.copies import MAX_STATE_BYTES, PRIVATE_MODE, Copies
from storyboard.state.format import (
    format_body,
    format_state,
    parse_body,
    parse_state,
    read_body,
    state_body,
)
from storyboard.state.journal import Journal, refuse_damage, replay_journal
from storyboard.state.local_spool import SPOOL, keep_in_spool, own_spools
from storyboard.state.lock import file_holder, locked_file
from storyboard.state.model import State
from storyboard.state.patience import Patience, patiently

_LEAST_JOURNAL: Final = 1 << 20
"""Bytes of a journal that no state is written for as a whole; with larger states it may be as long
as the file, so that both stay quick to read. A choice."""

_RESTORE_HINT: Final = "restore a backup: `storyboard state restore`; the file was not touched"
_LINK_HINT: Final = "make the folder of the state a folder of the project, not a link"


class LocalStore:
    """Owns one state file, its journal, its lock, its spool and the copies of earlier runs.

    `state.json.lock` is held while applying, and `state.json.journal` has what the run did since it
    first wrote the state: at its end, or when the next run reads the state after a kill, it goes
    into `state.json`. `state.json.backup/` has the state as earlier runs found and left it,
    `state.json.spool` what could not be written; the next read takes it up.
    None of them is reached by a link that leads out of `inside`, which is the project's folder
    where the project names the file. A private state is of this machine alone, and kept from git.
    """

    def __init__(self, path: Path, *, inside: Path | None = None, is_private: bool = False) -> None:
        self.path = path
        self._is_private = is_private
        self._inside = inside or path.parent
        self._depth = 0
        self._copied = False
        self._wrote: int | None = None
        self._size = 0
        self._journal: Journal | None = None

    @property
    def copies(self) -> Copies:
        """The state as earlier runs found and left it."""
        return Copies(self._beside(".backup"), self._inside)

    @property
    def journal_path(self) -> Path:
        """Where a run keeps what it does until its end."""
        return self._beside(".journal")

    @property
    def aside_journal(self) -> Path:
        """Where a journal goes that cannot be read."""
        return self._beside(".journal.damaged")

    def read(self) -> State | None:
        """Return the state, or the newer one that an earlier run had to spool.

        Raises `StateError` for one that is gone while a copy tells of videos: they would all be
        made a second time.
        """
        state = self._stored()
        self._fold_killed(state)
        for spool in self._spools(state):
            spooled = self._parse(spool)
            if spooled is not None and (state is None or _follows(spooled, state)):
                state = spooled
        if state is None:
            self._refuse_loss()
        return state

    def replace(self, state: State) -> Path | None:
        """Write a state in the place of whatever is there; returns where a damaged one went."""
        aside = None
        try:
            self._keep_copy()
        except StateError:
            aside = self._beside(".damaged")
            for place, name in ((self.path, aside), (self.journal_path, self.aside_journal)):
                with suppress(FileNotFoundError):
                    place.replace(name)
        self.write(state)
        return aside

    def write(self, state: State) -> None:
        """Keep a state, synced: the first of a run as a whole, then what changed; else spool it."""
        try:
            self._put(state)
        except (OSError, FileRefused) as cause:
            reason = getattr(cause, "strerror", None) or cause
            raise StateError(
                f"the state '{self.path}' could not be written: {reason}",
                hint=self._spool(state),
            ) from cause

    def holder(self) -> str | None:
        """Return which process holds the lock, None if none does; raises `StateError`."""
        return file_holder(self._beside(".lock"), inside=self._inside)

    def seconds_left(self) -> float:
        """Return that the lock has no end: it ends with this process."""
        return math.inf

    @contextmanager
    def locked(self, patience: Patience | None = None) -> Iterator[None]:
        """Hold the lock file; entering again inside is free."""
        if self._depth:
            yield
            return
        for place in (self.path, self.copies.folder):  # before anything is done that it tells of
            real_path(self._inside, os.path.relpath(place, self._inside), hint=_LINK_HINT)
        opening = partial(locked_file, self._beside(".lock"), inside=self._inside)
        with patiently(opening, patience or Patience()):
            self._depth, self._copied, self._wrote = 1, False, None
            try:
                yield
            finally:
                self._fold()
                self._keep_last()
                self._depth = 0

    def _put(self, state: State) -> None:
        """Append what changed, or write all, if that is no more, or nothing can be appended."""
        journal = self._journal
        if journal is not None and journal.size <= max(_LEAST_JOURNAL, self._size):
            with suppress(OSError):
                journal.append(state)
                return
        self._write_whole(state)

    def _write_whole(self, state: State) -> None:
        """Replace the file by a temporary one, synced first; what it has now, no journal has."""
        self._keep_copy()
        text, checksum = format_body(state_body(state))
        content = text.encode()
        write_whole(self.path, content, inside=self._inside, mode=PRIVATE_MODE)
        self._close_journal()
        self.journal_path.unlink(missing_ok=True)
        self._wrote, self._size = state.serial, len(content)
        if self._depth:
            self._journal = Journal(self.journal_path, state, checksum, inside=self._inside)
        if self._is_private:
            pattern = f"/{self.path.name}*"
            ignore_in_git(self.path.parent, inside=self._inside, pattern=pattern)
        for spool in self._spools(state):
            spool.unlink(missing_ok=True)

    def _fold(self) -> None:
        """Write what the run's journal tells into the file; what cannot be stays in the journal."""
        if self._journal is not None and self._journal.size:
            with suppress(OSError, FileRefused, StateError):
                self._write_whole(self._journal.state)
        self._close_journal()

    def _fold_killed(self, state: State | None) -> None:
        """Write the journal of a run that was killed into the file, if nobody else writes."""
        if state is not None and self._depth and self._journal is None:
            with suppress(OSError, FileRefused, StateError):
                if self.journal_path.exists():
                    self._write_whole(state)

    def _close_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _stored(self) -> State | None:
        """Return what the file and the journal beside it tell.

        The journal is read first: if it goes into the file meanwhile, the file has it all.
        """
        journal = self._bytes(self.journal_path)
        text = self._text(self.path)
        where = str(self.path)
        if text is None:
            if journal is not None:
                raise StateError(
                    f"the state '{where}' is gone, and the journal of a run beside it is not",
                    hint="restore a backup: `storyboard state restore`; to start with an empty "
                    f"state, delete '{self.journal_path}' too",
                )
            return None
        body, checksum = parse_body(text, where=where)
        if journal is not None:
            shown = str(self.journal_path)
            replayed = replay_journal(journal, body, checksum, where=shown)
            refuse_damage(replayed, where=shown)
            body = replayed.body
        return read_body(body, where=where)

    def _parse(self, path: Path) -> State | None:
        text = self._text(path)
        return None if text is None else parse_state(text, where=str(path))

    def _text(self, path: Path) -> str | None:
        content = self._bytes(path)
        try:
            return None if content is None else content.decode()
        except UnicodeDecodeError as cause:
            raise _unreadable(path, cause, _RESTORE_HINT) from cause

    def _bytes(self, path: Path) -> bytes | None:
        try:
            inside = self._inside if path.parent == self.path.parent else path.parent
            return read_inside(path, inside, MAX_STATE_BYTES)
        except FileRefused as cause:
            if cause.missing:
                return None
            hint = _LINK_HINT if isinstance(cause, PathOutside) else _RESTORE_HINT
            raise _unreadable(path, cause, hint) from cause

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    def _spools(self, state: State | None) -> list[Path]:
        return own_spools(self._beside(SPOOL), state)

    def _spool(self, state: State) -> str:
        """Keep a state that could not be written; returns the hint that says where."""
        place = keep_in_spool(self._beside(SPOOL), state, inside=self._inside)
        if place is not None:
            return f"it was kept in '{place}', and the next run takes it up from there"
        return "free the disk or the folder's rights; the next apply finds what was made by name"

    def _keep_copy(self) -> None:
        """Copy the state that this run found, once."""
        places = (self.path, self.journal_path)
        if self._copied or not any(place.is_file() for place in places):
            return
        state = self._stored()
        self._copied = True
        if state is not None:
            self.copies.keep(state.serial, format_state(state).encode())

    def _keep_last(self) -> None:
        """Copy the state that this run leaves, if it wrote one; a full disk loses only the copy."""
        with suppress(OSError, StateError, FileRefused):
            content = None if self._wrote is None else self._bytes(self.path)
            if content is not None and self._wrote is not None:
                self.copies.keep(self._wrote, content)

    def _refuse_loss(self) -> None:
        copies = self.copies.found()
        if not copies or not copies[-1].state.videos:
            return
        count = len(copies[-1].state.videos)
        raise StateError(
            f"the state '{self.path}' is gone; a backup of {copies[-1].kept_at:%Y-%m-%d %H:%M} UTC "
            f"knows {counted(count, 'video')} that would be created twice",
            hint="restore it: `storyboard state restore`; "
            f"to start with an empty state, delete '{self.copies.folder}' too",
        )


def next_serial(state: State) -> State:
    """Return the state as its next write."""
    return replace(state, serial=state.serial + 1)


def _unreadable(path: Path, cause: Exception, hint: str) -> StateError:
    return StateError(f"the state '{path}' cannot be read: {cause}", hint=hint)


def _follows(spooled: State, state: State) -> bool:
    return spooled.lineage == state.lineage and spooled.serial > state.serial
