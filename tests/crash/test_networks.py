"""Two machines with a network of their own render one project, whatever fails meanwhile.

What is cut off is not told so, as if a cable were pulled: no connection is reset. `network_faults`
has the faults, a row each, and `site` says what holds after all of them.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from storyboard.errors import ExitCode
from tests.crash.network_faults import FAULTS, NetworkFault
from tests.crash.site import NAMES, PATIENCE, Bucket, Places, Site
from tests.crash.site_server import DIES_AFTER, DIES_BEFORE, LOSES, TWICE, did
from tests.crash.test_workers import assert_works
from tests.support import machines
from tests.support.bucket_server import BUCKET, BucketServer
from tests.support.machines import Network, network
from tests.support.moto_server import moto_server
from tests.support.postgres_server import PostgresServer, postgres_server
from tests.support.served import served

pytestmark = pytest.mark.scale


@contextmanager
def network_of(count: int) -> Iterator[Network]:
    """Make so many machines; where the system refuses, what needs them is skipped, or fails."""
    assert not machines.missing(), f"there is no network of its own: {machines.missing()}"
    with ExitStack() as until_end:
        try:
            made = until_end.enter_context(network(count))
        except machines.NoNetworks as cause:
            if os.environ.get(machines.REQUIRED) == "required":
                raise
            pytest.skip(f"{machines.UNPROVEN}: {cause}")
        yield made


@pytest.fixture(scope="module")
def net() -> Iterator[Network]:
    with network_of(2) as made:
        yield made


@pytest.fixture(scope="module")
def database(net: Network) -> Iterator[PostgresServer]:
    with postgres_server(net.prefix, machines.DATABASE) as running:
        yield running


@pytest.fixture(scope="module")
def buckets(net: Network) -> Iterator[dict[bool, tuple[Bucket, str]]]:
    """Serve both kinds of buckets; gives each with its address in the network."""
    with ExitStack() as until_end, pytest.MonkeyPatch.context() as patch:
        enter = until_end.enter_context
        patch.setattr("moto.s3.models.S3_UPLOAD_PART_MIN_SIZE", 1)
        listener = net.listener(machines.BUCKET)
        until_end.callback(listener.close)
        moto = enter(moto_server(listener))
        host, port = listener.getsockname()
        ours = BucketServer()
        there = enter(served(ours.answer, net.listener(machines.BUCKET)))
        ours.url = enter(served(ours.answer))
        yield {True: (ours, there), False: (moto, f"http://{host}:{port}")}


@pytest.fixture
def site(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    net: Network,
    database: PostgresServer,
    buckets: dict[bool, tuple[Bucket, str]],
) -> Iterator[Site]:
    bucket, there = buckets[request.node.callspec.params["fault"].ours]
    if isinstance(bucket, BucketServer):
        bucket.reset()
    files = f"s3://{BUCKET}/{tmp_path.name}"
    made = Site(tmp_path, Places(net, database, bucket, there, files))
    yield made
    made.close()


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_two_machines_render_one_project(site: Site, fault: NetworkFault) -> None:
    one, two = site.begin_worker(0), site.begin_worker(1)
    server = site.begin_server(fault.habit)
    for each in (one, two, server):
        assert_works(each.process)
    with site.applying() as command:
        if fault.habit in (DIES_BEFORE, DIES_AFTER):
            assert server.process.wait(PATIENCE) == -signal.SIGKILL
            assert_works(site.begin_server().process)
        site.let_begin(command)
        fault.strikes(site)
        site.open_gates()
        code = command.wait(PATIENCE)
    if fault.habit in (LOSES, TWICE):
        assert server.has_told(did(fault.habit, "/api/v1/video/generate"), len(NAMES))
    if fault.again:
        code = site.code_of("apply", "--yes")
    assert code == ExitCode.OK
    assert site.code_of("plan", "--detailed-exitcode") == ExitCode.OK
    site.assert_kept(fault.attempts, fault.broken_off)
