"""Where a path below a trusted folder leads, and what is opened there. Knows no project.

Whoever sends the files of a folder may send links among them. A link to another place in the
folder is followed; one that leads out is refused, also one that takes a file's place between the
look and the opening. A second name of a file (a hard link) is that file: nothing tells them apart.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storyboard.errors import ProjectError

_FLAGS: Final = (
    getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _FLAGS
_STEPWISE: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


class FileRefused(ProjectError):
    """A file is not read: it is missing, or no part of the project; `reason` says which."""

    def __init__(self, reason: str, *, hint: str | None = None, missing: bool = False) -> None:
        super().__init__(reason, hint=hint)
        self.reason = reason
        self.missing = missing


class PathOutside(FileRefused):
    """A path leads out of the project, by its spelling or through a link."""


def real_path(root: Path, relative: str, *, hint: str | None = None) -> Path:
    """Return where a path below the root leads, behind links; raises `FileRefused` for out of it.

    The spelling is checked before, as a path to read or as a place to write; the `hint` says what
    to do, if not what helps whoever reads.
    """
    base = Path(os.path.realpath(root))
    try:
        real = Path(os.path.realpath(base / relative))
    except ValueError as cause:  # a NUL, or half a character
        raise PathOutside(
            "a path holds what no file's name can", hint="write another path"
        ) from cause
    if not real.is_relative_to(base):
        raise PathOutside(
            f"'{relative}' leads out of the project through a link",
            hint=hint or "copy it into the project",
        )
    return real


def open_inside(base: Path, real: Path, shown: str) -> int:
    """Open a regular file below a folder for reading; raises `FileRefused`, in no case waits.

    `base` is the folder's real path, `real` what `real_path` returned. Each folder on the way is
    opened by itself and is no link, so that nothing which changed since then leads elsewhere.
    """
    try:
        descriptor = _opened(base, real.relative_to(base).parts)
    except OSError as problem:
        raise cannot_read(shown, problem) from problem
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileRefused(f"'{shown}' is not a regular file")
    return descriptor


def open_unlinked(base: Path, parts: Sequence[str]) -> int | None:
    """Open a regular file below a folder for reading, if no part of its path is a link.

    None where it is otherwise: `real_path` says where it leads, at ten times the price.
    """
    if not _STEPWISE:
        return None
    try:
        descriptor = _opened(base, parts)
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    return None


def read_inside(path: Path, inside: Path, limit: int) -> bytes:
    """Return the bytes of a file of ours below a folder; raises `FileRefused`, no other `OSError`.

    So a link out of the folder, a pipe, and a file of more than `limit` bytes are refused.
    """
    base = Path(os.path.realpath(inside))
    real = real_path(base, os.path.relpath(path, inside))
    with os.fdopen(open_inside(base, real, path.name), "rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise FileRefused(f"'{path.name}' is larger than {limit:,} bytes")
    return content


@contextmanager
def pinned(base: Path, real: Path, shown: str, limit: int) -> Iterator[Path]:
    """Lend a path that names the file which was opened, whatever takes its place meanwhile.

    It is for readers that open a path themselves. Where the system has no such paths, it is the
    file's own, and `FileRefused` is raised at the end if it was replaced. Raises it at once for
    more than `limit` bytes, which a file of holes claims without having them.
    """
    descriptor = open_inside(base, real, shown)
    try:
        size = os.fstat(descriptor).st_size
        if size > limit:
            raise FileRefused(f"'{shown}' is larger than {limit:,} bytes")
        opened = Path(f"/proc/self/fd/{descriptor}")
        if opened.exists():
            yield opened
            return
        yield real
        if not os.path.samestat(os.fstat(descriptor), real.stat()):
            raise FileRefused(f"'{shown}' was replaced while it was read")
    finally:
        os.close(descriptor)


def refuse_links(folder: Path, hint: str) -> None:
    """Raise `FileRefused` for anything below a folder of ours that is a link, a pipe or a device.

    This program makes none there, so somebody else did: what it writes would go elsewhere, and
    what it reads would not end.
    """
    for path in _below(folder):
        if path.is_symlink():
            raise FileRefused(f"'{path.path}' is a link: it is not followed", hint=hint)
        if not (path.is_file(follow_symlinks=False) or path.is_dir(follow_symlinks=False)):
            raise FileRefused(f"'{path.path}' is not a regular file", hint="delete it")


def files_below(folder: Path, *, depth: int) -> Iterator[Path]:
    """Yield the files of the folders this deep in a folder; none through a link."""
    if folder.is_symlink():
        return
    for path in _entries(str(folder)):
        if depth and path.is_dir(follow_symlinks=False):
            yield from files_below(Path(path.path), depth=depth - 1)
        elif not depth and not path.is_dir(follow_symlinks=False):
            yield Path(path.path)


def _below(folder: Path) -> Iterator[os.DirEntry[str]]:
    waiting = [str(folder)]
    while waiting:
        for path in _entries(waiting.pop()):
            yield path
            if path.is_dir(follow_symlinks=False):
                waiting.append(path.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:  # one that is not there, or just went away
        return []


def cannot_read(relative: str, problem: OSError) -> FileRefused:
    """Return the refusal of a file that the system does not open."""
    missing = isinstance(problem, FileNotFoundError)
    reason = "there is no such file" if missing else (problem.strerror or "unreadable").lower()
    if problem.errno == errno.ELOOP:
        reason = "it was replaced by a link"
    elif problem.errno in (errno.ENXIO, errno.EOPNOTSUPP):
        return FileRefused(f"'{relative}' is not a regular file")
    return FileRefused(f"'{relative}' cannot be read: {reason}", missing=missing)


def _opened(base: Path, parts: Sequence[str]) -> int:
    if not _STEPWISE:
        return os.open(base.joinpath(*parts), _READ)
    folder = os.open(base, _FOLDER)
    try:
        *folders, name = parts or (".",)
        for part in folders:
            below = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        return os.open(name, _READ, dir_fd=folder)
    finally:
        os.close(folder)
