"""Where a project lies in its repository, as forges name its files. Runs no git."""

from __future__ import annotations

from pathlib import Path


def folder_in_repository(root: Path) -> str:
    """Return the way from the repository's root to the project, as `videos/`; empty for none.

    Without a repository, it is the way from the current folder.
    """
    whole = root.resolve()
    tops = (folder for folder in (whole, *whole.parents) if (folder / ".git").exists())
    top = next(tops, None) or Path.cwd().resolve()
    if top == whole or not whole.is_relative_to(top):
        return ""
    return f"{whole.relative_to(top).as_posix()}/"
