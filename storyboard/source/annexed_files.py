"""git-annex: the links that stand in a checkout for large files. Opens none of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from storyboard.shell import word

_OBJECTS: Final = ".git/annex/objects/"


def annexed(path: Path, relative: str) -> tuple[str, str] | None:
    """Return what is the matter with a link of git-annex, and what to do; None for none.

    Such a link leads into git's own folder, where nothing is read.
    """
    try:
        target = path.readlink().as_posix()
    except OSError:
        return None
    if _OBJECTS not in target:
        return None
    unlock = f"git annex unlock {word(relative)}"
    if path.exists():
        return f"'{relative}' is a link of git-annex, which is not followed", unlock
    get = f"git annex get {word(relative)}"
    return f"the content of '{relative}' is in git-annex and not here", f"{get} && {unlock}"
