"""Files whose name a path nearly spells: other capitals, or another Unicode form, as of a Mac."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path


def other_spelling(root: Path, relative: str) -> str | None:
    """Return the path of a file below the root that differs by its spelling alone, or None."""
    base = Path(os.path.realpath(root))
    folder, found = base, list[str]()
    for part in relative.split("/"):
        names = _names(folder) if _is_inside(folder, base) else []
        near = part if part in names else next((n for n in names if _key(n) == _key(part)), None)
        if near is None or near.startswith("."):
            return None
        found.append(near)
        folder /= near
    path = "/".join(found)
    return path if path != relative and folder.is_file() else None


def _is_inside(folder: Path, base: Path) -> bool:
    """Whether a folder is where its path says: names behind a link out are nobody's business."""
    return Path(os.path.realpath(folder)).is_relative_to(base)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError:
        return []


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
