"""The load of `studio_load` on a studio whose rows are in PostgreSQL, on this machine too."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import studio_load
from benchmarks.measuring import Row
from tests.support.postgres_server import postgres_server


def measure() -> Iterator[Row]:
    """Yield what the clients saw."""
    with postgres_server() as server:
        yield from studio_load.measure(server.url)
