"""A client that goes away in the middle leaves no file open, however long nobody collects it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator, MutableMapping
from typing import Any

import pytest
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from storyboard.studio.api.streamed import Streamed, streamed_file


async def sent_to_a_client_that_leaves(response: Response) -> None:
    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.body":
            raise OSError

    scope = {"type": "http", "path": "/film", "asgi": {"spec_version": "2.4"}}
    with pytest.raises(ClientDisconnect):
        await response(scope, receive, send)


def test_a_file_is_closed() -> None:
    ends: list[str] = []

    def blocks() -> Generator[bytes, None, None]:
        try:
            yield b"first"
            yield b"second"
        finally:
            ends.append("closed")

    async def sent() -> None:
        response = streamed_file(blocks(), 200, {})
        await sent_to_a_client_that_leaves(response)
        assert ends == ["closed"]

    asyncio.run(sent())


def test_a_turn_is_given_back() -> None:
    ends: list[str] = []

    async def pieces() -> AsyncGenerator[bytes, None]:
        try:
            yield b"first"
            yield b"second"
        finally:
            ends.append("given back")

    async def sent() -> None:
        response = Streamed(pieces())
        await sent_to_a_client_that_leaves(response)
        assert ends == ["given back"]

    asyncio.run(sent())
