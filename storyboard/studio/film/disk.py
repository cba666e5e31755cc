"""Whether something could not be written for want of room, and of which. Writes nothing."""

from __future__ import annotations

import errno
from typing import Final

from storyboard.studio.records.file_store import FilesError
from storyboard.studio.records.store import StoreError

NO_ROOM: Final = "no space left on device"


def want_of_room(cause: Exception) -> str | None:
    """Return where room is wanting for a write that failed for that; `None` for other failures.

    It may be one of a file, of the place of the studio's files, or of its database.
    """
    if isinstance(cause, FilesError):
        return str(cause) if cause.is_full else None
    if isinstance(cause, StoreError):
        return NO_ROOM if cause.is_full else None
    is_full = getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
    return NO_ROOM if is_full else None
