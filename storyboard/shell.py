"""Writes words of a command as a shell reads them: whoever copies a hint gets what it says."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import PurePath


def word(value: object) -> str:
    """Return a value as one word of a command; a path is never taken for an option."""
    text = str(value)
    if isinstance(value, PurePath) and text.startswith("-"):
        text = f"./{text}"
    return shlex.quote(text)


def words(values: Iterable[object]) -> str:
    """Return values as so many words of a command."""
    return " ".join(map(word, values))
