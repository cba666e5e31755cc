"""Every fault at every request, and a kill at every write of the state: one apply mends each.

A case is run alone by its name: `-k create-04-drop-after`, scenario, request and fault.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proof.case import Begin, Day, Fault, undisturbed
from tests.proof.scenarios import SCENARIOS

QUICK = (
    "create-04-drop-after",
    "create-04-kill-after",
    "create-10-kill-after",
    "create-10-cut",
    "create-17-reset-after",
    "edit-05-kill-after",
    "edit-08-garbage-after",
    "rename-04-500-after",
    "prune-04-kill-after",
    "destroy-04-drop-after",
    "replace-22-kill-after",
    "compose-08-kill-after",
)
"""The cases that every change is tested by: one of each kind."""


def cases(*, quick: bool) -> Iterator[object]:
    for name, scenario in SCENARIOS.items():
        for number in range(1, scenario.requests + 1):
            for fault in Fault:
                id = f"{name}-{number:02}-{fault.value}"
                if (id in QUICK) is quick:
                    yield pytest.param(name, number, fault, id=id)


def mends(begin: Begin, name: str, number: int, fault: Fault) -> None:
    case = begin(name)
    day = Day({number: fault})
    assert (case.disturbed(day) == "killed") is fault.kills
    assert day.requests >= number
    case.converges()


@pytest.mark.parametrize(("name", "number", "fault"), tuple(cases(quick=True)))
def test_a_fault(begin: Begin, name: str, number: int, fault: Fault) -> None:
    mends(begin, name, number, fault)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "fault"), tuple(cases(quick=False)))
def test_every_fault(begin: Begin, name: str, number: int, fault: Fault) -> None:
    mends(begin, name, number, fault)


def writes() -> Iterator[object]:
    for name, scenario in SCENARIOS.items():
        for number in range(1, scenario.writes + 1):
            for when in ("before", "after"):
                yield pytest.param(name, number, when, id=f"{name}-write-{number:02}-{when}")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "when"), tuple(writes()))
def test_killed_at_every_write(begin: Begin, name: str, number: int, when: str) -> None:
    case = begin(name)
    assert case.killed_at_write(number, after=when == "after") == "killed"
    case.converges()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_requests_and_writes_are_all_there_are(begin: Begin, name: str) -> None:
    """A request that is new in the code has to fail, too."""
    scenario = SCENARIOS[name]
    case = begin(name)
    assert undisturbed(case) == (scenario.requests, scenario.writes)
    case.converges()


def test_a_case_that_does_not_converge_tells_its_requests(begin: Begin) -> None:
    case = begin("create")
    case.disturbed(Day({4: Fault.DROP_AFTER}))
    case.studio._video_add({"name": "Film q1@en", "avatarId": "av1", "scenes": []})
    with pytest.raises(AssertionError) as caught:
        case.converges()
    assert "   4 video/add  <- drop-after" in "\n".join(caught.value.__notes__)
