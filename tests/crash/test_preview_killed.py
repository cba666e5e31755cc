"""`kill -9` in a preview: of the server that was asked, and of the program that speaks for it.

A preview makes nothing that is kept: no row, no file, and no program that outlives its server.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from storyboard.local_studio.opening import DATABASE
from tests.contract.studio_rig import Caller
from tests.crash.test_servers import assert_no_file_is_left
from tests.crash.test_studio_kill import Process
from tests.support.databases import DATABASES, postgres_url
from tests.support.passing_time import eventually

WHOLE = b"first, last"


@pytest.fixture(params=DATABASES)
def start(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Process]]:
    if request.param == "postgres":
        monkeypatch.setenv(DATABASE, postgres_url())
    started: list[Process] = []

    def begin() -> Process:
        files = [str(tmp_path / name) for name in ("workspace", "gate", "tally")]
        started.append(Process(tmp_path, ("tests.crash.preview_process", *files)))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def speaker(base: Path, nth: int = 1) -> int:
    """Wait until the nth preview is begun, and return the process of the program that speaks."""

    def told() -> list[str]:
        tally = base / "tally"
        return tally.read_text().split() if tally.exists() else []

    eventually(lambda: len(told()) == nth)
    return int(told()[-1])


def heard(user: Caller, video: str, action: str = "previewAudio") -> bytes:
    return user.raw(f"video/{action}", {"id": video, "sceneId": 0}).content


def ends(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def assert_nothing_is_kept(process: Process, video: str) -> None:
    with process.studio.workspace.store.read() as tx:
        assert [row["id"] for row in tx.rows("videos.rows")] == [video]
        assert [*tx.rows("jobs.rows"), *tx.rows("entries.rows")] == []
    assert_no_file_is_left(process.studio)


@pytest.mark.slow
def test_a_killed_server_leaves_nothing_of_a_preview(
    tmp_path: Path, start: Callable[[], Process]
) -> None:
    first, second = start(), start()
    video = first.video()
    with ThreadPoolExecutor(1) as client:
        asked = client.submit(heard, first, video)
        spoken_by = speaker(tmp_path)
        first.child.kill()
        with pytest.raises(httpx.TransportError):
            asked.result()
    eventually(lambda: ends(spoken_by))
    assert_nothing_is_kept(second, video)
    (tmp_path / "gate").touch()
    assert heard(second, video) == WHOLE
    assert_nothing_is_kept(second, video)


@pytest.mark.slow
@pytest.mark.parametrize("action", ["previewAudio", "previewAudioStream"])
def test_a_killed_speaker_fails_one_preview(
    tmp_path: Path, start: Callable[[], Process], action: str
) -> None:
    """What is answered as a whole is refused with the reason; a stream ends too early."""
    process = start()
    video = process.video()
    with ThreadPoolExecutor(1) as client:
        asked = client.submit(heard, process, video, action)
        os.kill(speaker(tmp_path), signal.SIGKILL)
        if action == "previewAudio":
            assert json.loads(asked.result())["code"] == "VOICE_NOT_AVAILABLE"
        else:
            with pytest.raises(httpx.TransportError):
                asked.result()
    (tmp_path / "gate").touch()
    assert heard(process, video, action) == WHOLE
    assert_nothing_is_kept(process, video)
