"""What one request does, another does not wait for."""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import caller, open_test_studio


def test_a_kept_connection_is_answered_at_once(tmp_path: Path) -> None:
    """A reply's head and body leave together: a client's delayed ACK costs 40 ms a call."""
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(tmp_path / "workspace", public_url=url)
    seconds = []
    with served(studio, listener), httpx.Client(base_url=url, trust_env=False) as client:
        headers = {"Authorization": f"Bearer {caller(studio).ks}"}
        for _ in range(40):
            begun = time.perf_counter()
            assert client.post("/api/v1/video/list", json={}, headers=headers).is_success
            seconds.append(time.perf_counter() - begun)
    assert sorted(seconds)[20] < 0.035
