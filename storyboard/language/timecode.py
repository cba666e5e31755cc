"""Times as people write them: seconds, or `h:mm:ss.fff`. Knows no clip and no limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from storyboard.source.numerals import plain
from storyboard.source.scalars import shortened

_CLOCK = re.compile(r"(?:(?:(\d{1,7}):)?(\d{1,7}):)?(\d{1,7})(?:\.(\d{1,3}))?", re.ASCII)

_PARTS = re.compile(r"(\d{1,7}(?::\d{1,7})*)(\.\d+)?", re.ASCII)
_UNIT = re.compile(
    r"(?P<count>\d{1,7}(?:\.\d{1,3})?) ?(?P<unit>s|secs?|seconds?|m|mins?|minutes?|h|hours?)",
    re.ASCII | re.IGNORECASE,
)
_SECONDS_OF_UNIT = {"s": 1, "m": 60, "h": 3600}
_DAY = 86400
"""No clip is longer, and no time beyond it is suggested."""
_FORMS_IN_QUOTES = 'seconds (30), or "m:ss", "h:mm:ss" or "h:mm:ss.fff" in quotes'
_EXAMPLE = "0:30"


def parse_timecode(value: Any) -> float | None:
    """Return seconds for `90`, `90.5`, `"1:30"` or `"0:00:30.500"`; None for anything else.

    Behind a colon, minutes and seconds have two digits, and go to 59. Fractions of a string are
    kept to the millisecond.
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
    if minutes is not None and (int(seconds) > 59 or len(seconds) != 2):
        return None
    if hours is not None and (int(minutes) > 59 or len(minutes) != 2):
        return None
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    thousandths = int((fraction or "").ljust(3, "0"))
    return whole if thousandths == 0 else (whole * 1000 + thousandths) / 1000


@dataclass(frozen=True, slots=True)
class TimeMistake:
    """Why a text is no time, and the time that was probably meant."""

    message: str
    meant: str | None = None

    @property
    def hint_in_quotes(self) -> str:
        """Return what to write as a value of its own."""
        return f"write {_FORMS_IN_QUOTES}" if self.meant is None else f'write "{self.meant}"'

    def hint_behind(self, name: str) -> str:
        """Return what to write behind `name@`."""
        if self.meant is None:
            return f"write a time behind '@', such as {name}{_EXAMPLE}"
        return f"write {name}{self.meant}"


def timecode_mistake(text: str) -> TimeMistake:
    """Return what is wrong with a text that `parse_timecode` takes for no time."""
    text = text.strip()
    if not text:
        return TimeMistake("the time is missing")
    said = f"'{shortened(text)}' is not a time"
    if text[0] in "-\u2212":
        return TimeMistake(f"{said}: a clip has nothing before 0", format_timecode(0))
    if "," in text:
        meant = text.replace(",", ".")
        return TimeMistake(f"{said}: write '.' before a fraction", _if_time(meant))
    if text.count(".") > 1:
        return TimeMistake(f"{said}: it has more than one '.'", _if_time(text.replace(".", ":")))
    unit = _UNIT.fullmatch(text)
    if unit is not None:
        seconds = float(unit["count"]) * _SECONDS_OF_UNIT[unit["unit"][0].lower()]
        return TimeMistake(f"{said}: it has a unit", _if_short(seconds))
    clock = _PARTS.fullmatch(text)
    return TimeMistake(said) if clock is None else _clock_mistake(said, clock)


def _clock_mistake(said: str, clock: re.Match[str]) -> TimeMistake:
    parts, fraction = clock[1].split(":"), clock[2] or ""
    if len(parts) > 3:
        return TimeMistake(f"{said}: it has more than hours, minutes and seconds")
    seconds = sum(int(part) * 60**power for power, part in enumerate(reversed(parts)))
    meant = _if_short(seconds + float(f"0{fraction[:4]}"))
    for name, part in zip(("seconds", "minutes"), reversed(parts[1:]), strict=False):
        if int(part) > 59:
            return TimeMistake(f"{said}: {part} {name} are more than 59", meant)
        if len(part) != 2:
            return TimeMistake(f"{said}: {name} have two digits behind ':'", meant)
    if len(fraction) > 4:
        return TimeMistake(f"{said}: a fraction has three digits at most", meant)
    return TimeMistake(said, meant)


def _if_short(seconds: float) -> str | None:
    return format_timecode(seconds) if seconds < _DAY else None


def _if_time(text: str) -> str | None:
    seconds = parse_timecode(text)
    return None if seconds is None else _if_short(seconds)


def format_timecode(seconds: float) -> str:
    """Return the shortest clock form: `0:30`, `1:02:03.5`; `parse_timecode` reads it back."""
    thousandths = round(seconds * 1000)
    whole, fraction = divmod(thousandths, 1000)
    hours, rest = divmod(whole, 3600)
    minutes, rest = divmod(rest, 60)
    clock = f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return clock if fraction == 0 else f"{clock}.{fraction:03}".rstrip("0")
