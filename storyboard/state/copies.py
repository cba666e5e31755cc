"""The copies of a state that earlier runs found and left, oldest first. Knows no lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storyboard.errors import StateError
from storyboard.source.writing import write_whole
from storyboard.state.format import format_state, parse_state
from storyboard.state.model import State

PRIVATE_MODE = 0o600
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

    def keep(self, state: State) -> None:
        """Keep a state, unless that very one is kept; the oldest copies go. Raises `OSError`."""
        path = self.folder / f"{state.serial:09d}.json"
        content = format_state(state).encode()
        if path.is_file() and path.read_bytes() == content:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content, mode=PRIVATE_MODE)
        for old in sorted(self.folder.glob("*.json"), key=_kept_at)[:-_KEPT]:
            old.unlink(missing_ok=True)

    def found(self) -> tuple[Copy, ...]:
        """Return the copies that can be read, the newest last."""
        copies = []
        for path in sorted(self.folder.glob("*.json"), key=_kept_at):
            with suppress(OSError, UnicodeDecodeError, StateError):
                state = parse_state(path.read_text(encoding="utf-8"), where=str(path))
                copies.append(Copy(state, path, datetime.fromtimestamp(_kept_at(path)[0], UTC)))
        return tuple(copies)


def _kept_at(path: Path) -> tuple[float, str]:
    """Return when a copy was made, as far as it still tells; serials part what is of one time."""
    try:
        return path.stat().st_mtime, path.name
    except FileNotFoundError:
        return 0.0, path.name
