"""Characters that look like the space or the colon that YAML needs, and are others."""

from __future__ import annotations

import re
from typing import Final

from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.places import Places
from storyboard.source.text import character_name

_SPACES: Final = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_COLONS: Final = "\uff1a\ufe55\ufe13\u2236\ua789"
_IN_STRUCTURE: Final = re.compile(
    rf"^[ \t]*(?:- +)*(?P<indent>[{_SPACES}])"
    rf"|^[ \t]*(?:- +)*[A-Za-z_][\w-]*[ \t]*(?P<colon>[{_COLONS}])"
    rf"|^[ \t]*(?:- +)*[A-Za-z_][\w-]*:(?P<gap>[{_SPACES}])"
    rf"|^[ \t]*-(?P<dash>[{_SPACES}])",
    re.MULTILINE,
)
_IN_KEY: Final = re.compile(
    rf"^(?P<indent>[{_SPACES}])|^[A-Za-z_][\w-]*(?P<colon>[{_COLONS}])|(?P<gap>[{_SPACES}])$"
)


def lookalike_near(places: Places, at: int) -> Diagnostic | None:
    """Return the last one above the place where the text stopped being YAML."""
    text = places.text
    if text.isascii():
        return None
    end = text.find("\n", at)
    lines = text if end < 0 else text[:end]
    found = [*_IN_STRUCTURE.finditer(lines)]
    return _refusal(found[-1], 0, places) if found else None


def lookalike_in_key(places: Places, key: str, start: int) -> Diagnostic | None:
    """Return one that became part of a plain key; `start` is where the key stands."""
    found = _IN_KEY.search(key)
    return None if found is None else _refusal(found, start, places)


def _refusal(match: re.Match[str], start: int, places: Places) -> Diagnostic:
    kind = match.lastgroup or ""
    at = start + match.start(kind)
    name = character_name(match[kind])
    span = places.span(at, at + 1)
    if kind == "colon":
        message = f"the character {name} only looks like a colon"
        return diagnose("yaml-lookalike", message, span, "write ':' and a space behind the key")
    where = {"indent": "indents the line", "dash": "follows '-'", "gap": "follows ':'"}[kind]
    message = f"the character {name} {where}, where a space has to be"
    return diagnose("yaml-lookalike", message, span, "replace it by spaces")
