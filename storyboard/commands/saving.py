"""Files of what a studio sent: pictures and speech."""

from __future__ import annotations

from pathlib import Path

from storyboard.errors import StoryboardError
from storyboard.source.writing import write_whole


def save(path: Path, content: bytes) -> Path:
    """Write what the studio sent to a file and return its path; raises `StoryboardError`."""
    try:
        write_whole(path, content)
    except OSError as cause:
        reason = cause.strerror or cause
        raise StoryboardError(f"'{path}' cannot be written: {reason}") from cause
    return path
