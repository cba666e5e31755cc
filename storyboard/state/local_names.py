"""What lies beside a state's file, by the endings of their names, and how large it may be."""

from __future__ import annotations

from typing import Final

LOCK: Final = ".lock"
BACKUP: Final = ".backup"
PRIVATE_MODE: Final = 0o600
MAX_STATE_BYTES: Final = 128 << 20
"""Of one state, and of its journal: a hundred thousand videos of five scenes."""
