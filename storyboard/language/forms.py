"""Short forms and the long forms they stand for. Works on rendered values, never on templates.

A value of an unexpected shape passes through unchanged: the schema of the resolved video names it.
"""

from __future__ import annotations

import re
from typing import Any

from storyboard.language.timecode import parse_timecode
from storyboard.wire import DEFAULT_BACKGROUND_COLOR, DEFAULT_TEMPLATE

_ENTRY_ID = re.compile(r"[0-9]+_[A-Za-z0-9]+", re.ASCII)

DEFAULT_BACKGROUND = {"type": "color", "color": DEFAULT_BACKGROUND_COLOR}


def long_background(value: Any) -> Any:
    """Turn `"#CEEEDB"` into `{type: color, color: …}`; colors are spelt in upper case.

    The studio tells avatars apart by their definition, so one color has one spelling.
    """
    if isinstance(value, str):
        return {"type": "color", "color": _color(value)}
    if isinstance(value, dict) and isinstance(value.get("color"), str):
        return {**value, "color": _color(value["color"])}
    return value


def long_avatar(value: Any) -> Any:
    """Turn a template id, or a partial definition, into `{templateId, background}`."""
    if isinstance(value, str):
        return {"templateId": value, "background": dict(DEFAULT_BACKGROUND)}
    if not isinstance(value, dict):
        return value
    background = value.get("background", DEFAULT_BACKGROUND)
    return {
        "templateId": DEFAULT_TEMPLATE,
        **value,
        "background": long_background(background),
    }


def long_entry(value: Any) -> Any:
    """Turn an entry id into `{entryId: …}`."""
    return {"entryId": value} if isinstance(value, str) else value


def long_broll(value: Any) -> Any:
    """Turn `metrics@0:30` into `{entry: metrics, startTime: 30}`; the start defaults to 0."""
    if isinstance(value, str):
        entry, at, start = value.rpartition("@")
        value = {"entry": entry, "startTime": start} if at else {"entry": value}
    if not isinstance(value, dict):
        return value
    start = value.get("startTime", 0)
    seconds = parse_timecode(start)
    return {**value, "startTime": start if seconds is None else seconds}


def is_entry_id(value: str) -> bool:
    """Whether this has the shape of a Kaltura entry id: a number, `_`, letters and digits."""
    return _ENTRY_ID.fullmatch(value) is not None


def _color(text: str) -> str:
    return text.upper() if text.startswith("#") else text
