"""How an action ended, in the same words in progress, in results and in logs. No decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from storyboard.apply.outcome import NOT_MADE, UNDONE, ActionOutcome, Ending
from storyboard.plan.action import Action
from storyboard.video import Address
from storyboard.views.wording import duration, printable

_NOUNS: Final = {Action.GENERATE: "film", Action.COMPOSE: "composition"}
_BEGUN: Final = {Action.GENERATE: "film being made", Action.COMPOSE: "scenes being composed"}
_DONE: Final = {
    Action.CREATE: "created",
    Action.ADOPT: "adopted",
    Action.UPDATE: "updated",
    Action.RENAME: "renamed",
    Action.REPLACE: "prepared beside the old one",
    Action.DELETE: "deleted",
    Action.MOVE: "moved",
    Action.PUBLISH: "published again",
    Action.COMPOSE: "scenes composed",
}


def began_line(address: Address, action: Action) -> str | None:
    """Return what is said of a beginning: of what takes its time only."""
    words = _BEGUN.get(action)
    return None if words is None else f"{address}: {words}"


def ended_line(outcome: ActionOutcome) -> str:
    """Return how an action ended, without its reason: the result tells that, once."""
    if outcome.ending is not Ending.DONE:
        return f"{outcome.address}: {what_ended(outcome)}"
    if outcome.action is Action.GENERATE:
        return f"{outcome.address}: film ready in {duration(outcome.seconds)}"
    return f"{outcome.address}: {_DONE.get(outcome.action, outcome.action.value)}"


def what_ended(outcome: ActionOutcome) -> str:
    """Return `film failed`, `film not made`, `create not done`; of a held video `held`."""
    if outcome.action is Action.HOLD:
        return UNDONE[Ending.HELD]
    noun = _NOUNS.get(outcome.action, outcome.action.value)
    if outcome.is_untaken:
        return f"{noun} {NOT_MADE}"
    return f"{noun} {UNDONE.get(outcome.ending, outcome.ending.value)}"


def reason_lines(outcome: ActionOutcome) -> Iterator[str]:
    """Yield why an action did not come to its end, with what to do."""
    yield f"{outcome.address}: {what_ended(outcome)}: {printable(outcome.message or '')}"
    for hint in outcome.hints:
        yield f"  hint: {printable(hint)}"
