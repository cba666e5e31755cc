"""Faults that come by chance: the same ones for a seed, however many came before."""

from __future__ import annotations

from storyboard.studio.behavior.faults import Fault, FaultKind, Rule
from tests.support.passing_time import soon


def fired(seed: int, requests: range) -> list[bool]:
    rule = Fault(FaultKind.DROP_BEFORE, probability=0.5, seed=seed)
    return [Rule(rule, drawn=number).seen("video/add", None)[1] for number in requests]


def test_a_seed_gives_the_same_faults_and_another_gives_others() -> None:
    first = fired(4, range(1000))
    assert first == fired(4, range(1000))
    assert first != fired(5, range(1000))
    assert 400 < sum(first) < 600


def test_the_millionth_request_costs_what_the_first_does() -> None:
    with soon(0.5):
        assert len(fired(4, range(10_000_000, 10_000_200))) == 200
