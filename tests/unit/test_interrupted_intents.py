"""A run that is canceled before it asked for a film does not say that the film is being made."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from storyboard.apply.observer import Observer
from storyboard.apply.outcome import Ending
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.state.local import LocalStore
from storyboard.state.model import OperationKind, State
from storyboard.video import Address
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
TURNS = 20
"""Turns of the loop that a cancellation takes to reach a task; more do no harm."""


class Canceling(Observer):
    """Knows the task to cancel."""

    async def cancel(self) -> None:
        self.task.cancel()
        for _ in range(TURNS):
            await asyncio.sleep(0)

    def started(self, address: Address, action: Action) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.task, self.loop = task, asyncio.get_running_loop()


def test_an_intent_alone_is_no_film_in_the_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A state in git takes a second to be written: most cancellations come then."""
    world, observer = World(tmp_path, TinyStudio()), Canceling()
    write = LocalStore.write

    def written(store: LocalStore, state: State) -> None:
        if any(operation.kind is OperationKind.GENERATE for operation in state.operations):
            canceled = asyncio.run_coroutine_threadsafe(observer.cancel(), observer.loop)
            canceled.result(timeout=60)
        write(store, state)

    wanted = video("q1", WELCOME)
    with monkeypatch.context() as patched:
        patched.setattr(LocalStore, "write", written)
        outcome = world.apply(wanted, observer=observer)
    assert not world.studio.films
    [film] = [each for each in outcome.actions if each.action is Action.GENERATE]
    assert (film.ending, film.message) == (Ending.SKIPPED, "interrupted")
    assert (outcome.interrupted, outcome.exit_code) == (True, ExitCode.INTERRUPTED)
    assert world.plan(wanted).kinds == {"generate"}
    assert world.apply(wanted).exit_code is ExitCode.OK
    assert len(world.studio.films) == 1
