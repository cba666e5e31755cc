"""The database is lost, and the one that followed it takes its place: a film is made once.

The address names both: no proxy is between them and the studio.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.test_workers import Rig, until
from tests.support.postgres_server import USER, PostgresServer, Standby, postgres_server, standby_of

pytestmark = pytest.mark.scale


@pytest.fixture
def primary() -> Iterator[PostgresServer]:
    with postgres_server() as running:
        yield running


@pytest.fixture
def standby(primary: PostgresServer) -> Iterator[Standby]:
    with standby_of(primary) as running:
        yield running


@pytest.fixture(params=["", "&target_session_attrs=read-write"], ids=["plain", "as libpq has it"])
def rig(
    request: pytest.FixtureRequest, tmp_path: Path, primary: PostgresServer, standby: Standby
) -> Iterator[Rig]:
    """Name the follower first: it is passed over as long as it takes no writes."""
    hosts = f"{standby.folder},{primary.folder}"
    made = Rig(tmp_path, f"postgresql://{USER}@/postgres?host={hosts}{request.param}")
    yield made
    made.close()


def test_servers_and_workers_go_on_at_the_database_that_takes_over(
    rig: Rig, primary: PostgresServer, standby: Standby
) -> None:
    worker = rig.worker()
    video = rig.film()
    until(lambda: rig.begun() == [worker.pid])
    primary.kill()
    standby.promote()
    later = rig.film()
    rig.gate.touch()
    rig.assert_one_film(video, later)
    assert [rig.job(each).attempt for each in (video, later)] == [1, 1]
    assert worker.poll() is None
