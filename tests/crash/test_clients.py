"""200 clients beside 20 films, by the code of the benchmark: no update is lost in any database."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import studio_load
from benchmarks.studio_load import CLIENTS, FILMS
from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import TinyFilmMaker, open_test_studio
from tests.support.passing_time import eventually
from tests.support.postgres_server import postgres_server

PATIENCE = 240.0


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.slow),
        pytest.param("postgres", marks=pytest.mark.scale),
    ]
)
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
        return
    with postgres_server() as server:
        yield server.url


def test_two_hundred_clients_lose_no_update_beside_twenty_films(
    tmp_path: Path, database: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Films are held until each client has written three times beside them, on the average.

    None is refused, as those were who came while a hundred of the same user waited: they came again
    on new connections, ten times a second, and the studio did little else.
    """
    monkeypatch.setattr(studio_load, "ALONE_SECONDS", 0.0)
    gate, over, seen = threading.Event(), threading.Event(), studio_load.Seen()
    listener = bind("127.0.0.1", 0)
    studio = open_test_studio(
        tmp_path / "w",
        film=TinyFilmMaker(gate),
        database=database,
        public_url=url_of(listener, "127.0.0.1"),
    )

    def open_the_gate() -> None:
        try:
            eventually(lambda: over.is_set() or seen.written >= 3 * CLIENTS, PATIENCE)
        finally:  # or all films would wait, and the load for them
            gate.set()

    opener = threading.Thread(target=open_the_gate)
    with served(studio, listener):
        opener.start()
        try:
            asyncio.run(studio_load.load([studio.variables()], seen))
        finally:
            over.set()
            opener.join(PATIENCE)
    assert seen.lost == 0
    assert seen.refused == 0
    assert len(seen.films) == FILMS
