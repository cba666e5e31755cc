"""Which file a path leads to, told by the system's facts of it. Reads no content."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileMark:
    """What tells one written file from another that takes its place."""

    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> FileMark | None:
        """Return the mark of a file, None where there is none."""
        try:
            facts = path.stat()
        except OSError:
            return None
        return cls(facts.st_ino, facts.st_size, facts.st_mtime_ns)

    def is_of(self, path: Path) -> bool:
        """Whether a path still leads to the file, or to none: then nobody's work is lost."""
        return FileMark.of(path) in (None, self)


def behind_link(path: Path, inside: Path) -> Path:
    """Return the file that a link stands for, so that both names have one lock and one content.

    A link that leads out of the folder is left as it is: whoever opens it refuses it.
    """
    if not path.is_symlink():
        return path
    real = Path(os.path.realpath(path))
    return real if real.is_relative_to(os.path.realpath(inside)) else path
