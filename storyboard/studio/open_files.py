"""How many files this process may have open, and so how many connections it may serve at once."""

from __future__ import annotations

import contextlib
from typing import Final

_MOST: Final = 800
"""Connections: more than people and programs of one machine have at once."""

_FILES_OF_ONE: Final = 4
"""Files of one connection at most: itself, what it sends or reads, and a share of the database."""


def most_connections() -> int:
    """Return how many connections there may be at once."""
    return min(_MOST, _files_at_once() // _FILES_OF_ONE)


def allow_more_files(wanted: int = _MOST * _FILES_OF_ONE) -> None:
    """Let this process have as many files as all connections may need, where the system lets it."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _files_at_once() -> int:
    """Return how many files a process may have open, of which a connection is one."""
    try:
        import resource
    except ImportError:  # where Windows has no such limit
        return _FILES_OF_ONE * _MOST
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _FILES_OF_ONE * _MOST if soft == resource.RLIM_INFINITY else soft
