"""Whose session it is, by the word of a service that may say anything."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.connection import connect
from storyboard.commands.environment import resolve_environment
from storyboard.errors import UsageError
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio import connect as local_connect
from storyboard.local_studio.opening import VOICES
from storyboard.tracing.spans import Untraced
from storyboard.wire import NEXT
from tests.support.wire_server import Answer, wire_server


@pytest.mark.parametrize(
    ("told", "user"),
    [
        ("maker", "maker"),
        (77, "77"),
        (None, ""),
        ("x" * 257, ""),
        ({"a": ["x" * 1_000_000]}, ""),
        (["maker"], ""),
        (True, ""),
    ],
)
def test_a_user_is_a_short_text(told: Any, user: str, tmp_path: Path) -> None:
    """The state keeps it: one of megabytes made a state that was refused from then on."""
    with wire_server(Answer(body={"userId": told})) as server:
        variables = {
            "KALTURA_VOD_AVATAR_URL": f"{server.url}/api/v1",
            "KALTURA_SERVICE_URL": f"{server.url}/api_v3",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_KS": "a-session-of-tests",
        }
        environment = resolve_environment("kaltura", {}, variables, tmp_path)

        async def principal() -> str:
            async with connect(environment) as client:
                return client.principal.user_id

        assert asyncio.run(principal()) == user


def test_a_studio_that_does_not_open_leaves_no_traces_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []

    class Counted(Untraced):
        def close(self) -> None:
            closed.append("traces")

    monkeypatch.setattr(local_connect, "traces_of", lambda *_: Counted())
    told = {VOICES: str(tmp_path / "none")}

    async def opened() -> None:
        async with local_connect.connect_local(tmp_path, "", Secret(""), NEXT, told):
            raise AssertionError("it has no such folder")

    with pytest.raises(UsageError):
        asyncio.run(opened())
    assert closed == ["traces"]
