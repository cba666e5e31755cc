"""The copies of a state that earlier runs found and left, oldest first. Knows no lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.writing import made_folder, write_whole
from storyboard.errors import StateError
from storyboard.state.format import parse_state
from storyboard.state.local_names import MAX_STATE_BYTES, PRIVATE_MODE
from storyboard.state.model import State

_KEPT = 10
"""Copies that stay, the newest; older ones go, so that the folder does not grow. A choice."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A state as it once was; `kept_at` is when the copy was made, in UTC."""

    state: State
    path: Path
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class Copies:
    """The folder beside a state file that has its copies, named by serial."""

    folder: Path
    inside: Path

    def keep(self, serial: int, content: bytes) -> None:
        """Keep a state, unless that very one is kept; the oldest copies go. Raises `OSError`."""
        path = self.folder / f"{serial:09d}.json"
        folder = made_folder(self.folder, inside=self.inside, mode=0o700)
        if self._is_kept(path, content):
            return
        write_whole(path, content, inside=self.inside, mode=PRIVATE_MODE)
        for old in _files(folder)[:-_KEPT]:
            old.unlink(missing_ok=True)

    def found(self) -> tuple[Copy, ...]:
        """Return the copies that can be read, the newest last."""
        copies = []
        for path in _files(self.folder):
            # One copy that cannot be read must not hide the others from whoever needs them.
            with suppress(FileRefused, UnicodeDecodeError, StateError):
                text = read_inside(path, self.inside, MAX_STATE_BYTES).decode()
                state = parse_state(text, where=str(path))
                copies.append(Copy(state, path, datetime.fromtimestamp(_kept_at(path)[0], UTC)))
        return tuple(copies)

    def _is_kept(self, path: Path, content: bytes) -> bool:
        try:
            return read_inside(path, self.inside, MAX_STATE_BYTES) == content
        except FileRefused:
            return False


def _files(folder: Path) -> list[Path]:
    """Return the copies, oldest first: a folder or a link among them is somebody else's."""
    found = (path for path in folder.glob("*.json") if path.is_file() and not path.is_symlink())
    return sorted(found, key=_kept_at)


def _kept_at(path: Path) -> tuple[float, str]:
    """Return when a copy was made, as far as it still tells; serials part what is of one time."""
    try:
        return path.lstat().st_mtime, path.name
    except OSError:
        return 0.0, path.name
