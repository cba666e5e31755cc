"""Keeps the state in a file beside the project: locked, written whole, with copies. No cloud."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from storyboard.counting import counted
from storyboard.disk.inside import FileRefused, real_path
from storyboard.disk.writing import discard_killed, ignore_in_git, write_whole
from storyboard.errors import FailureCode, LockedError, StateError
from storyboard.shell import word
from storyboard.state.copies import Copies
from storyboard.state.file_mark import FileMark, behind_link
from storyboard.state.format import format_state, state_content
from storyboard.state.journal import Journal
from storyboard.state.local_names import BACKUP, LOCK, PRIVATE_MODE
from storyboard.state.local_spool import follows, keep_in_spool
from storyboard.state.lock import HeldLock, file_holder, locked_file
from storyboard.state.model import State
from storyboard.state.patience import LockPatience, patiently
from storyboard.state.state_files import LINK_HINT, StateFiles

_LEAST_JOURNAL: Final = 1 << 20
"""Bytes of a journal that no state is written for as a whole; with larger states it may be as long
as the file, so that both stay quick to read. A choice."""


class LocalStore:
    """Owns one state file, its journal, its lock, its spool and the copies of earlier runs.

    `state.json.lock` is held while applying, and `state.json.journal` has what the run did since it
    first wrote the state: at its end, or when the next run reads the state after a kill, it goes
    into `state.json`. `state.json.backup/` has the state as earlier runs found and left it,
    `state.json.spool` what could not be written; the next read takes it up.
    None of them is reached by a link that leads out of `inside`, which is the project's folder
    where the project names the file. A private state is of this machine alone, and kept from git;
    a cache may be gone without a word.
    """

    def __init__(
        self,
        path: Path,
        *,
        inside: Path | None = None,
        is_private: bool = False,
        is_cache: bool = False,
    ) -> None:
        path = behind_link(path, inside or path.parent)
        self.path = path
        self.files = StateFiles(path, inside or path.parent)
        self._is_cache = is_cache
        self._is_private = is_private
        self._inside = inside or path.parent
        self._depth = 0
        self._copied = False
        self._wrote: int | None = None
        self._size = 0
        self._journal: Journal | None = None
        self._lock: HeldLock | None = None
        self._seen: FileMark | None = None
        self._found: tuple[FileMark | None, int] | None = None
        self._writing = threading.RLock()

    @property
    def copies(self) -> Copies:
        """The state as earlier runs found and left it."""
        return Copies(self.files.beside(BACKUP), self._inside)

    def read(self) -> State | None:
        """Return the state, or the newer one that an earlier run had to spool.

        Raises `StateError` for one that is gone while a copy tells of videos: they would all be
        made a second time.
        """
        self._seen = FileMark.of(self.path)
        has_journal = self.files.journal.exists()
        state = self.files.stored()
        self._found = None if state is None or has_journal else (self._seen, state.serial)
        self._fold_killed(state)
        for spool in self.files.spools(state):
            spooled = self.files.spooled(spool)
            if spooled is not None and (state is None or follows(spooled, state)):
                state = spooled
        if state is None and not self._is_cache:
            self._refuse_loss()
        return state

    def replace(self, state: State) -> Path | None:
        """Write a state in the place of whatever is there; returns where a damaged one went."""
        aside, self._seen = None, None
        try:
            self._keep_copy()
        except StateError:
            aside = self.files.put_aside()
            self._copied = True  # what cannot be read is kept as it is, and is nobody's copy
        self.write(state)
        self._copied = self._copied and self._depth > 0
        return aside

    def write(self, state: State) -> None:
        """Keep a state, synced: the first of a run as a whole, then what changed; else spool it."""
        try:
            with self._writing:
                self._require_ours(state)
                self._put(state)
        except (OSError, FileRefused) as cause:
            reason = getattr(cause, "strerror", None) or cause
            raise StateError(
                f"the state '{self.path}' could not be written: {reason}",
                hint=keep_in_spool(
                    self.files.spool, state, inside=self._inside, is_first=not self.path.exists()
                ),
            ) from cause

    def holder(self) -> str | None:
        """Return which process holds the lock, None if none does; raises `StateError`."""
        return file_holder(self.files.beside(LOCK), inside=self._inside)

    def seconds_left(self) -> float:
        """Return that the lock has no end: it ends with this process."""
        return math.inf

    @contextmanager
    def locked(self, patience: LockPatience | None = None) -> Iterator[None]:
        """Hold the lock file; entering again inside is free."""
        if self._depth:
            yield
            return
        for place in (self.path, self.copies.folder):  # before anything is done that it tells of
            real_path(self._inside, os.path.relpath(place, self._inside), hint=LINK_HINT)
        opening = partial(locked_file, self.files.beside(LOCK), inside=self._inside)
        with patiently(opening, patience or LockPatience()) as lock:
            self._depth, self._copied, self._wrote = 1, False, None
            self._lock, self._seen = lock, None
            try:
                self._discard_killed()
                yield
            finally:
                with self._writing:  # a write that nobody waits for any more ends first
                    self._fold()
                    self._keep_last()
                    self._depth, self._lock = 0, None

    def _discard_killed(self) -> None:
        """Remove what killed runs left half-written of the state and of its copies."""
        name = self.path.name
        discard_killed(self.path.parent, inside=self._inside, now=time.time(), of=(name,))
        discard_killed(self.copies.folder, inside=self._inside, now=time.time())

    def _put(self, state: State) -> None:
        """Append what changed, or write all, if that is no more, or nothing can be appended."""
        journal = self._journal
        if not self.path.exists():  # a journal without the file that it goes on from tells nothing
            journal = None
        if journal is not None and journal.size <= max(_LEAST_JOURNAL, self._size):
            with suppress(OSError):
                journal.append(state)
                return
        self._write_whole(state)

    def _write_whole(self, state: State) -> None:
        """Replace the file by a temporary one, synced first; what it has now, no journal has."""
        self._keep_copy()
        content, checksum = state_content(state, where=str(self.path))
        write_whole(self.path, content, inside=self._inside, mode=PRIVATE_MODE)
        self._close_journal()
        self.files.journal.unlink(missing_ok=True)
        self._wrote, self._size = state.serial, len(content)
        self._seen = FileMark.of(self.path)
        if self._depth:
            self._journal = Journal(self.files.journal, state, checksum, inside=self._inside)
        if self._is_private:
            pattern = f"/{self.path.name}*"
            ignore_in_git(self.path.parent, inside=self._inside, pattern=pattern)
        for spool in self.files.spools(state):
            spool.unlink(missing_ok=True)

    def _require_ours(self, state: State) -> None:
        """Refuse to write over a state that was replaced since this run read or wrote it.

        Whoever deletes the lock lets a second run in, and git may bring another file. Raises
        `StateError`, and `LockedError` if that run is there now.
        """
        # Only who holds the lock can have lost it.
        if self._lock is None:
            return
        try:
            self._lock.renew()
            if self._seen is None or self._seen.is_of(self.path):
                return
        except LockedError as cause:
            hint = self._keep_conflict(state)
            raise LockedError(
                f"the lock was deleted; {cause.message}", hint=hint, code=FailureCode.LOCK_LOST
            ) from cause
        raise StateError(
            f"the state '{self.path}' was replaced by another program while this run went on",
            hint=self._keep_conflict(state),
        )

    def _keep_conflict(self, state: State) -> str:
        """Keep what this run knows beside the state that it must not replace; returns the hint."""
        if self._journal is not None:
            self._journal.discard()
            self._journal = None
        place = self.files.beside(".conflict")
        with suppress(OSError, FileRefused):
            content = format_state(state).encode()
            write_whole(place, content, inside=self._inside, mode=PRIVATE_MODE)
            return (
                f"what this run knows is in '{place}'; if it is the right one, "
                f"`storyboard state push {word(place)}`"
            )
        return "the next apply finds by their names what this run added"

    def _fold(self) -> None:
        """Write what the run's journal tells into the file; what cannot be stays in the journal."""
        if self._journal is not None and self._journal.size:
            with suppress(OSError, FileRefused, StateError, LockedError):
                self._require_ours(self._journal.state)
                if self._journal is not None:
                    self._write_whole(self._journal.state)
        self._close_journal()

    def _fold_killed(self, state: State | None) -> None:
        """Write the journal of a run that was killed into the file, if nobody else writes."""
        if state is not None and self._depth and self._journal is None:
            with suppress(OSError, FileRefused, StateError):
                if self.files.journal.exists():
                    self._write_whole(state)

    def _close_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _keep_copy(self) -> None:
        """Copy the state that this run found, once."""
        places = (self.path, self.files.journal)
        if self._copied or not any(place.is_file() for place in places):
            return
        if self._found is not None and self._is_as_found(self._found[0]):
            # To read and write it once more would take seconds if it is large.
            serial, content = self._found[1], self.files.content(self.path)
        else:
            state = self.files.stored()
            serial = 0 if state is None else state.serial
            content = None if state is None else format_state(state).encode()
        self._copied = True
        if content is not None:
            self.copies.keep(serial, content)

    def _is_as_found(self, mark: FileMark | None) -> bool:
        """Whether the file is the one that was read, and has all that is known of its state."""
        return mark == FileMark.of(self.path) and not self.files.journal.exists()

    def _keep_last(self) -> None:
        """Copy the state that this run leaves, if it wrote one; a full disk loses only the copy."""
        with suppress(OSError, StateError, FileRefused):
            content = None if self._wrote is None else self.files.content(self.path)
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
            code=FailureCode.STATE_GONE,
        )


def next_serial(state: State) -> State:
    """Return the state as its next write."""
    return replace(state, serial=state.serial + 1)
