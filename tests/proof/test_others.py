"""A person or a second applier who acts before any request: one apply after it mends all.

A case is run alone by its name: `-k edit-05-deletes`, scenario, request and deed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.proof.case import Begin, Day
from tests.proof.people import DEEDS
from tests.proof.scenarios import SCENARIOS

QUICK = (
    "create-05-edits",
    "edit-08-edits",
    "edit-05-deletes",
    "create-10-renames",
    "compose-08-renames",
)


def cases(*, quick: bool) -> Iterator[object]:
    for name, scenario in SCENARIOS.items():
        for number in range(1, scenario.requests + 1):
            for deed in DEEDS:
                id = f"{name}-{number:02}-{deed}"
                if (id in QUICK) is quick:
                    yield pytest.param(name, number, deed, id=id)


def mends(begin: Begin, name: str, number: int, deed: str) -> None:
    case = begin(name)
    case.disturbed(Day(deeds={number: lambda: DEEDS[deed](case.studio)}))
    case.converges(films=False)


@pytest.mark.parametrize(("name", "number", "deed"), tuple(cases(quick=True)))
def test_a_person(begin: Begin, name: str, number: int, deed: str) -> None:
    mends(begin, name, number, deed)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "deed"), tuple(cases(quick=False)))
def test_a_person_at_every_request(begin: Begin, name: str, number: int, deed: str) -> None:
    mends(begin, name, number, deed)


def second_applies() -> Iterator[object]:
    for name, scenario in SCENARIOS.items():
        for number in range(1, scenario.requests + 1):
            yield pytest.param(name, number, id=f"{name}-{number:02}-second")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number"), tuple(second_applies()))
def test_a_second_applier_at_every_request(begin: Begin, name: str, number: int) -> None:
    case = begin(name)
    case.disturbed(Day(deeds={number: case.another_apply}))
    case.converges()
