"""Bytes of a text file → text, by the marks that editors and shells leave. Knows no format."""

from __future__ import annotations

from typing import Final

WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
"""What a text in UTF-16 begins with."""


class NotText(ValueError):
    """The bytes are no text that can be read; the message says why."""


def decode_text(content: bytes) -> str:
    """Return a text in UTF-8, with a mark or without, or in UTF-16 with one; raises `NotText`.

    Anything else could only be guessed: Latin-1 never fails, whatever the bytes mean.
    """
    encoding = "UTF-16" if content.startswith(WIDE_MARKS) else "UTF-8"
    try:
        return content.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as cause:
        raise NotText(f"the text is not {encoding}") from cause
