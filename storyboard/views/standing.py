"""Where an interrupted run stands, as lines: what is done, what is under way, what to run next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyboard.apply.standing import Standing, Step
from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.refusal import shortened

FIRST = "interrupted: recording where things stand; interrupt again to end at once"


def go_on(command: str) -> str:
    """Return what to run after an interrupt; whatever was begun, the next run finds it."""
    return (
        f"go on with `{command}`: it finds what was made, and attaches to films that are being made"
    )


def standing_lines(standing: Standing, command: str) -> Iterator[str]:
    """Yield where a run of a command stands."""
    if not standing.has_begun:
        yield "no video was changed"
        return
    for steps, word in (
        (standing.done, "done"),
        (standing.failed, "failed"),
        (standing.under_way, "in progress"),
        (standing.not_begun, "not begun"),
    ):
        if steps:
            yield f"{counted(len(steps), 'action')} {word}: {_named(steps)}"
    if any(action in (Action.GENERATE, Action.COMPOSE) for _, action in standing.under_way):
        yield "the studio goes on with what it is making"
    yield go_on(command)


def _named(steps: Sequence[Step]) -> str:
    """Name steps by address, whatever order they came in."""
    ordered = sorted(steps, key=lambda step: step[0])
    return shortened([f"{action.value} {address}" for address, action in ordered])
