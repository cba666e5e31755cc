"""Reads the fields of what a studio sent, each as the type that it must have. Knows no object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from storyboard.errors import StudioError
from storyboard.whole_numbers import MAX_DIGITS

MOST_OBJECTS: Final = 10_000
"""Of one list in one reply: a studio that ignores how many were asked for may send them all."""

MOST_CHARACTERS: Final = 100_000
"""Of one text: the longest is a scene's narration, which has a few thousand."""

_MOST_OF_NAME: Final = 2_000
"""Of a name, which all that lists keep: several times what Kaltura takes."""

_MOST_WORDS: Final = 500
"""Of what a server says in words; more say no more."""

_ID = re.compile(r"[\w.:~@=+-]{1,256}", re.ASCII)
"""What ids of Kaltura have and more: no blank, no slash, nothing that a message could hide."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII)
_SHOWN: Final = 60


class MalformedReply(StudioError):
    """The reply is JSON but not the object that the action promises."""


def object_of(value: Any, noun: str) -> Mapping[str, Any]:
    """Return an object that has an id; raises `MalformedReply`."""
    if not isinstance(value, dict) or "id" not in value:
        raise MalformedReply(f"the reply is no {noun} object")
    return value


def list_of(body: Any) -> list[dict[str, Any]]:
    """Read a list reply's `objects`; raises `MalformedReply`."""
    objects = body.get("objects") if isinstance(body, dict) else None
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise MalformedReply("the reply is no list of objects")
    if len(objects) > MOST_OBJECTS:
        raise MalformedReply(f"the reply lists more than {MOST_OBJECTS:,} objects")
    return objects


def id_of(fields: Mapping[str, Any], key: str = "id") -> str:
    """Read an id: letters, digits and a few marks, and nothing that leads to another path."""
    found = optional_id(fields, key)
    if found is None:
        raise MalformedReply(f"the reply has no {key}")
    return found


def optional_id(fields: Mapping[str, Any], key: str) -> str | None:
    """Read an id that may be missing, null or empty."""
    value = optional_text(fields, key)
    if value is not None and (not _ID.fullmatch(value) or set(value) == {"."}):
        raise _unexpected(key, value, "an id")
    return value


def name_of(fields: Mapping[str, Any]) -> str:
    """Read the name of an object; what is missing or null is empty."""
    name = text_of(fields, "name")
    if len(name) > _MOST_OF_NAME:
        raise MalformedReply(f"the reply's name has more than {_MOST_OF_NAME:,} characters")
    return name


def text_of(fields: Mapping[str, Any], key: str) -> str:
    """Read a text or a number as a text; what is missing or null is empty."""
    return optional_text(fields, key) or ""


def optional_text(fields: Mapping[str, Any], key: str) -> str | None:
    """Read a text or a number as a text; None where it is missing, null or empty."""
    value = fields.get(key)
    if isinstance(value, str):
        if len(value) > MOST_CHARACTERS:
            raise MalformedReply(f"the reply's {key} has more than {MOST_CHARACTERS:,} characters")
        return value or None
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _unexpected(key, value, "a text")
    return _decimal(key, value)


def words_of(fields: Mapping[str, Any], key: str) -> str:
    """Read what a server says in words: in one line, short; empty where it says nothing."""
    value = fields.get(key)
    return " ".join(value[:_MOST_OF_NAME].split())[:_MOST_WORDS] if isinstance(value, str) else ""


def number_of(fields: Mapping[str, Any], key: str) -> float:
    """Read a number that is not negative, also one in a text; 0 where it is missing or null."""
    told = optional_text(fields, key)
    if told is None:
        return 0.0
    # `float` reads `nan`, `inf` and `1_000` too, and no studio means those.
    if not _NUMBER.fullmatch(told) or float(told) < 0:
        raise _unexpected(key, told, "a number")
    return float(told)


def mapping_of(fields: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Read an object inside an object; what is missing or null is empty."""
    value = fields.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _unexpected(key, value, "an object")
    return value


def _decimal(key: str, value: float) -> str:
    """Write a number as a text; JSON's may have more digits than Python likes to write."""
    if abs(value) >= 10**MAX_DIGITS:
        raise MalformedReply(f"the reply's {key} is a number with too many digits")
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _unexpected(key: str, value: Any, expected: str) -> MalformedReply:
    shown = value if isinstance(value, str) else type(value).__name__
    return MalformedReply(f"the reply's {key} is '{shown[:_SHOWN]}': expected {expected}")
