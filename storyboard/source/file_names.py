"""Names of the files that we write: safe on every system, one for each text. Touches no disk."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

PROJECT_FILE: Final = "storyboard.yaml"

YAML_SUFFIXES: Final = (".yaml", ".yml")
"""How the names of storyboards and of the files that they include end."""

_UNSAFE: Final = frozenset('<>:"/\\|?*')
"""What Windows refuses in a name; `/` nobody takes."""

_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names that are devices on Windows, whatever follows their first dot."""

_LONGEST: Final = 180
"""Bytes: file systems take 255, and a file that is being written has a longer name for a while."""


def file_name(text: str, suffix: str, *, beside: Iterable[str] = ()) -> str:
    """Return the name of a file for a text, with a suffix such as `.mp4`.

    A text that is no good name gets a digest of itself, and so does one that differs from one
    `beside` it only by case: many file systems would take them for the same.
    """
    return file_names((text, *beside), suffix)[text]


def file_names(texts: Iterable[str], suffix: str) -> Mapping[str, str]:
    """Return the name of a file for each of several texts in one folder, as `file_name` does."""
    same: dict[str, set[str]] = {}
    plain = {text: _plain(text) for text in texts}
    for text, name in plain.items():
        same.setdefault(name.casefold(), set()).add(_nfc(text))
    return {
        text: _unmistakable(text, name, is_taken=len(same[name.casefold()]) > 1) + suffix
        for text, name in plain.items()
    }


def _unmistakable(text: str, name: str, *, is_taken: bool) -> str:
    if name == _nfc(text) and not is_taken:
        return name
    return f"{name}-{hashlib.sha256(_nfc(text).encode()).hexdigest()[:8]}"


def is_portable(name: str) -> bool:
    """Whether a name of a file or a folder is one on every system, and the same there."""
    is_trimmed = name == "." or name.rstrip(". ") == name
    is_plain = all(_is_safe(char) or char == " " for char in name)
    return is_trimmed and is_plain and not _DEVICES.match(name)


def _plain(text: str) -> str:
    name = "".join(char if _is_safe(char) else "-" for char in _nfc(text))
    name = re.sub(r"-{2,}", "-", name) if name != _nfc(text) else name
    name = _cut(name).strip(". ") or "-"
    return f"_{name}" if _DEVICES.match(name) else name


def _is_safe(char: str) -> bool:
    return char not in _UNSAFE and unicodedata.category(char)[0] not in "CZ"


def _cut(name: str) -> str:
    """Keep as many whole characters as a file system takes."""
    return name.encode()[:_LONGEST].decode(errors="ignore")


def _nfc(text: str) -> str:
    """Return the composed form, as Linux and Windows compare names byte by byte and macOS does not.

    Lone surrogates, which no file system encodes, are replaced.
    """
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
