"""The studio's time, which can be set ahead, set back or stopped, and the database's, which is not.

Knows no session, no object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from storyboard.studio.records.store import Transaction

Clock = Callable[[], float]
"""Unix seconds: stamps objects and expires sessions. Leases have the database's clock."""

DatabaseClock = Callable[[Transaction], float]
"""Tells the time, in unix seconds, in a transaction."""


def database_clock(tx: Transaction) -> float:
    """Return the time of the database: the clocks of many machines do not agree, and jump."""
    row = tx.row("jobs.clock")
    assert row is not None
    return float(row["now"])


@dataclass(frozen=True, slots=True)
class Setting:
    """How a clock is set: so many seconds ahead of its source, or stopped at a time."""

    offset: float = 0.0
    stopped: float | None = None


AS_IT_IS: Final = Setting()
"""A clock that shows its source's time."""


class AdjustableClock:
    """A clock that runs as `source` does, so many seconds apart from it, until it is stopped."""

    def __init__(self, source: Clock) -> None:
        self._source = source
        self._setting = AS_IT_IS

    def __call__(self) -> float:
        return self._shown(self._setting)

    @property
    def offset(self) -> float:
        """Return how many seconds it is ahead of its source."""
        return self() - self._source()

    def real(self) -> float:
        """Return what its source shows, however it is set: of what people did, and not the API."""
        return self._source()

    @property
    def is_stopped(self) -> bool:
        """Return whether it stands still."""
        return self._setting.stopped is not None

    def setting(
        self, *, at: float | None = None, advance: float = 0.0, stopped: bool = False
    ) -> Setting:
        """Return how it shows `at` (or what it shows now) and so many seconds more.

        Then it runs, or stands still.
        """
        shown = (self() if at is None else at) + advance
        return Setting(shown - self._source(), shown if stopped else None)

    def show(self, setting: Setting) -> None:
        """Be set so."""
        self._setting = setting

    def _shown(self, setting: Setting) -> float:
        return self._source() + setting.offset if setting.stopped is None else setting.stopped
