"""A run that is canceled before it asked for a film does not say that the film is being made."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from storyboard.apply.outcome import Ending, Outcome
from storyboard.errors import ExitCode
from storyboard.plan.action import Action
from storyboard.state.local import LocalStore
from storyboard.state.model import OperationKind, State
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
TURNS = 20
"""Turns of the loop that a cancellation takes to reach a task; more do no harm."""


def test_an_intent_alone_is_no_film_in_the_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A state in git takes a second to be written: most cancellations come then."""
    world, wanted = World(tmp_path, TinyStudio()), video("q1", WELCOME)
    write = LocalStore.write

    async def interrupted() -> Outcome:
        plan, loop = await world._plan([wanted], {}), asyncio.get_running_loop()

        async def cancel() -> None:
            task.cancel()
            for _ in range(TURNS):
                await asyncio.sleep(0)

        def written(store: LocalStore, state: State) -> None:
            if any(operation.kind is OperationKind.GENERATE for operation in state.operations):
                asyncio.run_coroutine_threadsafe(cancel(), loop).result(timeout=60)
            write(store, state)

        with monkeypatch.context() as patched:
            patched.setattr(LocalStore, "write", written)
            task = asyncio.create_task(world._execute(plan, None))
            return await task

    outcome = asyncio.run(interrupted())
    assert not world.studio.films
    [film] = [each for each in outcome.actions if each.action is Action.GENERATE]
    assert (film.ending, film.message) == (Ending.SKIPPED, "interrupted; it was not asked for yet")
    assert (outcome.interrupted, outcome.exit_code) == (True, ExitCode.INTERRUPTED)
    assert world.plan(wanted).kinds == {"generate"}
    assert world.apply(wanted).exit_code is ExitCode.OK
    assert len(world.studio.films) == 1
