"""The database is lost, and the one that followed it takes its place: a film is made once.

The address names both: no proxy is between them and the studio.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.crash.test_networks import network_of
from tests.crash.test_workers import LONG, Rig, assert_works, begun_worker, until
from tests.support import machines
from tests.support.machines import Network
from tests.support.postgres_server import USER, PostgresServer, Standby, postgres_server, standby_of

pytestmark = pytest.mark.scale


@pytest.fixture
def net() -> Iterator[Network]:
    with network_of(1) as made:
        yield made


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
    made = Rig(tmp_path, f"{by_sockets(standby, primary)}{request.param}")
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


def test_a_worker_goes_on_though_the_lost_database_says_nothing(
    tmp_path: Path, net: Network
) -> None:
    """Its machine has no power, or a firewall forgot it: no connection ends, and none is refused.

    The follower is named last: each new connection tries the silent one first.
    """
    with (
        postgres_server(net.prefix, machines.DATABASE) as primary,
        standby_of(primary, net.prefix, machines.BUCKET) as standby,
        closing(Rig(tmp_path, by_sockets(primary, standby))) as made,
    ):
        [machine] = net.machines
        address = f"postgresql://{USER}@{machines.DATABASE},{machines.BUCKET}/postgres"
        words = (made.workspace, address, "gated", made.tally, made.gate, LONG)
        worker = begun_worker(*words, prefix=machine.prefix)
        made.workers.append(worker)
        assert_works(worker)
        video = made.film()
        until(lambda: made.begun() == [worker.pid])
        assert clients_of(primary) > 0
        machine.lose(machines.DATABASE)
        primary.kill()
        standby.promote()
        later = made.film()
        made.gate.touch()
        made.assert_one_film(video, later)
        assert [made.job(each).attempt for each in (video, later)] == [1, 1]
        assert clients_of(standby) > 0
        assert worker.poll() is None


def by_sockets(*servers: PostgresServer) -> str:
    """Return the address that names them all, in this order."""
    hosts = ",".join(str(each.folder) for each in servers)
    return f"postgresql://{USER}@/postgres?host={hosts}"


def clients_of(server: PostgresServer) -> int:
    """Return how many connections come from other machines."""
    far = "SELECT count(*) FROM pg_stat_activity WHERE client_addr IS NOT NULL"
    with psycopg.connect(server.url) as connection:
        found = connection.execute(far).fetchone()
    assert found is not None
    return int(found[0])
