"""How long a studio has made the films of others while one of ours waits for its turn."""

from __future__ import annotations

from collections.abc import Callable

from storyboard.errors import FailureCode, StudioError


class TurnWait:
    """Owns the time since the wait began; a film of ours that is begun ends it.

    `again` says what to do once the wait is over.
    """

    def __init__(self, clock: Callable[[], float], limit: float, again: str) -> None:
        self._clock, self._limit, self._again = clock, limit, again
        self._since: float | None = None

    def end(self) -> None:
        """Note that nothing waits, or that a film of ours is being made."""
        self._since = None

    def failure(self) -> StudioError | None:
        """Return why the wait is over, once it took too long."""
        now = self._clock()
        if self._since is None:
            self._since = now
        if now - self._since <= self._limit:
            return None
        return StudioError(
            f"another film of the same user is being made, and {self._limit:g} s were waited",
            hint=f"{self._again}; `--timeout` sets how long a turn is waited for",
            code=FailureCode.STUDIO_BUSY,
        )
