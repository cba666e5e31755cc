"""A run while it goes on, as events for programs. Goes where it is told, decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storyboard.apply.observer import FilmProgress
from storyboard.apply.outcome import ActionOutcome
from storyboard.plan.change import Action
from storyboard.video import Address
from storyboard.views.apply_json import action_to_dict


class EventProgress:
    """Tells what begins, goes on and ends; of a film that goes on, only what is new."""

    def __init__(self, tell: Callable[[Mapping[str, Any]], None]) -> None:
        self._tell = tell
        self._actions: dict[Address, Action] = {}
        self._told: dict[Address, tuple[object, ...]] = {}

    def started(self, address: Address, action: Action) -> None:
        """Tell that an action begins."""
        self._actions[address] = action
        self._tell({"event": "started", "address": str(address), "action": action.value})

    def ended(self, outcome: ActionOutcome) -> None:
        """Tell how an action ended, as the result does."""
        self._told.pop(outcome.address, None)
        self._tell({"event": "ended", **action_to_dict(outcome)})

    def progressed(self, progress: FilmProgress) -> None:
        """Tell how far a film is, by the percent."""
        share = round(progress.share, 2)
        news = (share, progress.scenes_ready, progress.scenes)
        if self._told.get(progress.address) == news:
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
