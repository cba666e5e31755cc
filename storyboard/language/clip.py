"""What is known of a clip, from its file or from its author. Opens no file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storyboard.video import StandIn, Use


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip's length in seconds and its frames a second; None for what nobody knows.

    `breaks_at` is the second from which on its file is broken.
    """

    seconds: float | None = None
    fps: float | None = None
    breaks_at: float | None = None


MISSING: Final = "media-missing"
UNUSABLE: Final = "media-unusable"
"""The codes of what is wrong with a stand-in."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a stand-in cannot serve for what a video uses it for, in words, and what to do."""

    code: str
    reason: str
    hint: str | None = None


Look = Callable[[StandIn, Use], Clip | Unusable | None]
"""Tells what a stand-in is, or why it cannot serve for a use; None if nobody knows."""


def see_nothing(stand_in: StandIn, use: Use) -> None:
    """Know nothing of any stand-in: a `Look` for those who open no files."""
