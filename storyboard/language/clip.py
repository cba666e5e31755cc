"""What is known of a clip, from its file or from its author. Opens no file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip's length in seconds and its frames a second; None for what nobody knows."""

    seconds: float | None = None
    fps: float | None = None
