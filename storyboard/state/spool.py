"""Keeps what a shared place did not take on this machine, until its next run. Knows no place.

It lies among the files of the project, and wins over the state of the place. So one that came with
the repository is not read: a pull request would write the state with it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.made_here import is_made_here, mark_made_here
from storyboard.disk.writing import write_whole
from storyboard.errors import StateError
from storyboard.state.format import parse_state
from storyboard.state.local_names import MAX_STATE_BYTES, PRIVATE_MODE
from storyboard.state.model import State


@dataclass(frozen=True, slots=True)
class Spool:
    """A file beside where the state would be, were it a file; no link leads it out of `inside`."""

    state_path: Path
    inside: Path

    @property
    def path(self) -> Path:
        """The file."""
        return self.state_path.with_name(f"{self.state_path.name}.spool")

    def keep(self, content: bytes) -> str:
        """Keep a state; returns the hint that says where it is."""
        with suppress(OSError, FileRefused):
            write_whole(self.path, content, inside=self.inside, mode=PRIVATE_MODE)
            mark_made_here(self.path)
            return f"it was kept in '{self.path}', and the next run here takes it up from there"
        return "the next apply finds what was made by its name"

    def newer(self, state: State | None, epoch: int) -> State | None:
        """Return what is kept, if it follows the stored state and nobody wrote since.

        `epoch` is that of whoever wrote last.
        """
        # A file of a clone has no such mark: a spool that was committed would win over the shared
        # state.
        if not is_made_here(self.path):
            return None
        try:
            text = read_inside(self.path, self.inside, MAX_STATE_BYTES).decode()
            kept = parse_state(text, where=str(self.path))
        except (FileRefused, UnicodeDecodeError, StateError):
            return None
        follows = state is None or (kept.lineage == state.lineage and kept.serial > state.serial)
        return kept if follows and kept.epoch >= epoch else None

    def drop(self) -> None:
        """Forget it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
