"""Whether something could not be written for want of room. Writes nothing."""

from __future__ import annotations

import errno
import sqlite3
from typing import Final

NO_ROOM: Final = "no space left on device"


def is_disk_full(cause: Exception) -> bool:
    """Whether a failed write, of a file or of the studio's database, failed for want of room."""
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorname", "") == "SQLITE_FULL"
    return getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
