"""Puts new texts into the project's files, each whole or not at all. Decides no content."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from storyboard.commands.rewriting import Rewrite
from storyboard.errors import ConflictError, StoryboardError
from storyboard.source.files import checked_relative, real_path
from storyboard.source.writing import write_whole


def put_rewrites(root: Path, rewrites: Iterable[Rewrite]) -> None:
    """Write what changes; a file that is right already is not touched.

    Raises `FileRefused` for a path that leaves the project, `ConflictError` where a file is no
    longer what was read, and `StoryboardError` where it cannot be written.
    """
    for rewrite in rewrites:
        if not rewrite.changes:
            continue
        path = _target(root, rewrite.path)
        try:
            found = path.read_bytes() if path.exists() else None
            if found != rewrite.before:
                raise ConflictError(
                    f"'{rewrite.path}' was changed meanwhile", hint="run the command again"
                )
            write_whole(path, rewrite.after)
        except OSError as cause:
            reason = cause.strerror or cause
            raise StoryboardError(f"'{rewrite.path}' cannot be written: {reason}") from cause


def _target(root: Path, relative: str) -> Path:
    """Return the real path, behind links, of a file that is or will be the project's."""
    return real_path(root, checked_relative(relative))
