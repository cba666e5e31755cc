"""One studio's data and settings, as every part of it needs them. Does nothing by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyboard.kaltura.wire import VideoStatus
from storyboard.studio.blobs import Blobs
from storyboard.studio.contract import Contract
from storyboard.studio.identity import Identity
from storyboard.studio.makers import Makers
from storyboard.studio.store import Store
from storyboard.studio.transitions import Cell, Operation

Clock = Callable[[], float]
"""Unix seconds: stamps objects and expires sessions. Leases have the machine's own clock."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything below one directory, opened; `public_url` has no slash at its end."""

    path: Path
    public_url: str
    store: Store
    blobs: Blobs
    identity: Identity
    contract: Contract
    rules: Mapping[Operation, Mapping[VideoStatus, Cell]]
    makers: Makers = field(default_factory=Makers)
    clock: Clock = time.time

    @property
    def cache(self) -> Path:
        """Return where the film maker keeps what it can use again."""
        return self.path / "cache"
