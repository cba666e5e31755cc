"""Puts new texts into the project's files, each whole or not at all. Decides no content."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from storyboard.commands.rewriting import Rewrite
from storyboard.disk.inside import FileRefused, read_inside, real_path
from storyboard.disk.writing import write_whole
from storyboard.errors import ConflictError, FailureCode, StoryboardError
from storyboard.source.files import checked_relative
from storyboard.source.limits import MAX_FILE_BYTES

_REFUSED: Final = (errno.EROFS, errno.EACCES, errno.EPERM)
_WRITABLE: Final = (
    "make the file and its folder writable, or run the command on a copy of the project"
)


def put_rewrites(root: Path, rewrites: Iterable[Rewrite]) -> None:
    """Write what changes; a file that is right already is not touched.

    Raises `FileRefused` for a path that leaves the project, `ConflictError` where a file is no
    longer what was read, and `StoryboardError` where it cannot be written.
    """
    for rewrite in rewrites:
        if rewrite.changes:
            checked_relative(rewrite.path)
            _put(root, rewrite)


def put_own_files(root: Path, rewrites: Iterable[Rewrite]) -> None:
    """Write files of this program's own below `.storyboard/`, which authors' paths may not name.

    Raises what `put_rewrites` raises: a link out of the project is not followed here either.
    """
    for rewrite in rewrites:
        if rewrite.changes:
            _put(root, rewrite)


def _put(root: Path, rewrite: Rewrite) -> None:
    path = real_path(root, rewrite.path)
    try:
        found = _found(root, path, rewrite.path)
        if found != rewrite.before:
            raise ConflictError(
                f"'{rewrite.path}' was changed meanwhile",
                hint="run the command again",
                code=FailureCode.FILE_CHANGED,
            )
        if rewrite.after is None:
            path.unlink()
        else:
            write_whole(path, rewrite.after, inside=root)
    except OSError as cause:
        act = "removed" if rewrite.after is None else "written"
        reason = cause.strerror or cause
        raise StoryboardError(
            f"'{rewrite.path}' cannot be {act}: {reason}",
            hint=_WRITABLE if cause.errno in _REFUSED else None,
        ) from cause


def _found(root: Path, path: Path, relative: str) -> bytes | None:
    try:
        return read_inside(path, root, MAX_FILE_BYTES)
    except FileRefused as refused:
        if refused.missing:
            return None
        raise
