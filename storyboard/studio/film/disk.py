"""Whether something could not be written for want of room. Writes nothing."""

from __future__ import annotations

import errno
from typing import Final

from storyboard.studio.records.store import StoreError

NO_ROOM: Final = "no space left on device"


def is_disk_full(cause: Exception) -> bool:
    """Whether a failed write, of a file or of the studio's database, failed for want of room."""
    if isinstance(cause, StoreError):
        return cause.is_full
    return getattr(cause, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
