"""What the checks need to know of a stand-in's file. Opens no file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clip:
    """A measured media file: its length in seconds, its frames a second where it has video."""

    seconds: float
    fps: float | None = None
