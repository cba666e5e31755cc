"""The project's own copies of the schemas, which its editors read. Touches no other file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from storyboard.commands.rewriting import Rewrite
from storyboard.commands.rewriting_files import put_own_files
from storyboard.disk.inside import FileRefused, read_inside
from storyboard.source.limits import MAX_FILE_BYTES
from storyboard.source.schema import schema_text

SCHEMA_FOLDER: Final = ".storyboard/schemas"
EDITED: Final = ("project", "storyboard", "scenes")
"""The schemas of files that people write."""


def update_schemas(root: Path) -> tuple[str, ...]:
    """Write the copies that are missing or of another version; return their paths.

    Raises `FileRefused` where a link leads out of the project, and `StoryboardError` where a copy
    cannot be written.
    """
    rewrites = [rewrite for rewrite in _copies(root) if rewrite.changes]
    put_own_files(root, rewrites)
    return tuple(rewrite.path for rewrite in rewrites)


def outdated_schemas(root: Path) -> tuple[str, ...]:
    """Return the paths of copies that are there and of another version than this program."""
    return tuple(c.path for c in _copies(root) if c.before is not None and c.changes)


def has_schemas(root: Path) -> bool:
    """Whether the project has copies at all."""
    return any(copy.before is not None for copy in _copies(root))


def _copies(root: Path) -> tuple[Rewrite, ...]:
    paths = {name: f"{SCHEMA_FOLDER}/{name}.schema.json" for name in EDITED}
    return tuple(_copy(root, path, schema_text(name).encode()) for name, path in paths.items())


def _copy(root: Path, path: str, ours: bytes) -> Rewrite:
    try:
        found = read_inside(root / path, root, MAX_FILE_BYTES)
    except FileRefused:
        return Rewrite(path, None, ours)
    is_ours = found.replace(b"\r\n", b"\n") == ours  # git may write line ends of its own
    return Rewrite(path, found, found if is_ours else ours)
