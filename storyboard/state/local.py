"""Keeps the state in a file beside the project: locked, written whole, with copies. No cloud."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from storyboard.errors import StateError
from storyboard.state.format import format_state, parse_state
from storyboard.state.lock import locked_file
from storyboard.state.model import State

_COPIES = 10


class LocalStore:
    """Owns one state file, its lock, its spool and the copies of earlier runs.

    `state.json.lock` is held while applying, `state.json.backup/` has the state as earlier runs
    left it, `state.json.spool` what could not be written; the next read takes it up.
    """

    def __init__(self, path: Path, *, lock_timeout: float = 0.0) -> None:
        self.path = path
        self._lock_timeout = lock_timeout
        self._depth = 0
        self._copied = False

    def read(self) -> State | None:
        """Return the state, or the newer one that an earlier run had to spool."""
        state = self._parse(self.path)
        for spool in self._spools(state):
            spooled = self._parse(spool)
            if spooled is not None and (state is None or _follows(spooled, state)):
                state = spooled
        return state

    def write(self, state: State) -> None:
        """Replace the file by a temporary one, synced first; spools where that fails."""
        text = format_state(state)
        try:
            self._keep_copy()
            _write_whole(self.path, text)
        except OSError as cause:
            raise StateError(
                f"the state '{self.path}' could not be written: {cause.strerror or cause}",
                hint=self._spool(state, text),
            ) from cause
        for spool in self._spools(state):
            spool.unlink(missing_ok=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock file; entering again inside is free."""
        if self._depth:
            yield
            return
        with locked_file(self._beside(".lock"), timeout=self._lock_timeout):
            self._depth, self._copied = 1, False
            try:
                yield
            finally:
                self._depth = 0

    def _parse(self, path: Path) -> State | None:
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as cause:
            raise StateError(
                f"the state '{path}' cannot be read: {cause}",
                hint=f"restore a copy from '{self.path}.backup'; the file was not touched",
            ) from cause
        return parse_state(text, where=str(path))

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    def _spools(self, state: State | None) -> list[Path]:
        found = [self._beside(".spool")]
        if state is not None:
            found.append(_far_spool(state))
        return [path for path in found if path.is_file()]

    def _spool(self, state: State, text: str) -> str:
        """Keep a state that could not be written; returns the hint that says where."""
        for place in (self._beside(".spool"), _far_spool(state)):
            with suppress(OSError):
                _write_whole(place, text)
                return f"it was kept in '{place}', and the next run takes it up from there"
        return "free the disk or the folder's rights; the next apply finds what was made by name"

    def _keep_copy(self) -> None:
        """Copy the state that this run found, once; the oldest copies go."""
        if self._copied or not self.path.is_file():
            return
        self._copied = True
        folder = self._beside(".backup")
        folder.mkdir(mode=0o700, exist_ok=True)
        text = self.path.read_text(encoding="utf-8")
        serial = parse_state(text, where=str(self.path)).serial
        _write_whole(folder / f"{serial:09d}.json", text)
        for old in sorted(folder.glob("*.json"))[:-_COPIES]:
            old.unlink(missing_ok=True)


def next_serial(state: State) -> State:
    """Return the state as its next write."""
    return replace(state, serial=state.serial + 1)


def _follows(spooled: State, state: State) -> bool:
    return spooled.lineage == state.lineage and spooled.serial > state.serial


def _far_spool(state: State) -> Path:
    return Path(tempfile.gettempdir()) / f"storyboard-{state.lineage}.spool"


def _write_whole(path: Path, text: str) -> None:
    """Write through a synced temporary file, so that readers see the old or the new text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last; systems that cannot open folders need no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
