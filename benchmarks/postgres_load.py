"""The load of `studio_load` on a studio whose rows are in PostgreSQL, on this machine too.

By one server, and by two: a server has one interpreter, and a database is there for several.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks import studio_load
from benchmarks.measuring import Row
from tests.support.postgres_server import postgres_server


def measure() -> Iterator[Row]:
    """Yield what the clients saw of each number of servers."""
    for servers in (1, 2):
        with postgres_server() as server:
            for row in studio_load.measure(server.url, servers):
                yield replace(row, name=f"{row.name} [servers: {servers}]")
