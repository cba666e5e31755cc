"""Keeps what a shared place did not take on this machine, until its next run. Knows no place.

It lies among the files of the project, and wins over the state of the place. So one that came with
the repository is not read: a pull request would write the state with it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, read_inside
from storyboard.disk.made_here import is_made_here, mark_made_here
from storyboard.disk.writing import write_whole
from storyboard.errors import StateError
from storyboard.state.format import parse_state, state_body
from storyboard.state.local_names import MAX_STATE_BYTES, PRIVATE_MODE
from storyboard.state.local_spool import damaged_spool
from storyboard.state.model import State
from storyboard.video import digest

_AFTER: Final = "after "
"""Before the mark of the state that a kept one was to replace, in the line before it."""

_MOST_BEFORE: Final = 100
"""Bytes of that line, at most."""


@dataclass(frozen=True, slots=True)
class Spool:
    """A file beside where the state would be, were it a file; no link leads it out of `inside`."""

    state_path: Path
    inside: Path

    @property
    def path(self) -> Path:
        """The file."""
        return self.state_path.with_name(f"{self.state_path.name}.spool")

    def keep(self, content: bytes, before: State | None) -> str:
        """Keep a state that was to replace the one `before`; returns the hint that says where."""
        content = f"{_AFTER}{_mark(before)}\n".encode() + content
        with suppress(OSError, FileRefused):
            write_whole(self.path, content, inside=self.inside, mode=PRIVATE_MODE)
            mark_made_here(self.path)
            return f"it was kept in '{self.path}', and the next run here takes it up from there"
        return "the next apply finds what was made by its name"

    def newer(self, state: State | None) -> State | None:
        """Return what is kept, if the stored state is still the one that it was to replace.

        Who takes a lock over writes the state anew, as it was. Raises `StateError` for a damaged
        spool.
        """
        # A file of a clone has no such mark: a spool that was committed would win over the shared
        # state.
        if not is_made_here(self.path):
            return None
        try:
            content = read_inside(self.path, self.inside, MAX_STATE_BYTES + _MOST_BEFORE)
        except FileRefused:
            return None
        before, _, text = content.partition(b"\n")
        try:
            kept = parse_state(text.decode(), where=str(self.path))
        except (UnicodeDecodeError, StateError) as cause:
            raise damaged_spool(self.path) from cause
        return kept if before.decode(errors="replace") == f"{_AFTER}{_mark(state)}" else None

    def drop(self) -> None:
        """Forget it."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def _mark(state: State | None) -> str:
    """Return what tells a state from any other, whoever wrote it."""
    return "none" if state is None else digest(state_body(replace(state, epoch=0)))
