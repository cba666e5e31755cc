"""What opening the HTTP clients spares every request."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from tests.support.tiny_studio import TinyStudio, connect, serving


class Searches:
    """Counts which modules Python searches for; finds none."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> None:
        del path, target
        self.names.append(name)


def test_no_request_searches_for_modules_that_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    searches = Searches()
    monkeypatch.setattr(sys, "meta_path", [searches, *sys.meta_path])
    monkeypatch.delitem(sys.modules, "sniffio", raising=False)

    async def ask(url: str) -> None:
        client, transport = connect(url)
        try:
            await client.list_videos()
            searches.names.clear()
            await client.list_videos()
        finally:
            await transport.aclose()

    with serving(TinyStudio()) as url:
        asyncio.run(ask(url))
    assert searches.names == []
