"""Where a project lies in its repository, as forges name its files. Runs no git."""

from __future__ import annotations

from pathlib import Path


def folder_in_repository(root: Path) -> str:
    """Return the way from the repository's root to the project, as `videos/`; empty for none.

    Without a repository, it is the way from the current folder.
    """
    whole = root.resolve()
    return _way(whole, repository_top(whole) or Path.cwd().resolve())


def folder_below(root: Path) -> str:
    """Return the way from the repository's root to the project; empty for none, and without one."""
    whole = root.resolve()
    return _way(whole, repository_top(whole) or whole)


def repository_top(root: Path) -> Path | None:
    """Return the folder around a project that has `.git`, which nobody can commit, if any."""
    whole = root.resolve()
    return next((f for f in (whole, *whole.parents) if (f / ".git").exists()), None)


def _way(whole: Path, top: Path) -> str:
    if top == whole or not whole.is_relative_to(top):
        return ""
    return f"{whole.relative_to(top).as_posix()}/"
