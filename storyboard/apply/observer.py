"""Who is told of a run while it goes on. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from storyboard.apply.outcome import ActionOutcome
from storyboard.plan.action import Action
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class FilmProgress:
    """How far a film is: `share` from 0 to 1, and how many seconds are left.

    `exact` tells a studio's own word from a guess by time; `seconds_left` is `None` at the start.
    `scenes` of the film need rendering, where the studio tells of them, and some are ready.
    """

    address: Address
    share: float
    seconds_left: float | None
    exact: bool
    scenes_ready: int = 0
    scenes: int = 0


class Observer(Protocol):
    """Hears what happens, in order; must return at once and must not raise."""

    def started(self, address: Address, action: Action) -> None:
        """An action begins."""
        ...

    def taken(self, address: Address, action: Action) -> None:
        """The studio took the request for a film or a composition, and makes it."""
        ...

    def ended(self, outcome: ActionOutcome) -> None:
        """An action has its outcome."""
        ...

    def progressed(self, progress: FilmProgress) -> None:
        """A film was asked about."""
        ...

    def noticed(self, message: str) -> None:
        """Something worth a line happened that is nobody's failure."""
        ...


class SilentObserver:
    """Hears and says nothing."""

    def started(self, address: Address, action: Action) -> None:
        """Ignore it."""

    def taken(self, address: Address, action: Action) -> None:
        """Ignore it."""

    def ended(self, outcome: ActionOutcome) -> None:
        """Ignore it."""

    def progressed(self, progress: FilmProgress) -> None:
        """Ignore it."""

    def noticed(self, message: str) -> None:
        """Ignore it."""


@contextmanager
def silent() -> Iterator[Observer]:
    """Show nothing of a run."""
    yield SilentObserver()
