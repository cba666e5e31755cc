"""Local files that play remote entries in the local studio, and what a video takes an entry for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class StandIn:
    """A local file that plays the part of a remote entry in the local studio.

    `path` is relative to the project's root, in POSIX form.
    """

    entry_id: str
    path: str
    span: Span


class Use(Enum):
    """What a video takes an entry for; `NAMED`: its scenes name it and do not show it."""

    BROLL = "b-roll"
    BACKGROUND = "background"
    SOURCE = "source"
    NAMED = "named"
