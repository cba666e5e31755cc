"""Bad days, on demand: each fault as a client over HTTP meets it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.studio.execution import served
from storyboard.studio.serving import bind, url_of
from tests.contract.studio_rig import Caller, caller, open_test_studio


class OverHttp(Caller):
    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        return httpx.request(method, self.base + path, timeout=60, trust_env=False, **options)


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OverHttp]:
    listener = bind("127.0.0.1", 0)
    url = url_of(listener, "127.0.0.1")
    studio = open_test_studio(tmp_path_factory.mktemp("remote"), public_url=url)
    with served(studio, listener):
        yield OverHttp(studio, caller(studio).ks)


@pytest.fixture
def user(remote: OverHttp) -> Iterator[OverHttp]:
    remote.control("POST", "reset")
    yield remote
    remote.control("DELETE", "faults")


def inject(user: Caller, kind: str, **fields: Any) -> None:
    reply = user.control("POST", "faults", json={"kind": kind, **fields})
    assert "objects" in reply, reply


def add(user: Caller) -> httpx.Response:
    return user.raw("video/add", {"name": "x", "avatarId": user.avatar()})


@pytest.mark.parametrize(("kind", "made"), [("drop-before", 0), ("drop-after", 1)])
def test_a_dropped_request_may_have_been_done(user: OverHttp, kind: str, made: int) -> None:
    inject(user, kind, action="video/add", call=1)
    with pytest.raises(httpx.TransportError):
        add(user)
    assert user("video/list")["totalCount"] == made
    assert add(user).json()["status"] == "draft"


def test_a_reset_is_no_orderly_end(user: OverHttp) -> None:
    inject(user, "reset", action="video/add", times=1)
    inject(user, "drop-before", action="video/add", times=1)
    with pytest.raises(httpx.ReadError, match="reset by peer"):
        add(user)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        add(user)
    assert user("video/list")["totalCount"] == 0


def test_the_journal_knows_spoilt_calls(user: OverHttp) -> None:
    kinds = ("drop-before", "reset", "drop-after", "code", "status", "delay")
    for call, kind in enumerate(kinds, 1):
        inject(user, kind, action="video/list", call=call, code="X", status=429)
    for _ in kinds:
        with contextlib.suppress(httpx.TransportError):
            user.raw("video/list")
    calls = user.control("GET", "journal")["objects"][-len(kinds) :]
    assert [(c["fault"], c["status"], c["code"]) for c in calls] == [
        ("drop-before", None, None),
        ("reset", None, None),
        ("drop-after", 200, None),
        ("code", 200, "X"),
        ("status", 429, None),
        ("delay", 200, None),
    ]


def test_a_truncated_reply(user: OverHttp) -> None:
    inject(user, "truncate", action="video/add")
    with pytest.raises(httpx.RemoteProtocolError):
        add(user)
    assert user("video/list")["totalCount"] == 1


def test_a_truncated_reply_that_is_made_as_it_is_sent(user: OverHttp) -> None:
    video = user.video()
    inject(user, "truncate", action="video/previewAudioStream")
    with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
        user.raw("video/previewAudioStream", {"id": video, "sceneId": 0})


def test_garbage_and_nothing(user: OverHttp) -> None:
    inject(user, "garbage", action="video/list", call=1)
    inject(user, "empty", action="video/list", call=2)
    assert b"not json" in user.raw("video/list").content
    assert user.raw("video/list").content == b""
    assert user("video/list")["totalCount"] == 0


def test_a_status_and_a_code(user: OverHttp) -> None:
    inject(user, "status", action="video/list", status=429, headers={"Retry-After": "7"}, times=1)
    response = user.raw("video/list")
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")
    inject(user, "code", action="video/list", code="ACTION_BLOCKED", message="slow down", times=2)
    reply = user("video/list")
    assert (reply["code"], reply["message"]) == ("ACTION_BLOCKED", "slow down")
    assert user("video/list")["code"] == "ACTION_BLOCKED"
    assert user("video/list")["totalCount"] == 0


def test_the_nth_call_of_one_video(user: OverHttp) -> None:
    first, second = user.video(), user.video()
    inject(user, "code", action="video/get", videoId=second, call=2, code="X")
    codes = [user("video/get", id=v).get("code") for v in (first, second, second, second)]
    assert codes == [None, None, "X", None]
    counted = user.control("GET", "faults")["objects"][0]
    assert (counted["matched"], counted["fired"]) == (3, 1)


def test_chance_is_seeded(user: OverHttp) -> None:
    def run() -> list[bool]:
        inject(user, "code", action="video/list", probability=0.5, seed=4, code="X")
        hits = ["code" in user("video/list") for _ in range(12)]
        user.control("DELETE", "faults")
        return hits

    first = run()
    assert first == run()
    assert True in first
    assert False in first


def test_a_wrong_fault_is_refused(user: OverHttp) -> None:
    reply = user.control("POST", "faults", json={"kind": "explode", "call": 0})
    assert reply["code"] == "VALIDATION_ERROR"
    assert "kind" in reply["message"]
    assert "call" in reply["message"]


def test_in_process_a_drop_is_a_broken_connection(tmp_path: Path) -> None:
    studio = open_test_studio(tmp_path)
    user = caller(studio)
    inject(user, "drop-after", action="video/list")
    with pytest.raises(ConnectionResetError):
        user("video/list")
    studio.close()


def test_the_contract_is_listed(user: OverHttp) -> None:
    reply = user.control("GET", "contract")
    named = {switch["name"]: switch for switch in reply["switches"]}
    assert named["ready_videos_editable"]["value"] == "true"
    assert all(switch["source"] and switch["meaning"] for switch in reply["switches"])
    assert reply["table"]["video/generate"]["generating"] == "VIDEO_IS_BEING_GENERATED"
