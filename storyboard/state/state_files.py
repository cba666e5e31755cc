"""The files of one state: itself, its journal, its spools; read, and put aside. Knows no lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, PathOutside, read_inside
from storyboard.disk.writing import write_whole
from storyboard.errors import FailureCode, StateError
from storyboard.state.format import parse_body, parse_state, read_body
from storyboard.state.journal import refuse_damage, replay_journal
from storyboard.state.local_names import MAX_STATE_BYTES, PRIVATE_MODE
from storyboard.state.local_spool import SPOOL, damaged_spool, own_spools
from storyboard.state.model import State

LINK_HINT: Final = "make the folder of the state a folder of the project, not a link"
_RESTORE_HINT: Final = "restore a backup: `storyboard state restore`; the file was not touched"


@dataclass(frozen=True, slots=True)
class StateFiles:
    """A state file and those beside it, by the endings of their names; no link leads out."""

    path: Path
    inside: Path

    @property
    def journal(self) -> Path:
        """Where a run keeps what it does until its end."""
        return self.beside(".journal")

    @property
    def spool(self) -> Path:
        """Where a state goes that could not be written."""
        return self.beside(SPOOL)

    def beside(self, suffix: str) -> Path:
        """Return a file or a folder whose name begins with the state's."""
        return self.path.with_name(self.path.name + suffix)

    def spools(self, state: State | None) -> list[Path]:
        """Return the spools that are there."""
        return own_spools(self.spool, state)

    def stored(self) -> State | None:
        """Return what the file and the journal beside it tell; raises `StateError`.

        The journal is read first: if it goes into the file meanwhile, the file has it all.
        """
        journal, text = self.content(self.journal), self.text(self.path)
        if text is None:
            if journal is not None:
                raise StateError(
                    f"the state '{self.path}' is gone, and the journal of a run beside it is not",
                    hint="restore a backup: `storyboard state restore`; to start with an empty "
                    f"state, delete '{self.journal}' too",
                    code=FailureCode.STATE_GONE,
                )
            return None
        body, checksum = parse_body(text, where=str(self.path))
        if journal is not None:
            shown = str(self.journal)
            replayed = replay_journal(journal, body, checksum, where=shown)
            refuse_damage(replayed, where=shown)
            body = replayed.body
        return read_body(body, where=str(self.path))

    def parse(self, path: Path) -> State | None:
        """Return the state in one of the files, `None` where it is not there."""
        text = self.text(path)
        return None if text is None else parse_state(text, where=str(path))

    def spooled(self, path: Path) -> State | None:
        """Return the state in one of the spools, `None` where it is gone; raises `StateError`."""
        try:
            return self.parse(path)
        except StateError as cause:
            raise damaged_spool(path) from cause

    def text(self, path: Path) -> str | None:
        """Return the text of one of the files, `None` where it is not there."""
        content = self.content(path)
        try:
            return None if content is None else content.decode()
        except UnicodeDecodeError as cause:
            raise _unreadable(path, cause, _RESTORE_HINT) from cause

    def content(self, path: Path) -> bytes | None:
        """Return the bytes of one of the files, `None` where it is not there."""
        try:
            inside = self.inside if path.parent == self.path.parent else path.parent
            return read_inside(path, inside, MAX_STATE_BYTES)
        except FileRefused as cause:
            if cause.missing:
                return None
            hint = LINK_HINT if isinstance(cause, PathOutside) else _RESTORE_HINT
            raise _unreadable(path, cause, hint) from cause

    def put_aside(self) -> Path | None:
        """Keep what cannot be read under other names; returns where the state, or its journal, is.

        Of a journal it is a copy: until the state is written that takes its place, it has what
        nothing else tells.
        """
        aside = self._put_journal_aside()
        try:
            self.parse(self.path)
        except StateError:
            aside = self.beside(".damaged")
            self.path.replace(aside)
        return aside

    def _put_journal_aside(self) -> Path | None:
        aside = self.beside(".journal.damaged")
        try:
            content = self.content(self.journal)
        except StateError:
            with suppress(FileNotFoundError):
                self.journal.replace(aside)
            return aside
        if content is None:
            return None
        write_whole(aside, content, inside=self.inside, mode=PRIVATE_MODE)
        return aside


def _unreadable(path: Path, cause: Exception, hint: str) -> StateError:
    return StateError(f"the state '{path}' cannot be read: {cause}", hint=hint)
