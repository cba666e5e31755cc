"""A service's answer that is a file, whatever format was asked for. Knows no service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """Bytes, and what type of media they are."""

    content: bytes
    media_type: str
