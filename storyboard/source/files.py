"""The project's own files and nothing beyond them, however a path is spelled or linked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from storyboard.disk.inside import (
    FileRefused,
    PathOutside,
    cannot_read,
    open_inside,
    open_unlinked,
    pinned,
    real_path,
)
from storyboard.globs import path_matcher
from storyboard.nearest import meant
from storyboard.source.annexed_files import annexed
from storyboard.source.file_names import is_portable
from storyboard.source.file_spelling import other_spelling
from storyboard.source.limits import MAX_FILE_BYTES
from storyboard.source.search import Found, search

SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""What a URL begins with, and a drive of Windows."""

_LONGEST: Final = 4096
"""Characters of a path or of a glob: Linux opens no longer one."""

_BELOW: Final = "write a path below the project's root, with '/' between folders"
_GITS: Final = re.compile(r"\.git|git~[0-9]", re.IGNORECASE)
"""Where git and its hosts keep settings and programs, `.github` too; Windows has a second name."""


class Files(Protocol):
    """Where the compiler reads: paths are relative to the project's root, in POSIX form."""

    def read(self, relative: str) -> bytes:
        """Return a file's bytes; raises `FileRefused`."""

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, sorted; `**` spans folders; hidden ones never match."""

    def search(self, pattern: str) -> Found:
        """Return the files that match, and the folders that could not be looked into."""


class ProjectFiles:
    """The files below a folder."""

    def __init__(self, root: Path, *, limit: int = MAX_FILE_BYTES) -> None:
        self.root = Path(os.path.realpath(root))
        self._limit = limit

    def read(self, relative: str) -> bytes:
        """Return a file's bytes; raises `FileRefused`."""
        with self.open(relative) as file:
            return self._content(file, relative)

    def _content(self, file: BinaryIO, relative: str) -> bytes:
        content = file.read(self._limit + 1)
        if len(content) > self._limit:
            raise FileRefused(f"'{relative}' is larger than {self._limit:,} bytes")
        return content

    def open(self, relative: str) -> BinaryIO:
        """Open a file for reading; raises `FileRefused`, and never for what a link swapped in."""
        parts = checked_relative(relative).split("/")
        descriptor = open_unlinked(self.root, parts)
        if descriptor is None:
            descriptor = open_inside(self.root, self._real(relative), relative)
        return os.fdopen(descriptor, "rb")

    def path(self, relative: str) -> Path:
        """Return the real path of a file of the project; raises `FileRefused`."""
        real = self._real(relative)
        os.close(open_inside(self.root, real, relative))
        return real

    @contextmanager
    def pinned(self, relative: str, limit: int) -> Iterator[tuple[Path, Path]]:
        """Lend a file's real path, and one that names it whatever takes its place meanwhile.

        Raises `FileRefused`, also for more than `limit` bytes.
        """
        real = self._real(relative)
        with pinned(self.root, real, relative, limit) as opened:
            yield real, opened

    def _real(self, relative: str) -> Path:
        checked_relative(relative)
        if (told := annexed(self.root / relative, relative)) is not None:
            raise FileRefused(told[0], hint=told[1])
        real = real_path(self.root, relative)
        if any(part.startswith(".") for part in real.relative_to(self.root).parts):
            raise PathOutside(f"'{relative}' leads into a hidden folder through a link")
        return real

    def meant(self, relative: str) -> str | None:
        """Return the hint for a missing file of which one has the name in another spelling."""
        near = other_spelling(self.root, relative)
        return None if near is None else meant(relative, near)

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, sorted; raises `FileRefused` for a pattern that climbs.

        Raises it too where the folder has more files than any project: most often it is none.
        """
        return list(self.search(pattern).paths)

    def search(self, pattern: str) -> Found:
        """Return the files that match, and the folders that are not looked into; as `glob`."""
        checked_relative(pattern)
        return search(pattern, lambda path: self._real(path) if path else self.root)


class MemoryFiles:
    """Files that exist only in a mapping, and in no folder: for tests."""

    def __init__(self, files: Mapping[str, bytes | str]) -> None:
        self._files = {
            path: content.encode() if isinstance(content, str) else content
            for path, content in files.items()
        }

    def read(self, relative: str) -> bytes:
        """Return a file's bytes; raises `FileRefused`."""
        checked_relative(relative)
        if relative not in self._files:
            raise cannot_read(relative, FileNotFoundError())
        return self._files[relative]

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, sorted."""
        checked_relative(pattern)
        return sorted(filter(path_matcher(pattern), self._files))

    def search(self, pattern: str) -> Found:
        """Return the files that match."""
        return Found(tuple(self.glob(pattern)))


class OverlaidFiles:
    """The files of another source, some of them with other contents."""

    def __init__(self, files: Files, contents: Mapping[str, bytes]) -> None:
        self._files = files
        self._contents = contents

    def read(self, relative: str) -> bytes:
        """Return the other content where there is one."""
        content = self._contents.get(relative)
        return self._files.read(relative) if content is None else content

    def glob(self, pattern: str) -> list[str]:
        """Return the files that match, as they are without the others."""
        return self._files.glob(pattern)

    def search(self, pattern: str) -> Found:
        """Return what the other source finds."""
        return self._files.search(pattern)


def checked_relative(path: str) -> str:
    """Return a path or pattern that stays below the root by its spelling; raises `FileRefused`."""
    parts = path.split("/")
    _check_spelling(path, parts)
    if any(part.startswith(".") for part in parts):
        raise PathOutside(f"'{path}' is hidden", hint=_BELOW)
    return path


def _check_spelling(path: str, parts: Sequence[str]) -> None:
    if not path or "\0" in path:
        raise PathOutside("the path is empty" if not path else "the path holds a NUL", hint=_BELOW)
    if len(path) > _LONGEST:
        raise PathOutside(f"a path has at most {_LONGEST:,} characters", hint=_BELOW)
    if "\\" in path:
        raise PathOutside(f"'{path}' has a backslash", hint=_BELOW)
    if SCHEME.match(path):
        raise PathOutside(f"'{path}' is a URL or a drive, not a file of the project", hint=_BELOW)
    if path.startswith(("/", "~")):
        raise PathOutside(f"'{path}' is absolute, not below the project's root", hint=_BELOW)
    if ".." in parts:
        raise PathOutside(f"'{path}' climbs out by '..'", hint=_BELOW)
    if not all(parts):
        raise PathOutside(f"'{path}' has an empty part", hint=_BELOW)


def output_path(root: Path, relative: str, *, hint: str | None = None) -> Path:
    """Return where a project's file may be written; raises `FileRefused` for what leaves the root.

    The project's text names it, so it is treated like a path to read, but a hidden folder of ours
    will do. What the command line names goes where the user says. The `hint` is for a link out.
    """
    _check_spelling(relative, relative.split("/"))
    if not all(map(is_portable, relative.split("/"))):
        raise FileRefused(
            f"'{relative}' is not a name on every system",
            hint='leave out < > : " | ? *, control characters, and dots and spaces at an end',
        )
    real = real_path(root, relative, hint=hint or "make it a folder of the project, not a link")
    parts = (*relative.split("/"), *real.relative_to(os.path.realpath(root)).parts)
    if any(map(_GITS.match, parts)):
        raise PathOutside(f"'{relative}' is git's own", hint=_BELOW)
    return root / relative


def shown_path(path: Path) -> str:
    """Return a path as people and scripts use it here: from the current folder, if it is below."""
    whole, here = path.absolute(), Path.cwd()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
