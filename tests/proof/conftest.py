"""One network and one forking applier for all cases of a worker; a fresh studio for each case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.case import Begin, Case
from tests.proof.network import Network, network
from tests.support.forking import Forks, forks


@pytest.fixture(scope="session")
def a_network() -> Iterator[Network]:
    with network() as made:
        yield made


@pytest.fixture(scope="session")
def some_appliers() -> Forks:
    return forks("tests.proof.applier")


@pytest.fixture
def begin(tmp_path: Path, a_network: Network, some_appliers: Forks) -> Begin:
    def begun(scenario: str) -> Case:
        return Case(scenario, tmp_path, a_network, some_appliers)

    return begun
