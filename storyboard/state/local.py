"""Keeps the state in a file beside the project: locked, written whole, with copies. No cloud."""

from __future__ import annotations

import math
import os
import stat
import tempfile
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
from storyboard.state.format import format_state, parse_state
from storyboard.state.lock import file_holder, locked_file
from storyboard.state.model import State
from storyboard.state.patience import Patience, patiently

_LINK_HINT: Final = "make the folder of the state a folder of the project, not a link"


class LocalStore:
    """Owns one state file, its lock, its spool and the copies of earlier runs.

    `state.json.lock` is held while applying, `state.json.backup/` has the state as earlier runs
    found and left it, `state.json.spool` what could not be written; the next read takes it up.
    None of them is reached by a link that leads out of `inside`, which is the project's folder
    where the project names the file. A private state is of this machine alone, and kept from git.
    """

    def __init__(self, path: Path, *, inside: Path | None = None, is_private: bool = False) -> None:
        self.path = path
        self._is_private = is_private
        self._inside = inside or path.parent
        self._depth = 0
        self._copied = False
        self._wrote = False

    @property
    def copies(self) -> Copies:
        """The state as earlier runs found and left it."""
        return Copies(self._beside(".backup"), self._inside)

    def read(self) -> State | None:
        """Return the state, or the newer one that an earlier run had to spool.

        Raises `StateError` for one that is gone while a copy tells of videos: they would all be
        made a second time.
        """
        state = self._parse(self.path)
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
            self.path.replace(aside)
        self.write(state)
        return aside

    def write(self, state: State) -> None:
        """Replace the file by a temporary one, synced first; spools where that fails."""
        text = format_state(state)
        try:
            self._keep_copy()
            write_whole(self.path, text.encode(), inside=self._inside, mode=PRIVATE_MODE)
        except (OSError, FileRefused) as cause:
            reason = getattr(cause, "strerror", None) or cause
            raise StateError(
                f"the state '{self.path}' could not be written: {reason}",
                hint=self._spool(state, text),
            ) from cause
        self._wrote = True
        if self._is_private:
            pattern = f"/{self.path.name}*"
            ignore_in_git(self.path.parent, inside=self._inside, pattern=pattern)
        for spool in self._spools(state):
            spool.unlink(missing_ok=True)

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
            self._depth, self._copied, self._wrote = 1, False, False
            try:
                yield
            finally:
                self._keep_last()
                self._depth = 0

    def _parse(self, path: Path) -> State | None:
        try:
            inside = self._inside if path.parent == self.path.parent else path.parent
            text = read_inside(path, inside, MAX_STATE_BYTES).decode()
        except (FileRefused, UnicodeDecodeError) as cause:
            if isinstance(cause, FileRefused) and cause.missing:
                return None
            hint = "restore a backup: `storyboard state restore`; the file was not touched"
            raise StateError(
                f"the state '{path}' cannot be read: {cause}",
                hint=_LINK_HINT if isinstance(cause, PathOutside) else hint,
            ) from cause
        return parse_state(text, where=str(path))

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    def _spools(self, state: State | None) -> list[Path]:
        found = [self._beside(".spool")]
        if state is not None:
            found.append(_far_spool(state))
        return [path for path in found if _is_own(path)]

    def _spool(self, state: State, text: str) -> str:
        """Keep a state that could not be written; returns the hint that says where."""
        far = _far_spool(state)
        for place, inside in ((self._beside(".spool"), self._inside), (far, far.parent)):
            with suppress(OSError, FileRefused):
                write_whole(place, text.encode(), inside=inside, mode=PRIVATE_MODE)
                return f"it was kept in '{place}', and the next run takes it up from there"
        return "free the disk or the folder's rights; the next apply finds what was made by name"

    def _keep_copy(self) -> None:
        """Copy the state that this run found, once."""
        if self._copied or not self.path.is_file():
            return
        state = self._parse(self.path)
        self._copied = True
        if state is not None:
            self.copies.keep(state)

    def _keep_last(self) -> None:
        """Copy the state that this run leaves, if it wrote one; a full disk loses only the copy."""
        with suppress(OSError, StateError, FileRefused):
            state = self._parse(self.path) if self._wrote else None
            if state is not None:
                self.copies.keep(state)

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


def _follows(spooled: State, state: State) -> bool:
    return spooled.lineage == state.lineage and spooled.serial > state.serial


def _is_own(path: Path) -> bool:
    """Whether this user wrote a file: others may write into the folder of temporary files, too."""
    with suppress(OSError):
        facts = path.lstat()
        is_users = os.name != "posix" or facts.st_uid == os.geteuid()
        return stat.S_ISREG(facts.st_mode) and is_users
    return False


def _far_spool(state: State) -> Path:
    return Path(tempfile.gettempdir()) / f"storyboard-{state.lineage}.spool"
