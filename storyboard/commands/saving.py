"""Files of what a studio sent: pictures and speech."""

from __future__ import annotations

from pathlib import Path

from storyboard.disk.writing import write_whole
from storyboard.errors import StoryboardError


def save(path: Path, content: bytes, *, inside: Path) -> Path:
    """Write what the studio sent to a file below a folder and return its path.

    Raises `StoryboardError`.
    """
    try:
        write_whole(path, content, inside=inside)
    except OSError as cause:
        reason = cause.strerror or cause
        raise StoryboardError(f"'{path}' cannot be written: {reason}") from cause
    return path
