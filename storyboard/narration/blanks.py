"""Which blanks stand within a number, and between it and its unit. Knows no text."""

from __future__ import annotations

from typing import Final

BLANKS: Final = " \u00a0\u202f\u2009"
"""A space, and the narrow ones and those that forbid a line break."""

BLANK: Final = f"[{BLANKS}]"
SPACE: Final = f"{BLANK}?"
"""What may stand between a number and its unit."""
