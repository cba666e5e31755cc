"""How long the served studio waits for a connection, and how many it takes at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from storyboard.studio.api.turns import MOST_OF_AN_ADDRESS
from storyboard.studio.open_files import most_connections


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How long is waited for what, in seconds, and how many connections there may be.

    A browser that pauses a film stops reading it, and asks for the rest when it goes on: so it
    does no harm to end its connection after a minute.
    """

    head: float = 10.0
    silence_of_sender: float = 20.0
    silence_of_reader: float = 60.0
    slowest_sender: int = 1000
    """Bytes a second that a body has at least, over all of it but for one silence."""
    slow: int = 64 << 10
    """Bytes a second; whoever sends or reads fewer makes room where there is none."""
    of_an_address: int = MOST_OF_AN_ADDRESS
    in_all: int = field(default_factory=most_connections)
    between_looks: float = 1.0
    clock: Callable[[], float] = time.monotonic
