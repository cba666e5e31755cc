"""The client on good and bad days, against real sockets: what is repeated, and what never is."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs

import pytest

from storyboard.errors import (
    ApiError,
    CredentialsError,
    StoryboardError,
    StudioError,
    UnknownOutcomeError,
    UnreachableError,
)
from storyboard.hints import HINTS
from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.credentials import AppTokenLogin, Credentials, GivenSession, SecretLogin
from storyboard.kaltura.exchange_failures import NotSent
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.proxies import proxy_to
from storyboard.kaltura.secrets import Secret, redact
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import Transport
from storyboard.origins import origin_of
from storyboard.wire import ErrorCode, VideoStatus
from tests.support.small_films import film
from tests.support.wire_server import Answer, Server, wire_server

T = TypeVar("T")
VIDEO = {"id": "v1", "name": "Q1", "status": "draft", "scenes": [], "avatarId": "a1"}
KS = GivenSession(Secret("given-session"))
ACTIONS: dict[str, Callable[[StudioClient], Awaitable[Any]]] = {
    "list": lambda c: c.list_videos(),
    "get": lambda c: c.get_video("v1"),
    "update": lambda c: c.update_video("v1", {"name": "Q1"}),
    "delete": lambda c: c.delete_video("v1"),
    "upsert": lambda c: c.upsert_avatar({"templateId": "jane"}),
    "reset": lambda c: c.reset_status("v1"),
}
ONCE: dict[str, Callable[[StudioClient], Awaitable[Any]]] = {
    "add": lambda c: c.add_video({"name": "Q1"}),
    "generate": lambda c: c.generate("v1"),
    "compose": lambda c: c.compose("v1", {}),
}


def call(
    server: Server,
    act: Callable[[StudioClient], Awaitable[T]],
    credentials: Credentials = KS,
    waits: list[float] | None = None,
) -> T:
    async def run() -> T:
        async def no_sleep(seconds: float) -> None:
            if waits is not None:
                waits.append(seconds)

        transport = Transport(read_seconds=2.0)
        try:
            pace = Pace(no_sleep, lambda: 1.0)
            sessions = Sessions(credentials, f"{server.url}/api_v3", transport, pace=pace)
            calls = Calls(
                avatar_url=f"{server.url}/api/v1",
                service_url=f"{server.url}/api_v3",
                sessions=sessions,
                transport=transport,
                pace=pace,
            )
            return await act(StudioClient(calls, principal=Principal(1, "me", "test")))
        finally:
            await transport.aclose()

    return asyncio.run(run())


def test_an_error_in_a_200_is_an_error() -> None:
    body = {"objectType": "KalturaAPIException", "code": "AVATAR_NOT_FOUND", "message": "no"}
    with wire_server(Answer(body)) as server, pytest.raises(ApiError) as caught:
        call(server, lambda c: c.add_video({}))
    assert caught.value.code == "AVATAR_NOT_FOUND"
    assert len(server.requests) == 1


def test_an_error_without_an_object_type_is_one_too() -> None:
    with (
        wire_server(Answer({"code": "CANNOT_RESET_STATUS", "message": "no"})) as server,
        pytest.raises(ApiError, match="CANNOT_RESET_STATUS"),
    ):
        call(server, lambda c: c.reset_status("v1"))


@pytest.mark.parametrize("status", [400, 404, 422])
def test_a_refusal_by_status_is_not_repeated(status: int) -> None:
    with wire_server(Answer({"message": "bad"}, status)) as server, pytest.raises(ApiError):
        call(server, lambda c: c.update_video("v1", {}))
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize(
    "bad",
    [Answer(drop=True), Answer("oops", 503), Answer(raw=b"<html>"), Answer("later", 429)],
    ids=["dropped", "503", "garbage", "429"],
)
def test_what_may_be_repeated_is_repeated(name: str, bad: Answer) -> None:
    good: dict[str, Any] = {"objects": [], "totalCount": 0} if name == "list" else dict(VIDEO)
    with wire_server(bad, bad, Answer(good)) as server:
        call(server, ACTIONS[name])
    assert len(server.requests) == 3


@pytest.mark.parametrize("name", ONCE)
@pytest.mark.parametrize(
    "bad",
    [
        Answer(drop=True),
        Answer("oops", 500),
        Answer("oops", 503),
        Answer(raw=b""),
        Answer(raw=b"<html>"),
        Answer({"no": "id"}),
    ],
    ids=["dropped", "500", "503", "empty", "garbage", "no id"],
)
def test_what_must_happen_once_is_sent_once(name: str, bad: Answer) -> None:
    with wire_server(bad, Answer(VIDEO)) as server, pytest.raises(UnknownOutcomeError):
        call(server, ONCE[name])
    assert len(server.requests) == 1


def test_a_request_told_to_come_again_was_not_taken() -> None:
    with wire_server(Answer("slow", 429, {"retry-after": "1"}), Answer(VIDEO)) as server:
        assert call(server, ONCE["add"]).id == "v1"
    assert len(server.requests) == 2


def test_what_a_failing_studio_says_is_passed_on() -> None:
    failing = Answer({"code": "INTERNAL", "message": "the disk is full, djJ8fDEyM3xhYmNkZWY="}, 500)
    with wire_server(failing) as server, pytest.raises(UnreachableError) as caught:
        call(server, ACTIONS["get"])
    assert "HTTP 500: the disk is full" in caught.value.message
    assert "djJ8" not in caught.value.message


def test_nobody_listening_is_unreachable_and_not_unknown() -> None:
    with wire_server() as server:
        pass
    with pytest.raises(UnreachableError, match="cannot connect"):
        call(server, ONCE["add"])


def test_an_empty_reply_to_delete_is_fine() -> None:
    with wire_server(Answer(raw=b"")) as server:
        call(server, lambda c: c.delete_video("v1"))
    assert len(server.requests) == 1


def test_deleting_what_is_gone_is_fine() -> None:
    with wire_server(Answer({"code": "VIDEO_NOT_FOUND", "message": "no"})) as server:
        call(server, lambda c: c.delete_video("v1"))


def test_all_pages_are_read() -> None:
    first = [{**VIDEO, "id": f"v{i}"} for i in range(100)]
    second = [{**VIDEO, "id": f"v{i}"} for i in range(100, 130)]
    with wire_server(
        Answer({"objects": first, "totalCount": 130}),
        Answer({"objects": second, "totalCount": 130}),
    ) as server:
        videos = call(server, lambda c: c.list_videos("-updatedAt"))
    assert [video.id for video in videos] == [f"v{i}" for i in range(130)]
    assert json.loads(server.requests[1][2])["pager"] == {"offset": 100, "limit": 100}
    assert videos[0].status is VideoStatus.DRAFT


def test_a_list_that_is_always_shorter_than_its_count_is_believed() -> None:
    """It may count what it does not show; what is recorded is asked for anyhow."""
    page = Answer({"objects": [{**VIDEO, "id": f"v{i}"} for i in range(2)], "totalCount": 3})
    end = Answer({"objects": [], "totalCount": 3})
    with wire_server(*(page, end) * 3) as server:
        assert len(call(server, lambda c: c.list_videos())) == 2
    assert len(server.requests) == 4


def test_a_list_that_is_shorter_each_time_by_another_video_is_not() -> None:
    pages = [
        Answer({"objects": [{**VIDEO, "id": f"v{i}"}] if offset == 0 else [], "totalCount": 2})
        for i in range(3)
        for offset in (0, 1)
    ]
    with wire_server(*pages) as server, pytest.raises(StudioError, match="list of videos changed"):
        call(server, lambda c: c.list_videos())


def test_a_list_that_moved_is_read_anew() -> None:
    page = [{**VIDEO, "id": f"v{i}"} for i in range(100)]
    with wire_server(
        Answer({"objects": page, "totalCount": 101}),
        Answer({"objects": [], "totalCount": 100}),
        Answer({"objects": page, "totalCount": 100}),
    ) as server:
        assert len(call(server, lambda c: c.list_videos())) == 100
    assert len(server.requests) == 3


def test_a_refused_session_is_renewed_once() -> None:
    login = SecretLogin(77, Secret("s3cret"), "me")
    refused = Answer({"code": "INVALID_KS", "message": "EXPIRED"})
    with wire_server(Answer("ks-1"), refused, Answer("ks-2"), Answer(VIDEO)) as server:
        assert call(server, ONCE["add"], login).id == "v1"
    assert server.requests[-1][1]["authorization"] == "Bearer ks-2"
    assert parse_qs(server.requests[0][2].decode())["secret"] == ["s3cret"]


def test_a_session_refused_twice_ends_the_run() -> None:
    login = SecretLogin(77, Secret("s3cret"), "me")
    refused = Answer({"code": "INVALID_KS", "message": "bad djJ8fDEyM3xhYmNkZWZnaGlqa2xtbm9w"})
    with (
        wire_server(Answer("ks-1"), refused, Answer("ks-2"), refused) as server,
        pytest.raises(CredentialsError) as caught,
    ):
        call(server, ACTIONS["get"], login)
    assert len(server.requests) == 4
    assert "djJ8" not in caught.value.message
    assert "refused too" in (caught.value.hint or ""), "a secret was given"


def test_a_given_session_cannot_be_renewed() -> None:
    with (
        wire_server(Answer({"code": "EXPIRED_KS", "message": "old"}, 401)) as server,
        pytest.raises(CredentialsError),
    ):
        call(server, ACTIONS["get"])
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ONCE)
def test_a_page_with_401_renews_no_session_for_a_call_that_is_sent_once(name: str) -> None:
    """Who sent the page is not known, nor whether the call went on: it is not sent again."""
    login = SecretLogin(77, Secret("s3cret"), "me")
    answers = [Answer("ks-1"), Answer(raw=b"<html>", status=401), Answer(VIDEO)]
    with wire_server(*answers) as server, pytest.raises(UnknownOutcomeError):
        call(server, ONCE[name], login)
    assert len(server.requests) == 2


LOGINS: dict[str, tuple[Credentials, list[Answer]]] = {
    "secret": (SecretLogin(77, Secret("s3cret"), "me"), [Answer("ks-1")]),
    "token": (
        AppTokenLogin(77, "1_token", Secret("t0ken"), "me"),
        [Answer({"ks": "widget"}), Answer({"ks": "full"})],
    ),
}
BLOCKED = Answer({"code": "ACTION_BLOCKED", "message": "slow", "objectType": "KalturaAPIException"})


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize(
    "bad",
    [
        BLOCKED,
        Answer("slow", 429, {"retry-after": "7"}),
        Answer("oops", 503),
        Answer("oops", 503, {"retry-after": "5"}),
        Answer(drop=True),
        Answer(raw=b"<html>"),
    ],
    ids=["blocked", "429", "503", "503 until", "dropped", "garbage"],
)
def test_a_session_is_started_again_after_what_is_no_refusal(login: str, bad: Answer) -> None:
    credentials, good = LOGINS[login]
    waits: list[float] = []
    with wire_server(bad, bad, *good, Answer(VIDEO)) as server:
        call(server, ACTIONS["get"], credentials, waits)
    assert len(server.requests) == 3 + len(good)
    assert waits == {"blocked": [10, 10], "429": [7, 7], "503 until": [5, 5]}.get(
        _name(bad), [1, 2]
    )


@pytest.mark.parametrize("bad", [BLOCKED, Answer("slow", 429)], ids=["blocked", "429"])
def test_a_limited_session_start_is_no_fault_of_the_credentials(bad: Answer) -> None:
    with wire_server(bad) as server, pytest.raises(UnreachableError) as caught:
        call(server, ACTIONS["get"], LOGINS["secret"][0])
    assert len(server.requests) == 4
    assert caught.value.hint == "wait a few minutes, then run the command again"


def test_an_address_without_sessions_is_no_fault_of_the_credentials() -> None:
    gone = Answer(raw=b"no such page", status=404)
    with wire_server(gone) as server, pytest.raises(StudioError, match="HTTP_404") as caught:
        call(server, ACTIONS["get"], LOGINS["secret"][0])
    assert caught.value.hint == "check KALTURA_SERVICE_URL"


def test_a_refused_secret_is_a_fault_of_the_credentials() -> None:
    refused = Answer({"code": "START_SESSION_ERROR", "message": "no"})
    with wire_server(refused) as server, pytest.raises(CredentialsError, match="START_SESSION"):
        call(server, ACTIONS["get"], LOGINS["secret"][0])
    assert len(server.requests) == 1


def test_a_download_waits_as_it_is_told(tmp_path: Path) -> None:
    waits: list[float] = []
    with wire_server(Answer("slow", 429, {"retry-after": "7"}), Answer(raw=film(1.0))) as media:
        entry = Answer({"id": "1_a", "downloadUrl": f"{media.url}/film.mp4"})
        with wire_server(entry) as server:
            call(server, lambda c: c.download_film("1_a", tmp_path / "film.mp4"), waits=waits)
    assert waits == [7]


def _name(bad: Answer) -> str:
    if bad is BLOCKED:
        return "blocked"
    return f"{bad.status} until" if bad.status == 503 and bad.headers else str(bad.status)


@pytest.mark.parametrize("code", ["INVALID_KS", "EXPIRED_KS", "MISSING_KS", "SERVICE_FORBIDDEN"])
def test_a_refused_session_comes_with_the_hint_of_its_code(code: str) -> None:
    with (
        wire_server(Answer({"code": code, "message": "no"})) as server,
        pytest.raises(CredentialsError) as caught,
    ):
        call(server, ACTIONS["get"])
    assert caught.value.hint == HINTS[ErrorCode(code)]


def test_an_app_token_is_proved_by_its_hash() -> None:
    login = AppTokenLogin(77, "1_token", Secret("t0ken"), "me")
    with wire_server(Answer({"ks": "widget"}), Answer({"ks": "full"}), Answer(VIDEO)) as server:
        call(server, ACTIONS["get"], login)
    widget, start = (parse_qs(body.decode()) for _, _, body in server.requests[:2])
    assert widget["widgetId"] == ["_77"]
    assert start["tokenHash"] == [hashlib.sha256(b"widgett0ken").hexdigest()]
    assert start["ks"] == ["widget"]
    assert server.requests[2][1]["authorization"] == "Bearer full"


def test_a_download_is_whole_or_not_at_all(tmp_path: Path) -> None:
    entry = Answer({"id": "1_a", "downloadUrl": "SELF"})
    with wire_server(entry) as server:
        entry.body["downloadUrl"] = f"{server.url}/film.mp4"
        target = tmp_path / "film.mp4"
        short = Answer(raw=b"part", headers={"content-length": "400"})
        with wire_server(short) as media:
            entry.body["downloadUrl"] = f"{media.url}/film.mp4"
            with pytest.raises(StudioError):
                call(server, lambda c: c.download_film("1_a", target))
        assert list(tmp_path.iterdir()) == []
        with wire_server(Answer(raw=film(1.0))) as media:
            entry.body["downloadUrl"] = f"{media.url}/film.mp4"
            call(server, lambda c: c.download_film("1_a", target))
        assert target.read_bytes() == film(1.0)
        assert "authorization" not in media.requests[0][1]


def test_audio_that_is_an_error_is_an_error() -> None:
    body = {"code": "SCENE_EMPTY_NARRATION", "message": "no text"}
    with wire_server(Answer(body)) as server, pytest.raises(ApiError, match="SCENE_EMPTY"):
        call(server, lambda c: c.preview_audio("v1", 0))


def test_secrets_have_no_readable_form() -> None:
    secret = Secret("s3cret")
    assert "s3cret" not in f"{secret} {secret!r} {SecretLogin(1, secret, 'me')!r}"


def fetch_through(server: Server, url: str, path: Path, own: str | None = None) -> None:
    """Download a URL as a client of the server does, or of `own`; its KS is `given-session`."""
    base = own or server.url

    async def run() -> None:
        transport = Transport(read_seconds=2.0)
        sessions = Sessions(KS, f"{base}/api_v3", transport)
        calls = Calls(
            avatar_url=f"{base}/api/v1",
            service_url=f"{base}/api_v3",
            sessions=sessions,
            transport=transport,
            pace=Pace(lambda seconds: asyncio.sleep(0), lambda: 1.0),
        )
        try:
            await calls.download(url, path, lambda done, total: None)
        finally:
            await transport.aclose()

    asyncio.run(run())


@pytest.mark.parametrize("target", [None, "/b", "b/../c", "{url}/d?x=1"])
def test_a_session_follows_a_download_within_its_origin(tmp_path: Path, target: str | None) -> None:
    with wire_server() as probe:
        port = int(probe.url.rpartition(":")[2])
    film = Answer(raw=b"film")
    own = f"http://127.0.0.1:{port}"
    moved = Answer(status=302, headers={"location": (target or "").format(url=own)})
    with wire_server(*([film] if target is None else [moved, film]), port=port) as server:
        fetch_through(server, f"{server.url}/a", tmp_path / "film.mp4")
        assert len(server.requests) == (1 if target is None else 2)
        assert all("given-session" in h["authorization"] for _, h, _ in server.requests)


@pytest.mark.parametrize("own", ["https://127.0.0.1:{port}", "http://localhost:{port}"])
def test_a_session_goes_to_no_other_scheme_or_spelling_of_its_host(
    tmp_path: Path, own: str
) -> None:
    with wire_server(Answer(raw=b"film")) as server:
        base = own.format(port=server.url.rpartition(":")[2])
        fetch_through(server, f"{server.url}/a", tmp_path / "film.mp4", own=base)
        ((_, headers, _),) = server.requests
    assert "authorization" not in headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_session_does_not_follow_a_redirect_to_another_origin(
    tmp_path: Path, status: int
) -> None:
    with wire_server(Answer(raw=b"film")) as other:
        elsewhere = Answer(status=status, headers={"location": f"{other.url}/film"})
        with wire_server(elsewhere) as server:
            fetch_through(server, f"{server.url}/a", tmp_path / "film.mp4")
            assert "given-session" in server.requests[0][1]["authorization"]
        ((_, headers, _),) = other.requests
        assert "authorization" not in headers
    assert (tmp_path / "film.mp4").read_bytes() == b"film"


def test_a_session_that_left_its_origin_does_not_come_back(tmp_path: Path) -> None:
    """The other origin chose the way back, and with it the path that would get the session."""
    with wire_server(Answer(raw=b"film")) as last:
        with wire_server(Answer(status=302, headers={"location": f"{last.url}/x"})) as middle:
            first = Answer(status=302, headers={"location": f"{middle.url}/x"})
            with wire_server(first) as server:
                fetch_through(server, f"{server.url}/a", tmp_path / "film.mp4")
        assert "authorization" not in last.requests[0][1]


def test_a_download_that_is_redirected_for_ever_ends(tmp_path: Path) -> None:
    with (
        wire_server(Answer(status=302, headers={"location": "/again"})) as server,
        pytest.raises(UnreachableError, match="redirected more than 5 times"),
    ):
        fetch_through(server, f"{server.url}/a", tmp_path / "film.mp4")
    assert len(server.requests) == 4 * 6


def test_no_cookie_is_kept() -> None:
    """A server could set them without end, and whoever shares its domain would see them."""

    async def ask_twice(url: str) -> None:
        transport = Transport()
        await transport.get(url)
        await transport.get(url)
        await transport.aclose()

    answer = Answer(body={}, headers={"set-cookie": "a=b; path=/"})
    with wire_server(answer, answer) as server:
        asyncio.run(ask_twice(server.url))
        assert len(server.requests) == 2
        assert not any("cookie" in headers for _, headers, _ in server.requests)


def test_no_part_of_a_session_is_shown_of_a_type(tmp_path: Path) -> None:
    answer = Answer(raw=b"none", headers={"content-type": "x" * 50 + "/given-session-of-mine"})
    secret = Secret("given-session-of-mine")
    with wire_server(answer) as server, pytest.raises(StudioError) as told:
        call(server, lambda client: client.preview_audio("v1", 0))
    assert "/given" not in told.value.message
    assert secret.reveal() == "given-session-of-mine"


def test_no_message_repeats_what_a_url_holds(tmp_path: Path) -> None:
    with wire_server() as server:
        gone = server.url
    for url in (f"{gone}/ks/hunter2/a.mp4", "ftp://x/hunter2", "http://u:hunter2@127.1/x"):
        with wire_server() as server, pytest.raises(StudioError) as caught:
            fetch_through(server, url, tmp_path / "film.mp4")
        assert "hunter2" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    "proxy", ["foo://u:hunter2@x", "socks5://u:hunter2@127.0.0.1:1", "http://[::1", "::bad"]
)
def test_a_proxy_that_is_not_usable_is_said_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(StudioError, match="the proxy of HTTPS_PROXY") as caught:
        Transport()
    assert "hunter2" not in f"{caught.value.message} {caught.value.hint}"
    Transport(app=lambda scope, receive, send: None)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
def test_no_proxy_sees_what_is_sent_to_this_machine(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with wire_server(Answer("proxied", 502)) as proxy, wire_server(Answer(VIDEO)) as server:
        monkeypatch.setenv(variable.lower(), proxy.url)
        monkeypatch.setenv(variable, proxy.url)
        assert call(server, ACTIONS["get"])
        assert proxy.requests == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "127.0.0.2", "127.255.0.9", "[::1]", "[0:0:0:0:0:0:0:1]"]
)
def test_no_spelling_of_this_machine_is_asked_of_a_proxy(
    monkeypatch: pytest.MonkeyPatch, scheme: str, host: str
) -> None:
    async def ask() -> None:
        transport = Transport()
        try:
            await transport.post(f"{scheme}://{host}:9/api", form={"secret": "hunter2"})
        finally:
            await transport.aclose()

    with wire_server(Answer("proxied")) as proxy:
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable.lower(), proxy.url)
            monkeypatch.setenv(variable, proxy.url)
        with pytest.raises(StudioError, match="cannot connect"):
            asyncio.run(ask())
        assert proxy.requests == []


def test_another_machine_is_asked_of_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> None:
        transport = Transport()
        try:
            await transport.get("http://studio.example:9/api")
        finally:
            await transport.aclose()

    with wire_server(Answer("proxied")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        asyncio.run(ask())
        assert len(proxy.requests) == 1


def by_proxy(monkeypatch: pytest.MonkeyPatch, proxy: str) -> StudioError:
    """Ask another machine by a proxy that leads nowhere, and return what is told."""

    async def ask() -> None:
        transport = Transport()
        try:
            await transport.post("https://studio.example/api", form={"secret": "hunter2"})
        finally:
            await transport.aclose()

    for variable in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, proxy)
    for variable in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(NotSent) as caught:
        asyncio.run(ask())
    return caught.value


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_opens_no_way_is_named_and_nothing_was_sent(
    monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with wire_server(Answer("no", status)) as proxy:
        place = proxy.url.removeprefix("http://")
        told = by_proxy(monkeypatch, f"http://u:hunter3@{place}")
    assert f"the proxy {place} opens no way to studio.example: {status}" in told.message
    assert "HTTPS_PROXY" in str(told.hint)
    assert "hunter" not in f"{told.message} {told.hint}"


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with wire_server() as gone:
        place = gone.url.removeprefix("http://")
    told = by_proxy(monkeypatch, place)
    assert f"cannot connect to studio.example by the proxy {place}: " in told.message
    assert "HTTPS_PROXY" in str(told.hint)


@pytest.mark.parametrize("host", ["127.0.0.1:9", "studio.example"])
def test_a_proxy_that_is_not_taken_is_not_named(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    for variable in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(variable, "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "studio.example")
    assert proxy_to(origin_of(f"https://{host}")) is None
    assert proxy_to(origin_of("https://other.example")) == origin_of("http://proxy.example:3128")


def test_a_studio_in_this_process_reads_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("httpx.create_ssl_context")
    Transport(app=lambda scope, receive, send: None)


def test_certificates_that_cannot_be_read_are_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(StudioError, match="the certificates of SSL_CERT_FILE"):
        Transport()
    (tmp_path / "none.pem").write_text("nonsense")
    with pytest.raises(StudioError, match="the certificates of SSL_CERT_FILE"):
        Transport()


def test_no_login_of_a_netrc_file_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hunter2\n")
    (tmp_path / "netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_bytes((tmp_path / "netrc").read_bytes())
    with wire_server(Answer({"ks": "k"}), Answer(VIDEO)) as server:
        call(server, ACTIONS["get"], SecretLogin(1, Secret("s"), "me"))
        fetch_through(server, f"{server.url}/other", tmp_path / "film.mp4")
        for _, headers, _ in server.requests:
            assert "basic" not in headers.get("authorization", "").lower()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://me:hunter2@a.example/x", "see https://[redacted]@a.example/x"),
        ("https://hunter2@hunter2@a.example", "https://[redacted]@a.example"),
        ("socks5://u:hunter2@h and http://b.example/@x", "socks5://[redacted]@h and "
         "http://b.example/@x"),
    ],
)  # fmt: skip
def test_a_login_in_a_url_is_masked_wherever_it_is_shown(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "credentials",
    [KS, SecretLogin(1, Secret("hunter2"), "me"), AppTokenLogin(1, "t", Secret("hunter2"), "me")],
    ids=["ks", "secret", "token"],
)
def test_no_call_with_a_secret_follows_a_redirect(status: int, credentials: Credentials) -> None:
    with wire_server(Answer(VIDEO)) as other:
        away = Answer(status=status, headers={"location": f"{other.url}/api/v1/video/get"})
        with wire_server(away) as server, pytest.raises(StoryboardError) as caught:
            call(server, ACTIONS["get"], credentials)
        assert other.requests == []
    assert "hunter2" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize("call_of", ["get", "avatar", "entry"])
@pytest.mark.parametrize(
    "answer",
    [Answer(raw=b"<html>", status=404), Answer({"code": "PARTNER_NOT_FOUND", "message": "no"})],
    ids=["page", "partner"],
)
def test_only_its_own_code_says_that_an_object_is_gone(call_of: str, answer: Answer) -> None:
    reads: dict[str, Callable[[StudioClient], Awaitable[Any]]] = {
        "get": lambda c: c.get_video("v1"),
        "avatar": lambda c: c.get_avatar("v1"),
        "entry": lambda c: c.get_entry("v1"),
    }
    with wire_server(answer) as server, pytest.raises(ApiError) as caught:
        call(server, reads[call_of])
    if answer.status == 404:
        assert "KALTURA_VOD_AVATAR_URL" in (caught.value.hint or "")


@pytest.mark.parametrize("told", ["ana", "ANA ", "", None])
def test_a_token_of_the_user_that_is_asked_for_is_taken(told: str | None) -> None:
    info = {"ks": "ks-of-token", "userId": told}
    login = AppTokenLogin(77, "1_token", Secret("t0ken"), "ana")
    with wire_server(Answer(info), Answer(info), Answer(VIDEO)) as server:
        assert call(server, ACTIONS["get"], login).id == VIDEO["id"]


def test_a_token_of_another_user_is_refused_before_anything_is_made() -> None:
    """What was made was Bob's, and the state said that it was Ana's."""
    info = {"ks": "ks-of-token", "userId": "bob@example.com"}
    login = AppTokenLogin(77, "1_token", Secret("t0ken"), "ana@example.com")
    with wire_server(Answer(info)) as server, pytest.raises(CredentialsError) as refused:
        call(server, ACTIONS["get"], login)
    assert "is of user 'bob@example.com', and user 'ana@example.com'" in refused.value.message
    assert "KALTURA_USER_ID" in str(refused.value.hint)
    assert not any(path.endswith("video/get") for path in server.paths())
