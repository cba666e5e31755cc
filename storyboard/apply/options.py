"""How a plan is to be carried out, with every source of time and chance as a parameter."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storyboard.errors import StoryboardError
from storyboard.source.file_facts import FileFacts
from storyboard.video import Address
from storyboard.wire import POLL_SECONDS

TURN_SECONDS: Final = 3600.0
"""For which the films of others are waited for: an hour, longer than any film takes. A choice."""


def turn_seconds(film_timeout: float | None) -> float:
    """Return how long a turn is waited for, where an operator may have said how long a film is."""
    return TURN_SECONDS if film_timeout is None else film_timeout


@dataclass(frozen=True, slots=True)
class ApplyOptions:
    """Where films go, how often to ask, how many calls at once (`concurrency`).

    `root` is the project's folder, and `facts` what is known of the files in it. No link leads a
    film out of `films_inside`, which is the download folder itself where nothing is said.
    `visibility` has the seconds to wait before each look for something that may have been made: at
    once, as it mostly is there, and then longer, as a list may be late; how long is a choice.
    `hints` names likely causes of failure by address, `unready` videos that lack something already,
    and why: all their actions fail. `taken` has files that no film is written over, and what each
    is: films that other environments saved, and clips. `film_seconds` bounds the waiting for one
    film, not its making, and `turn_seconds` the waiting until a first film of ours may be begun
    where the studio makes another one. `saved_plan` is the checksum of the
    file that the plan is from, if it is. `checkpoint` is called by name at every point where a
    crash must do no harm; tests end the process there.
    """

    download: Path | None = None
    films_inside: Path | None = None
    root: Path = field(default_factory=Path)
    facts: FileFacts = field(default_factory=lambda: FileFacts(None))
    poll_seconds: float = POLL_SECONDS
    concurrency: int = 8
    visibility: tuple[float, ...] = (0.0, 1.0, 3.0, 8.0)
    film_seconds: float | None = None
    turn_seconds: float = TURN_SECONDS
    hints: Mapping[Address, tuple[str, ...]] = field(default_factory=dict)
    unready: Mapping[Address, StoryboardError] = field(default_factory=dict)
    saved_plan: str = ""
    taken: Mapping[Path, str] = field(default_factory=dict)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    nonce: Callable[[], str] = lambda: secrets.token_hex(8)
    checkpoint: Callable[[str], None] = lambda point: None

    def stamp(self) -> str:
        """Return the time that stands in records, to the second."""
        return self.now().isoformat(timespec="seconds")
