"""Looks through a project's folders for what matches a glob, and says what it could not look into.

A folder that is a link is entered where it leads to another folder of the project. What is behind
a folder that is not entered is not gone: whoever deletes by what is missing has to know of it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from typing import Final

from storyboard.disk.inside import FileRefused, cannot_read
from storyboard.globs import path_matcher, path_steps

_MOST_FILES: Final = 500_000
"""That a glob looks through: some seconds. A command may be run in `/` by mistake."""

_START: Final = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """A folder that was not looked into, though files in it might match; `refusal` says why."""

    path: str
    refusal: FileRefused


@dataclass(frozen=True, slots=True)
class Found:
    """The files that match a glob, sorted, and the folders that were not looked into."""

    paths: tuple[str, ...]
    unread: tuple[Unread, ...] = ()


def search(pattern: str, real_folder: Callable[[str], Path]) -> Found:
    """Look for the files that match; raises `FileRefused` where there are more than any project's.

    `real_folder` returns where a path of the project leads, and raises `FileRefused` for out of it.
    """
    walk = _Walk(pattern, real_folder)
    matches = path_matcher(pattern)
    paths = sorted(path for path in walk.files() if matches(path))
    return Found(tuple(paths), tuple(walk.unread))


class _Walk:
    """One look through the folders; no folder is looked through twice for the same matches."""

    def __init__(self, pattern: str, real_folder: Callable[[str], Path]) -> None:
        self.unread: list[Unread] = []
        self._pattern = pattern
        self._real = real_folder
        self._steps = path_steps(pattern)
        self._seen: set[tuple[Path, int]] = set()
        self._count = 0

    def files(self) -> Iterator[str]:
        """Yield the files below the folder that all matches are in, hidden ones never."""
        start = _fixed_folder(self._pattern)
        root = self._real("")
        prefix = f"{start}/" if start else ""
        if os.path.lexists(root / start) or os.path.realpath(root / start) != str(root / start):
            folder = self._behind(start)
            if folder is not None:
                yield from self._below(prefix, folder, self._steps(prefix, _START))

    def _below(self, prefix: str, folder: Path, places: int) -> Iterator[str]:
        waiting = [(prefix, folder, places)]
        links: list[tuple[str, Path, int]] = []  # later, so that folders keep their own names
        while waiting or links:
            prefix, folder, places = waiting.pop() if waiting else heappop(links)
            if (folder, places) in self._seen:
                continue
            self._seen.add((folder, places))
            for entry in self._entries(prefix, folder):
                path, is_folder = prefix + entry.name, entry.is_dir(follow_symlinks=False)
                if not is_folder:
                    yield path
                    if not entry.is_symlink():  # most are files: no pattern goes on behind them
                        continue
                inner = self._steps(f"{entry.name}/", places)
                if inner and is_folder:
                    waiting.append((f"{path}/", folder / entry.name, inner))
                elif inner and not _is_file(entry):
                    target = self._behind(path)
                    if target is not None and not folder.is_relative_to(target):
                        heappush(links, (f"{path}/", target, inner))

    def _behind(self, path: str) -> Path | None:
        """Return the folder that a path leads to; None for what is none, or is refused."""
        try:
            real = self._real(path)
        except FileRefused as refused:
            self.unread.append(Unread(path, refused))
            return None
        try:
            return real if stat.S_ISDIR(real.stat().st_mode) else None
        except OSError as problem:
            refusal = cannot_read(path, problem)
            if problem.errno in (errno.ENOENT, errno.ELOOP):
                hint = "delete the link, or bring back what it leads to"
                refusal = FileRefused(f"'{path}' leads nowhere, through a link", hint=hint)
            self.unread.append(Unread(path, refusal))
            return None

    def _entries(self, prefix: str, folder: Path) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.name.startswith("."):
                        self._add_one()
                        yield entry
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as problem:
            path = prefix.rstrip("/") or "."
            self.unread.append(Unread(path, cannot_read(path, problem)))

    def _add_one(self) -> None:
        if self._count >= _MOST_FILES:
            raise FileRefused(
                f"'{self._pattern}' looks through more than {_MOST_FILES:,} files",
                hint="name a folder first, such as 'storyboards/*.yaml'",
            )
        self._count += 1


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether there is a file behind a link: then nothing is below it."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _fixed_folder(pattern: str) -> str:
    """Return the folder that all matches of a glob are in: nothing else needs to be walked."""
    fixed = min((i for i in map(pattern.find, "*?") if i >= 0), default=len(pattern))
    return pattern[:fixed].rpartition("/")[0]
