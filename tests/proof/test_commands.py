"""The same bad days for the program itself: commands in processes, their exit codes and JSON.

The sample is the same each time. A case is run alone by its name: `-k create-04-drop-after`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.proof.command_case import CommandCase
from tests.proof.network import Day, Fault, Network
from tests.proof.scenarios import SCENARIOS
from tests.support.forking import forks

_REQUESTS = 56
_WRITES = 12
_DAYS = 12

BeginCommand = Callable[[str], CommandCase]


@pytest.fixture
def begin(tmp_path: Path, a_network: Network) -> BeginCommand:
    def begun(scenario: str) -> CommandCase:
        return CommandCase(scenario, tmp_path, a_network, forks("tests.proof.commander"))

    return begun


def requests() -> list[object]:
    """Return a sample of every fault at every request: two of three as JSON."""
    every = [
        (name, number, fault)
        for name, scenario in SCENARIOS.items()
        for number in range(1, scenario.requests + 1)
        for fault in Fault
    ]
    chosen = random.Random("commands").sample(every, _REQUESTS)
    return [
        pytest.param(*each, bool(number % 3), id=f"{each[0]}-{each[1]:02}-{each[2].value}")
        for number, each in enumerate(chosen)
    ]


def writes() -> list[object]:
    every = [
        (name, number, after)
        for name, scenario in SCENARIOS.items()
        for number in range(1, scenario.writes + 1)
        for after in (False, True)
    ]
    chosen = random.Random("writes").sample(every, _WRITES)
    return [pytest.param(*each, id=f"{each[0]}-write-{each[1]:02}-{each[2]}") for each in chosen]


def mends(case: CommandCase, number: int, fault: Fault) -> None:
    day = Day({number: fault})
    assert (case.disturbed(day) == "killed") is fault.kills
    assert day.requests >= number
    case.converges()


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.KILL_AFTER])
def test_a_fault_of_a_command(begin: BeginCommand, fault: Fault) -> None:
    mends(begin("create"), 6, fault)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "fault", "as_json"), requests())
def test_a_command_under_a_fault(
    begin: BeginCommand, name: str, number: int, fault: Fault, as_json: bool
) -> None:
    case = begin(name)
    case.as_json = as_json
    mends(case, number, fault)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "after"), writes())
def test_a_command_killed_at_a_write(
    begin: BeginCommand, name: str, number: int, after: bool
) -> None:
    case = begin(name)
    assert case.killed_at_write(number, after=after) == "killed"
    case.converges()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(_DAYS), ids=lambda seed: f"day-{seed:03}")
def test_commands_on_a_random_day(begin: BeginCommand, seed: int) -> None:
    chance = random.Random(f"commands {seed}")
    case = begin(chance.choice(list(SCENARIOS)))
    for _ in range(chance.randint(1, 3)):
        numbers = range(1, 2 * case.scenario.requests)
        case.as_json = chance.random() < 0.7
        case.disturbed(Day({chance.choice(numbers): chance.choice(list(Fault)) for _ in range(3)}))
    case.converges()
