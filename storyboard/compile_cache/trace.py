"""All that a compilation asked of its project's files, and whether the answers are still the same.

What compiling gives depends on nothing else of them: so a result whose questions are answered as
before is the result of today. A file is read again unless size, times and inode tell that it is
the very one which was read.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, Final

from storyboard.disk.inside import FileRefused
from storyboard.source.file_facts import is_settled
from storyboard.source.files import ProjectFiles
from storyboard.source.search import Found
from storyboard.units.asked_files import GLOB, READ, SEARCH, Question

State = list[int]
"""Of a file: device, inode, size, and its times in ns."""

Row = list[Any]
"""A question's kind, what was asked, the answer, and the state of a file that was read."""

MANY: Final = 100
"""Questions to a project's files: some 20 storyboards in 5 locales, which take 0.1 s."""

_TELLS_CHANGES: Final = os.name == "posix"
"""Whether a file has a time that changes with it and that nobody can set. Elsewhere all is read."""

LOOK: Final = "look"
"""The kind of a question for a file that others look into."""

_REFUSED: Final = "refused "


class TracedFiles(ProjectFiles):
    """The files of a project, which keeps what it was asked and what it answered."""

    def __init__(self, root: Path, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(root)
        self._clock = clock
        self._answers: dict[tuple[str, str], str] = {}
        self._states: dict[str, State] = {}
        self.is_settled = True
        """Whether no file changed meanwhile, and none that others looked into was new."""

    @property
    def is_many(self) -> bool:
        """Whether so much was read that it is worth to keep the result: fewer are compiled in the
        time that a person does not notice, and their projects get no folder of ours."""
        return len(self._answers) >= MANY

    @property
    def trace(self) -> list[Row]:
        """Return every question with its answer."""
        return self.rows(self._answers)

    def rows(self, questions: Iterable[Question]) -> list[Row]:
        """Return some questions with the answers that they got."""
        return [
            [kind, asked, self._answers[kind, asked], self._states.get(asked)]
            for kind, asked in questions
        ]

    def answer(self, kind: str, asked: str) -> str:
        """Return the answer that a question got."""
        return self._answers[kind, asked]

    def state(self, path: str) -> State | None:
        """Return the state of a file that was read; None for one that was written just now."""
        return self._states.get(path)

    def adopt(self, rows: Iterable[Row]) -> None:
        """Take over what others asked of the same files, in another process or run."""
        for kind, asked, answer, state in rows:
            self._note(kind, asked, answer)
            if state is not None:
                self._states[asked] = state

    def read(self, relative: str) -> bytes:
        """Return a file's bytes, as `ProjectFiles`."""
        with self._noted(READ, relative), super().open(relative) as file:
            state = _state(os.fstat(file.fileno()))
            content = self._content(file, relative)
        self._note(READ, relative, _digest(content))
        if _TELLS_CHANGES and is_settled(state[3:], self._clock()):
            self._states[relative] = state
        return content

    def open(self, relative: str) -> BinaryIO:
        """Open a file, as `ProjectFiles`."""
        with self._noted(LOOK, relative):
            file = super().open(relative)
        self._look(relative, _state(os.fstat(file.fileno())))
        return file

    def path(self, relative: str) -> Path:
        """Return the real path of a file, as `ProjectFiles`."""
        with self._noted(LOOK, relative):
            path = super().path(relative)
        self._look(relative, _state(path.stat()))
        return path

    @contextmanager
    def pinned(self, relative: str, limit: int) -> Iterator[tuple[Path, Path]]:
        """Lend a file's paths, as `ProjectFiles`."""
        with self._noted(LOOK, relative), super().pinned(relative, limit) as (real, opened):
            self._look(relative, _state(opened.stat()))
            yield real, opened

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, as `ProjectFiles`."""
        with self._noted(GLOB, pattern):
            found = super().glob(pattern)
        self._note(GLOB, pattern, _digest_of(found))
        return found

    def search(self, pattern: str) -> Found:
        """Return the files that match, as `ProjectFiles`."""
        with self._noted(SEARCH, pattern):
            found = super().search(pattern)
        self._note(SEARCH, pattern, _digest_of(_parts(found)))
        return found

    @contextmanager
    def _noted(self, kind: str, asked: str) -> Iterator[None]:
        try:
            yield
        except FileRefused as refused:
            self._note(kind, asked, _refusal(refused))
            raise

    def _note(self, kind: str, asked: str, answer: str) -> None:
        """Keep an answer; two that differ mean that somebody writes while this reads."""
        self.is_settled &= self._answers.setdefault((kind, asked), answer) == answer

    def _look(self, relative: str, state: State) -> None:
        self._note(LOOK, relative, repr(state))
        self.is_settled &= is_settled(state[3:], self._clock())


class TraceCheck:
    """One look through a project: each folder is looked at once, and each question asked once."""

    def __init__(self, root: Path) -> None:
        self._files = TracedFiles(root)
        self._base = str(self._files.root)
        self._plain: dict[str, bool] = {"": True}
        self._known: dict[Question, str] = {}
        self.has_new_states = False
        """Whether a row got another state, which is worth to be kept."""

    def all_hold(self, trace: Iterable[Row]) -> bool:
        """Whether the files answer all questions of a trace as they did.

        Rows of files that had to be read again get their new state.
        """
        return all(map(self._holds, trace))

    def _holds(self, row: Row) -> bool:
        kind, asked, answer, state = row
        is_same = self._is_answered(kind, asked, answer, state)
        if is_same and kind == READ:
            new = self._files.state(asked)
            if new is not None and new != state:
                row[3] = new
                self.has_new_states = True
        return is_same

    def _is_answered(self, kind: str, asked: str, answer: str, state: State | None) -> bool:
        """Whether one question is answered as before; each is asked once."""
        known = self._known.get((kind, asked))
        if known is None:
            is_same = kind == READ and state is not None and self._state(asked) == state
            known = answer if is_same else self._answer(kind, asked)
            self._known[kind, asked] = known
        return known == answer

    def _answer(self, kind: str, asked: str) -> str:
        """Ask anew; the files note the answer."""
        ask = {
            READ: self._files.read,
            GLOB: self._files.glob,
            SEARCH: self._files.search,
            LOOK: self._files.path,
        }
        with suppress(FileRefused):
            ask[kind](asked)
        return self._files.answer(kind, asked)

    def _state(self, path: str) -> State | None:
        """Return the state of a file that no link leads to; None for any other."""
        folder = path.rpartition("/")[0]
        if not self._is_plain(folder):
            return None
        try:
            facts = os.lstat(f"{self._base}/{path}")
        except (OSError, ValueError):
            return None
        return _state(facts) if stat.S_ISREG(facts.st_mode) else None

    def _is_plain(self, folder: str) -> bool:
        """Whether a folder and all above it are folders and no links: none leads elsewhere."""
        known = self._plain.get(folder)
        if known is None:
            above = folder.rpartition("/")[0]
            try:
                mode = os.lstat(f"{self._base}/{folder}").st_mode
                known = stat.S_ISDIR(mode) and self._is_plain(above)
            except (OSError, ValueError):
                known = False
            self._plain[folder] = known
        return known


def _state(facts: os.stat_result) -> State:
    times = [facts.st_mtime_ns, facts.st_ctime_ns]
    return [facts.st_dev, facts.st_ino, facts.st_size, *times]


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=20).hexdigest()


def _digest_of(texts: Iterable[str]) -> str:
    return _digest("\0".join(texts).encode("utf-8", "surrogateescape"))


def _parts(found: Found) -> Iterator[str]:
    yield from found.paths
    for folder in found.unread:
        yield f"\n{folder.path}\n{_refusal(folder.refusal)}"


def _refusal(refused: FileRefused) -> str:
    told = (type(refused).__name__, refused.reason, str(refused.hint), str(refused.missing))
    return _REFUSED + _digest_of(told)
