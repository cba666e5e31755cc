"""Two servers of one studio, on one database: what one of them is told, the other goes by."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from storyboard.studio.api.repeats import MARK
from storyboard.studio.local import Studio
from storyboard.studio.records.clock import Clock
from storyboard.studio.worker import open_worker
from tests.contract.studio_rig import BACKGROUND, Caller, TinyFilmMaker, caller, open_test_studio
from tests.support.databases import DATABASES, postgres_url
from tests.support.passing_time import eventually

NOON = "2031-01-31T12:00:00Z"

Open = Callable[[], Studio]
OpenAt = Callable[[Clock], Studio]


@pytest.fixture(params=DATABASES)
def open_beside(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenAt]:
    """Start one more server of the same studio, with a clock."""
    database = postgres_url() if request.param == "postgres" else ""
    with ExitStack() as until_end:

        def begin(clock: Clock) -> Studio:
            studio = open_test_studio(tmp_path / "w", workers=1, database=database, clock=clock)
            return until_end.enter_context(studio)

        yield begin


@pytest.fixture
def serve(open_beside: OpenAt) -> Open:
    """Start one more server of the same studio."""
    return lambda: open_beside(time.time)


@pytest.fixture
def one(serve: Open) -> Caller:
    return caller(serve())


@pytest.fixture
def other(one: Caller, serve: Open) -> Caller:
    return Caller(serve(), one.ks)


def code_of(user: Caller, action: str = "video/list") -> str | None:
    found: str | None = json.loads(user.raw(action).content).get("code")
    return found


def inject(user: Caller, kind: str, **fields: Any) -> None:
    assert "objects" in user.control("POST", "faults", json={"kind": kind, **fields})


@pytest.mark.parametrize("action", ["avatar/upsert", "media/add"])
def test_what_a_reset_deleted_is_no_answer_to_the_same_request_again(
    one: Caller, other: Caller, action: str
) -> None:
    """A browser repeats by itself; the server that keeps the answer heard nothing of the reset."""

    def made() -> str:
        headers = {MARK: "of-one-press"}
        if action != "media/add":
            body = {"templateId": "jane", "background": BACKGROUND}
            return str(other.raw(action, body, headers=headers).json()["id"])
        asked = {"ks": one.ks, "format": 1, "entry": {"name": "Clip", "mediaType": 1}}
        path = "/api_v3/service/media/action/add"
        return str(other.send("POST", path, json=asked, headers=headers).json()["id"])

    first = made()
    assert made() == first
    one.control("POST", "reset")
    assert made() != first


def test_a_fault_is_met_at_each_server_and_counted_once(one: Caller, other: Caller) -> None:
    assert code_of(other) is None
    inject(one, "code", code="LOST", action="video/list", call=3, times=2)
    met = [code_of(user) for user in (other, one, one, other, other, one)]
    assert met == [None, None, "LOST", "LOST", None, None]
    for user in (one, other):
        [rule] = user.control("GET", "faults")["objects"]
        assert (rule["matched"], rule["fired"]) == (6, 2)
    other.control("DELETE", "faults")
    inject(other, "code", code="LOST", times=1)
    assert [code_of(one), code_of(one)] == ["LOST", None]


def test_chance_comes_as_from_one_server(one: Caller, other: Caller) -> None:
    def run(users: list[Caller]) -> list[str | None]:
        one.control("DELETE", "faults")
        inject(one, "code", code="LOST", probability=0.5, seed=4)
        return [code_of(user) for user in users]

    told = run([one] * 12)
    assert run([one, other] * 6) == told
    assert {*told} == {None, "LOST"}


def test_ids_come_from_the_seed_that_another_server_was_told(one: Caller, other: Caller) -> None:
    def made(users: list[Caller], seed: str | None) -> list[str]:
        if seed is None:
            one.control("DELETE", "seed")
        else:
            one.control("POST", "seed", json={"seed": seed})
        return [user.video() for user in users]

    told = made([one] * 4, "seven")
    assert made([other, one] * 2, None) != told
    one.control("POST", "reset")
    assert made([other, one] * 2, "seven") == told
    one.control("POST", "reset")
    assert made([other, one] * 2, "eight") != told


def test_who_has_no_session_meets_a_fault_too(one: Caller, other: Caller) -> None:
    inject(one, "code", code="LOST", times=1)
    stranger = Caller(other.studio, "")
    assert [code_of(stranger), code_of(stranger)] == ["LOST", "MISSING_KS"]


def test_an_action_is_counted_once_where_a_fault_comes_between(one: Caller, other: Caller) -> None:
    """A call that has to be looked at again is one action of its session still."""
    who = {"partnerId": one.studio.partner_id, "secret": one.studio.admin_secret}
    ks = one.service("session.start", **who, userId="ana", privileges="actionslimit:1")
    inject(one, "code", code="LOST", action="video/add", times=1)
    assert code_of(Caller(other.studio, ks)) is None
    assert code_of(Caller(other.studio, ks)) == "INVALID_KS"


def test_time_is_one(one: Caller, other: Caller) -> None:
    assert other("video/list")["totalCount"] == 0
    told = one.control("POST", "clock", json={"at": NOON, "stopped": True})
    assert (told["now"], told["stopped"]) == ("2031-01-31T12:00:00.000Z", True)
    later = caller(other.studio)
    assert code_of(other) == "EXPIRED_KS", "a session of today is over by then"
    assert other.control("GET", "clock")["now"] == told["now"]
    made = later.video()
    assert later("video/get", id=made)["createdAt"] == told["now"]
    later.control("DELETE", "clock")
    assert one.control("GET", "clock")["offset"] == 0
    assert code_of(one) is None


def test_no_step_of_the_clock_is_lost(one: Caller, other: Caller) -> None:
    def step(caller: Caller) -> None:
        for _ in range(5):
            caller.control("POST", "clock", json={"advance": 3600})

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(step, (one, other)))
    assert one.control("GET", "clock")["offset"] == pytest.approx(36_000, abs=60)


def test_a_film_that_was_made_meanwhile_is_of_the_new_time(one: Caller, serve: Open) -> None:
    """Its maker may have read the time minutes ago."""
    one.control("POST", "hold")
    video = one.video()
    one("video/generate", id=video)
    maker = Caller(serve(), one.ks)
    told = maker.control("POST", "clock", json={"advance": 3600})
    one.control("DELETE", "hold")
    made = one.wait(video, "ready")
    assert made["updatedAt"] >= told["now"]


def test_a_hold_is_everybodys(one: Caller, other: Caller, tmp_path: Path) -> None:
    one.control("POST", "hold")
    video = other.video()
    other("video/generate", id=video)
    for user in (one, other):
        user.studio._renderers.wake()
        [job] = user.control("GET", "progress")["objects"]
        assert job["state"] == "queued"
    assert other.studio._renderers._is_held()
    other.control("DELETE", "hold")
    other.wait(video, "ready")


def test_a_worker_goes_by_a_hold_and_by_the_time(one: Caller, tmp_path: Path) -> None:
    settings: dict[str, Any] = {}
    if "postgres" in type(one.studio.workspace.store).__name__.lower():
        settings["database"] = postgres_url()
    maker = TinyFilmMaker()
    with open_worker(tmp_path / "w", films=1, film_maker=maker, **settings) as worker:
        one.control("POST", "hold")
        assert worker._renderers._is_held()
        told = one.control("POST", "clock", json={"at": NOON})
        with worker.workspace.store.read() as tx:
            assert worker.workspace.now(tx) > one.studio.workspace.clock() - 3600
        assert told["now"].startswith("2031")


def test_a_reset_is_of_all_servers(one: Caller, other: Caller) -> None:
    other.video()
    inject(other, "code", code="LOST", times=1, action="video/get")
    other.control("POST", "hold")
    other.control("POST", "clock", json={"advance": 60})
    one.control("POST", "reset")
    assert other("video/list")["totalCount"] == 0
    told = other.control("GET", "journal")
    assert [call["action"] for call in told["objects"]] == ["video/list"]
    assert other.control("GET", "faults")["objects"] == []
    assert other.control("GET", "clock")["offset"] == 0
    video = other.video()
    other("video/generate", id=video)
    other.wait(video, "ready")


def test_a_clock_that_jumps_at_one_server_is_its_own(one: Caller, open_beside: OpenAt) -> None:
    """Its sessions end there alone, films stay with their makers, and each has one."""
    jumped = [0.0]
    other = Caller(open_beside(lambda: time.time() + jumped[0]), one.ks)
    assert code_of(other) is None
    gate = threading.Event()
    for user in (one, other):
        user.studio.workspace.makers.film.gate = gate  # type: ignore[attr-defined]
    first = one.video()
    one("video/generate", id=first)
    eventually(lambda: one.control("GET", "progress")["objects"][0]["state"] == "leased")
    jumped[0] = 2 * 86_400.0
    assert (code_of(other), code_of(one)) == ("EXPIRED_KS", None)
    other.studio._renderers.wake()
    later = caller(other.studio)
    second = later.video()
    later("video/generate", id=second)
    gate.set()
    for video in (first, second):
        one.wait(video, "ready")
        assert one.control("GET", f"videos/{video}")["job"]["attempt"] == 1
    assert one.control("GET", "clock")["offset"] == 0
    jumped[0] = 0.0
    assert code_of(other) is None


def test_what_is_set_ends_with_the_last_server(one: Caller, serve: Open) -> None:
    """A studio that is started anew has no faults that somebody forgot."""
    inject(one, "code", code="LOST")
    second = Caller(serve(), one.ks)
    one.studio.close()
    assert code_of(second) == "LOST"
    second.studio.close()
    last = Caller(serve(), one.ks)
    assert code_of(last) is None
    assert last.control("GET", "faults")["objects"] == []


def test_the_key_of_the_pages_is_that_of_the_studio(serve: Open) -> None:
    """Behind a proxy, every other server refused the key that one of them had printed."""
    first, second = serve(), serve()
    assert first.page_key == second.page_key

    def opens(studio: Studio, path: str) -> bool:
        headers = {"Authorization": f"Bearer {key}"}
        return "ks" in Caller(studio, "").send("POST", path, headers=headers).json()

    key, paths = first.page_key, ("/__studio/session", "/__studio/user-session")
    assert all(opens(studio, path) for studio in (first, second) for path in paths)
    admin = caller(first, "operator", kind=2)
    [token] = admin.service("appToken.list", ks=admin.ks)["objects"]
    admin.service("appToken.delete", ks=admin.ks, id=token["id"])
    assert not any(opens(studio, path) for studio in (first, second) for path in paths)
    assert key != first.page_key == second.page_key


def test_each_start_hands_out_the_same_app_token(serve: Open) -> None:
    """Each start of a server, and each `exec`, left one more that was good for ever."""
    first, second = serve(), serve()
    tokens = {studio.variables()["KALTURA_APP_TOKEN_ID"] for studio in (first, second, first)}
    assert len(tokens) == 1
    admin = caller(first, "operator", kind=2)
    named = {"appToken[sessionUserId]": "local", "appToken[hashType]": "SHA256"}
    admin.service("appToken.add", ks=admin.ks, **{"appToken[expiry]": 2**40, **named})
    assert {second.variables()["KALTURA_APP_TOKEN_ID"]} == tokens
    assert {second.variables("ana")["KALTURA_APP_TOKEN_ID"]} != tokens
    assert admin.service("appToken.list", ks=admin.ks)["totalCount"] == 3
