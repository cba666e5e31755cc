"""Random sequences of bad days: faults, people and kills in one run after the other.

A case is run alone by its name: `-k day-017`. `make search` looks for new ones.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.proof.case import Begin, Case, Day, Fault
from tests.proof.network import Network
from tests.proof.people import DEEDS
from tests.proof.scenarios import SCENARIOS
from tests.support.examples import examples
from tests.support.forking import Forks

_DAYS = 200
_RUNS = 3
_MOST_FAULTS = 4


def lives_through(case: Case, chance: random.Random, *, people: bool) -> None:
    """Apply a few times under faults that chance chooses, and then plainly."""
    for _ in range(chance.randint(1, _RUNS)):
        numbers = range(1, 2 * case.scenario.requests)
        faults = {
            chance.choice(numbers): chance.choice(list(Fault))
            for _ in range(chance.randint(1, _MOST_FAULTS))
        }
        deeds = {}
        if people and chance.random() < 0.5:
            deed = DEEDS[chance.choice(list(DEEDS))]
            deeds[chance.choice(numbers)] = lambda deed=deed: deed(case.studio)
        case.disturbed(Day(faults, deeds))
    case.converges(films=not people)


@pytest.mark.slow
@pytest.mark.parametrize("people", [False, True], ids=["alone", "people"])
@pytest.mark.parametrize("seed", range(_DAYS), ids=lambda seed: f"day-{seed:03}")
def test_a_random_day(begin: Begin, seed: int, people: bool) -> None:
    names = list(SCENARIOS)
    chance = random.Random(f"{seed} {people}")
    lives_through(begin(names[seed % len(names)]), chance, people=people)


@settings(
    max_examples=examples(5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(sorted(SCENARIOS)), chance=st.randoms(use_true_random=False))
def test_any_day(
    tmp_path_factory: pytest.TempPathFactory,
    a_network: Network,
    some_appliers: Forks,
    name: str,
    chance: random.Random,
) -> None:
    folder: Path = tmp_path_factory.mktemp("day")
    lives_through(Case(name, folder, a_network, some_appliers), chance, people=False)
