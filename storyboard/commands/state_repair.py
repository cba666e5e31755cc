"""Mends a state that a killed run, a full disk or a damaged journal left, and says what it did."""

from __future__ import annotations

from storyboard.commands.compiled_project import project_environment
from storyboard.commands.request import Request
from storyboard.commands.stores import no_state, open_store
from storyboard.state.local import LocalStore, next_serial
from storyboard.state.repair import Repaired, repair
from storyboard.state.settled import without_settled


def repair_state(request: Request) -> Repaired:
    """Repair the environment's state, and return it with a line for each thing that was done.

    Raises `UsageError` where there is no state, and `StateError` where it is damaged itself.
    """
    environment = project_environment(request)
    store = open_store(environment, request.operation)
    with store.locked(request.patience):
        if isinstance(store, LocalStore):
            repaired = repair(store)
            if repaired is not None:
                return repaired
        elif (state := store.read()) is not None:
            settled, told = without_settled(state)
            if told:
                store.write(next_serial(settled))
            return Repaired(settled, told, None)
        raise no_state(environment)
