"""Plain values as the JSON that commands print: indented, in UTF-8, and always written out."""

from __future__ import annotations

import json


def json_text(value: object) -> str:
    """Return a value as JSON with a line's end.

    Half a character, which no output can take, becomes a question mark.
    """
    return _whole(json.dumps(value, indent=2, ensure_ascii=False))


def json_line(value: object) -> str:
    """Return a value as JSON on one line, with its end."""
    return _whole(json.dumps(value, ensure_ascii=False))


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode() + "\n"
