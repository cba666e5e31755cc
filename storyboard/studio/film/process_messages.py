"""What a program that makes films tells, and is told, besides `Progress` and `Film`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A `FilmError`, taken apart."""

    code: str
    message: str
    scene: int | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug of ours; its traceback went to stderr."""

    message: str
