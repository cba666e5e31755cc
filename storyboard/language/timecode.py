"""Times as people write them: seconds, or `h:mm:ss.fff`. Knows no clip and no limits."""

from __future__ import annotations

import math
import re
from typing import Any

from storyboard.source.numerals import plain

_CLOCK = re.compile(r"(?:(?:(\d{1,7}):)?(\d{1,7}):)?(\d{1,7})(?:\.(\d{1,3}))?", re.ASCII)


def parse_timecode(value: Any) -> float | None:
    """Return seconds for `90`, `90.5`, `"1:30"` or `"0:00:30.500"`; None for anything else.

    Behind a colon, minutes and seconds go to 59. Fractions of a string are kept to the millisecond.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return plain(value) if math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    match = _CLOCK.fullmatch(value.strip())
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if minutes is not None and (int(seconds) > 59 or len(seconds) > 2):
        return None
    if hours is not None and int(minutes) > 59:
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    thousandths = int((fraction or "").ljust(3, "0"))
    return whole if thousandths == 0 else (whole * 1000 + thousandths) / 1000


def format_timecode(seconds: float) -> str:
    """Return the shortest clock form: `0:30`, `1:02:03.5`; `parse_timecode` reads it back."""
    thousandths = round(seconds * 1000)
    whole, fraction = divmod(thousandths, 1000)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return clock if fraction == 0 else f"{clock}.{fraction:03}".rstrip("0")
