"""A run while it goes on, as events for programs. Goes where it is told, decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from storyboard.apply.observer import FilmProgress
from storyboard.apply.outcome import ActionOutcome
from storyboard.plan.action import Action
from storyboard.video import Address
from storyboard.views.apply_json import action_to_dict
from storyboard.views.progress import SIGN_OF_LIFE_SECONDS


class EventProgress:
    """Tells what begins, goes on and ends; of a film that goes on, what is new, and signs of life.

    A stream that takes no more ends the telling and not the run.
    """

    def __init__(
        self,
        tell: Callable[[Mapping[str, Any]], None],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out = tell
        self._clock = clock
        self._told_at = clock()
        self._actions: dict[Address, Action] = {}
        self._told: dict[Address, tuple[object, ...]] = {}

    def started(self, address: Address, action: Action) -> None:
        """Tell that an action begins."""
        self._actions[address] = action
        self._tell({"event": "started", "address": str(address), "action": action.value})

    def taken(self, address: Address, action: Action) -> None:
        """Tell nothing: what comes of it tells how far it is."""

    def ended(self, outcome: ActionOutcome) -> None:
        """Tell how an action ended, as the result does."""
        self._told.pop(outcome.address, None)
        self._tell({"event": "ended", **action_to_dict(outcome)})

    def progressed(self, progress: FilmProgress) -> None:
        """Tell how far a film is, by the percent."""
        share = round(progress.share, 2)
        news = (share, progress.scenes_ready, progress.scenes)
        is_silent = self._clock() - self._told_at >= SIGN_OF_LIFE_SECONDS
        if self._told.get(progress.address) == news and not is_silent:
            return
        self._told[progress.address] = news
        left = progress.seconds_left
        self._tell(
            {
                "event": "progressed",
                "address": str(progress.address),
                "action": self._actions.get(progress.address, Action.GENERATE).value,
                "share": share,
                "secondsLeft": None if left is None else round(left, 1),
                "exact": progress.exact,
                "scenesReady": progress.scenes_ready,
                "scenes": progress.scenes,
            }
        )

    def noticed(self, message: str) -> None:
        """Tell a notice."""
        self._tell({"event": "noticed", "message": message})

    def _tell(self, body: Mapping[str, Any]) -> None:
        self._told_at = self._clock()
        with suppress(OSError):
            self._out(body)
