"""What happens to all rows of a table at once, each table once. Knows no statement."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Flag, auto
from typing import Final


class Use(Flag):
    """What all rows of a table are part of."""

    NONE = 0
    SAVED = auto()
    """A snapshot has them, and brings them back."""

    RESET = auto()
    """A reset of the studio deletes them."""

    ANSWERED = auto()
    """Answers are made of them: as long as they are the same, so is what is answered."""

    MOVED = auto()
    """They go along where a file's rows move to PostgreSQL."""


_OBJECTS: Final = Use.SAVED | Use.RESET | Use.ANSWERED | Use.MOVED
_UNSAVED: Final = Use.RESET | Use.ANSWERED | Use.MOVED

USES: Final[Mapping[str, Use]] = {
    "jobs": _OBJECTS,
    "videos": _OBJECTS,
    "avatars": _OBJECTS,
    "entries": _OBJECTS,
    "captions": _OBJECTS,
    "upload_tokens": _UNSAVED,
    "seed": _UNSAVED,
    "app_tokens": Use.MOVED,
    "revoked_sessions": Use.MOVED,
    "session_uses": Use.MOVED,
    "pairing": Use.MOVED,
    "control": Use.MOVED,
    "faults": Use.MOVED,
    "scene_claims": Use.NONE,
    "live_workers": Use.NONE,
    "coming_files": Use.NONE,
}
"""Those without a use last for a moment. A test compares them with the tables that there are."""


def tables_of(use: Use) -> tuple[str, ...]:
    """Return the tables whose rows are part of something."""
    return tuple(table for table, uses in USES.items() if use in uses)
