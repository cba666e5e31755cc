"""Says what is wrong with a time in a file, where a schema only knows that it fits no pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from storyboard.language.timecode import parse_timecode, timecode_mistake
from storyboard.source.fault import SchemaFault

_KEYS: Final = ("startTime", "duration")


def with_time_told(fault: SchemaFault, value: Any) -> SchemaFault:
    """Return a fault of a value in better words, where a time in the value is to blame."""
    key = fault.pointer[-1] if fault.pointer else None
    if fault.keyword != "pattern" or not isinstance(value, str):
        return fault
    if key in _KEYS and parse_timecode(value) is None:
        mistake = timecode_mistake(value)
        return replace(fault, message=mistake.message, hint=mistake.hint_in_quotes)
    entry, at, time = value.rpartition("@")
    if key == "broll" and at and entry and "@" not in entry and parse_timecode(time) is None:
        mistake = timecode_mistake(time)
        return replace(fault, message=mistake.message, hint=mistake.hint_behind(f"{entry}@"))
    return fault
