"""A value that passes as a name and may be words: only its author knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the value says, and the expression that gives it."""

    text: str
    expression: str
