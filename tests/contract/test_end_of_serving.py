"""A studio that ends leaves no connection open, whenever it was taken."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest
from starlette.applications import Starlette

from storyboard.studio.serving import bind, build_server


@pytest.mark.parametrize("turns", range(4))
def test_who_connects_as_the_studio_ends_is_hung_up_on(turns: int) -> None:
    """Asyncio forgot a socket that was taken in the turn of the loop before, open as it was."""
    troubles: list[dict[str, Any]] = []

    async def run() -> bytes:
        listener = bind("127.0.0.1", 0)
        server = build_server(Starlette())
        server.config.load()
        server.lifespan = server.config.lifespan_class(server.config)
        await server.startup([listener])
        asyncio.get_running_loop().set_exception_handler(lambda _, told: troubles.append(told))
        with socket.create_connection(listener.getsockname()) as client:
            for _ in range(turns):
                await asyncio.sleep(0)
            await server.shutdown([listener])
            client.settimeout(20)
            try:
                return client.recv(1)
            except ConnectionResetError:  # it was not taken yet
                return b""

    assert asyncio.run(run()) == b""
    assert troubles == []
