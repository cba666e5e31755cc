"""Bytes to text that is safe to read and to show. Knows encodings, no YAML."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Final

from storyboard.decoding import WIDE_MARKS
from storyboard.printing import CONTROLS
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.limits import MAX_BYTES
from storyboard.source.places import Places

FORBIDDEN: Final = re.compile(f"[{CONTROLS}]")
"""What no file may have."""

_PLAIN_ASCII: Final = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
_MAX_FINDINGS: Final = 20
"""Of one kind in one file: a file in another encoding has thousands, and the first says it."""


def read_text(path: str, content: bytes | str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Return the text of a file, or what is wrong with its characters; a UTF-8 mark is dropped."""
    if len(content) > MAX_BYTES:
        return None, (_too_large(path, len(content)),)
    if isinstance(content, bytes):
        try:
            text = content.decode()
        except UnicodeDecodeError as problem:
            return None, (_not_utf8(path, content, problem.start),)
        if text.isascii() and not content.translate(None, _PLAIN_ASCII):
            return text, ()
    else:
        text = content
    text = text.removeprefix("\ufeff")
    findings = tuple(islice(_forbidden(path, text), _MAX_FINDINGS))
    if findings:
        return None, findings
    if len(text) > MAX_BYTES // 4 and len(text.encode()) > MAX_BYTES:
        return None, (_too_large(path, len(text.encode())),)
    return text, ()


def shown_text(content: bytes | str) -> str:
    """Return the text that a report cuts its lines from, whatever the bytes are."""
    text = content.decode(errors="replace") if isinstance(content, bytes) else content
    return text.removeprefix("\ufeff")


def with_mark_of(before: bytes, text: str) -> bytes:
    """Return a text as the bytes of a file, with a UTF-8 mark exactly where the file had one."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.removeprefix("\ufeff").encode()


def character_name(char: str) -> str:
    """Return how to speak of an invisible character: its code point, and its name if it has one."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name.lower()}".rstrip()


def _forbidden(path: str, text: str) -> Iterator[Diagnostic]:
    places = Places(path, text)
    for match in FORBIDDEN.finditer(text):
        yield diagnose(
            "text-control",
            f"the character {character_name(match[0])} is not allowed",
            places.span(match.start(), match.end()),
            "delete it" if match[0] == "\ufeff" else "delete it, and type the line again by hand",
        )


def _not_utf8(path: str, content: bytes, at: int) -> Diagnostic:
    if content.startswith(WIDE_MARKS):
        return diagnose(
            "text-encoding",
            "the file is UTF-16, not UTF-8",
            Places(path, "").span(0, 0),
            "save the file as UTF-8",
        )
    before = content[:at].decode().removeprefix("\ufeff")
    return diagnose(
        "text-encoding",
        f"the byte 0x{content[at]:02X} is not UTF-8",
        Places(path, before + "\ufffd").span(len(before), len(before) + 1),
        "save the file as UTF-8",
    )


def _too_large(path: str, size: int) -> Diagnostic:
    return diagnose(
        "text-size",
        f"the file has {size:,} bytes or characters, and {MAX_BYTES:,} is the limit",
        Places(path, "").span(0, 0),
        "split it, and put scenes together with 'include'",
    )
