"""States on a server that locks them: what is asked, what is refused, and bad days."""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.environment import resolve_environment
from storyboard.commands.stores import open_store
from storyboard.errors import (
    ExitCode,
    LockedError,
    ProjectError,
    StateAccessError,
    StateError,
    UsageError,
)
from storyboard.kaltura.blocking import BlockingTransport
from storyboard.kaltura.exchange_failures import NoReply
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.transport import Reply
from storyboard.state.blobs import CALL_SECONDS
from storyboard.state.format import format_state
from storyboard.state.lease import Holder
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.place_refused import PlaceRefused
from storyboard.state.server_blobs import ServerBlobs
from storyboard.state.server_lock import ServerLock
from storyboard.state.server_lock_info import LockInfo, format_lock
from storyboard.state.server_place import ServerPlace
from storyboard.state.shared import SharedStore
from storyboard.state.state_server import Login, StateServer
from tests.support.gitlab_states import (
    GITLAB,
    PASSWORD,
    TERRAFORM,
    StateServerHere,
    refused,
    state_server,
)
from tests.support.served import Answer, Asked, Fault, unanswered, unheard

NOW = LockPatience(0)
FIRST = next_serial(State.fresh(Principal(101, "maker", "http://studio.test/api/v1")))
SECOND = next_serial(FIRST)


@pytest.fixture(scope="module")
def serving() -> Iterator[StateServerHere]:
    with state_server() as server:
        yield server


@pytest.fixture(params=[GITLAB, TERRAFORM], ids=["gitlab", "terraform"])
def server(request: pytest.FixtureRequest, serving: StateServerHere) -> StateServerHere:
    serving.reset(request.param)
    return serving


def store_on(
    server: StateServerHere, who: str = "ana", *, look_seconds: float = 0.001
) -> SharedStore:
    login = Login(who, Secret(server.password))
    calls = StateServer(server.place, login, sleep=lambda s: None, clock=lambda: 0.0)
    lock = ServerLock(calls, Holder(who=who, host="laptop"), look_seconds=look_seconds)
    return SharedStore(ServerBlobs(calls, lock), lock, pauses=(0.0,))


def test_who_holds_the_lock_is_told(server: StateServerHere) -> None:
    theirs, mine = store_on(server, "ana"), store_on(server, "bo")
    assert mine.lock.seen() is None
    with theirs.locked():
        seen = mine.lock.seen()
        assert seen is not None
        assert server.lock is not None
        assert (seen.id, seen.since, seen.expires) == (
            server.lock["ID"],
            server.lock["Created"],
            False,
        )
        assert str(seen.holder) == ("ana" if server.is_gitlab else "ana on laptop")
        told: list[str] = []
        with pytest.raises(LockedError, match=r"another run holds the state \(ana") as raised:
            mine.locked(LockPatience(0, told=told.append)).__enter__()
        assert told == []
        assert "storyboard lock status" in str(raised.value.hint)
    assert server.lock is None


def test_waiting_ends_when_the_lock_is_free(server: StateServerHere) -> None:
    theirs, told = store_on(server), []
    held = theirs.locked()
    held.__enter__()

    def tell(line: str) -> None:
        told.append(line)
        held.__exit__(None, None, None)

    mine = store_on(server, "bo")
    with mine.locked(LockPatience(60, told=tell)):
        mine.write(FIRST)
    assert (len(told), "waiting up to 60 s" in told[0]) == (1, True)


def test_who_looks_at_the_lock_is_in_the_way_for_an_instant(server: StateServerHere) -> None:
    looking = LockInfo("0123", Holder(who="bo"), "2026-01-02")
    answer = Answer(409, format_lock(looking, str(server.place)))
    server.faults[:] = [lambda asked, right: answer]
    with store_on(server, look_seconds=0.001).locked():
        pass
    server.faults[:] = [lambda asked, right: answer] * 2
    with pytest.raises(LockedError, match=r"another run holds the state \("):
        store_on(server, look_seconds=0.001).locked().__enter__()


def test_a_broken_lock_ends_the_writes(server: StateServerHere) -> None:
    """Nothing fences the state: the server refuses the id of a lock that is no more."""
    theirs, mine = store_on(server), store_on(server, "bo")
    with theirs.locked():
        theirs.write(FIRST)
        seen = mine.lock.seen()
        assert seen is not None
        with pytest.raises(UsageError, match="no run holds the lock with id 'other'"):
            mine.break_("other")
        assert mine.break_(seen.id).id == seen.id
        with pytest.raises(LockedError, match="was lost: it was broken"):
            theirs.write(SECOND)
        assert (mine.read() or SECOND).serial == 1
        with mine.locked(), pytest.raises(LockedError, match="was lost"):
            theirs.write(SECOND)
    with mine.locked():
        mine.write(SECOND)
    with pytest.raises(UsageError):
        mine.break_(seen.id)


@pytest.mark.parametrize("ignores", ["lock", "id"])
def test_a_server_that_keeps_no_run_away_is_refused(serving: StateServerHere, ignores: str) -> None:
    serving.reset(TERRAFORM)
    store = store_on(serving)
    with store.locked():
        store.write(FIRST)
    before = serving.state
    serving.ignores = ignores
    for use in (store.locked().__enter__, store.blobs.probe):
        with pytest.raises(StateError, match=r"cannot keep a state: it (gives its|takes the)"):
            use()
        assert (serving.state, serving.lock) == (before, None)


BUSY = refused(429)
AWAY = refused(503)


@pytest.mark.parametrize("fault", [unanswered, unheard, BUSY, AWAY])
def test_a_bad_moment_at_any_request_loses_nothing(server: StateServerHere, fault: Fault) -> None:
    dialect, at = server.path, 0
    while not server.faults:  # until the fault is beyond the last request
        server.reset(dialect)
        server.faults[:] = [*[lambda asked, right: right()] * at, fault]
        store = store_on(server)
        with store.locked(NOW):
            assert store.read() is None
            store.write(FIRST)
            store.write(SECOND)
        assert (server.lock, server.state) == (
            None,
            format_state(replace(SECOND, epoch=1)).encode(),
        )
        at += 1
    assert at > 6


def test_a_server_that_fails_on_leaves_no_lock_of_ours(server: StateServerHere) -> None:
    """The lock was taken by a try without an answer, and the ones after it failed."""
    server.faults[:] = [unanswered, AWAY, AWAY]
    with pytest.raises(StateError, match="cannot be locked: the server answers 503"):
        store_on(server).locked().__enter__()
    assert server.lock is None


@pytest.mark.parametrize("at", range(4))
def test_an_interrupt_leaves_no_lock(
    server: StateServerHere, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Ctrl-C at a command that waits for an answer of the server, which took effect."""
    send, sent = BlockingTransport.send, count()

    def interrupted(self: BlockingTransport, *words: str, **named: Any) -> Reply:
        reply = send(self, *words, **named)
        if threading.current_thread() is threading.main_thread() and next(sent) == at:
            raise KeyboardInterrupt
        return reply

    monkeypatch.setattr(BlockingTransport, "send", interrupted)
    with pytest.raises(KeyboardInterrupt):
        look_and_hold(store_on(server))
    assert server.lock is None


def look_and_hold(store: SharedStore) -> None:
    while True:
        store.lock.seen()
        with store.locked():
            store.read()


def test_a_lock_that_cannot_be_given_back_is_told(server: StateServerHere) -> None:
    told: list[str] = []
    store = store_on(server)
    with store.locked(LockPatience(told=told.append)):
        server.always = AWAY
    assert re.search(r"could not be given back.*storyboard lock break --id [0-9a-f]{16}$", told[0])


def test_a_refused_serial_is_told_from_a_write_of_ours(serving: StateServerHere) -> None:
    serving.reset(GITLAB)
    store = store_on(serving)
    with store.locked():
        store.write(FIRST)
        serving.faults[:] = [unanswered]
        store.write(SECOND)
        other = State.fresh(Principal(102, "other", "http://studio.test/api/v1"))
        with pytest.raises(StateError, match=r"answers 422: .*already been taken"):
            store.write(next_serial(other))
    assert serving.lock is None


def test_why_a_write_failed_is_told_though_no_later_call_is_answered(
    server: StateServerHere,
) -> None:
    store = store_on(server)
    with store.locked():
        store.write(FIRST)
        for later in (AWAY, refused(401), unheard):

            def answer(asked: Asked, right: Callable[[], Answer], later: Fault = later) -> Answer:
                return (refused(413) if asked.method == "POST" else later)(asked, right)

            server.always = answer
            with pytest.raises(StateError, match="cannot be written: the server answers 413"):
                store.write(SECOND)
        server.always = None


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("seconds", [0.0, 0.5, 2.4, 4.0, 5.9, 6.1, 13.9])
def test_a_call_ends_in_the_time_that_a_lease_counts_on(
    server: StateServerHere, seconds: float, answers: bool
) -> None:
    now, longest = 0.0, 14.0

    class Slow(BlockingTransport):
        def send(self, *_: Any, **__: Any) -> Reply:
            nonlocal now
            assert now + longest <= CALL_SECONDS
            now += seconds
            if answers:
                return Reply(503, {"retry-after": "1"}, b"")
            raise NoReply("away")

    def sleep(pause: float) -> None:
        nonlocal now
        now += pause

    transport = Slow(seconds=longest)
    calls = StateServer(server.place, Login(), transport=transport, sleep=sleep, clock=lambda: now)
    with pytest.raises(StateError):
        calls.fetch()


@pytest.mark.parametrize(
    ("fault", "said", "code"),
    [
        (refused(401), "the server answers 401", ExitCode.CREDENTIALS),
        (refused(403, "403 Forbidden"), "answers 403: .*Forbidden", ExitCode.CREDENTIALS),
        (refused(404, "404 Project Not Found"), "the server answers 404", ExitCode.CREDENTIALS),
        (refused(500), "the server answers 500", ExitCode.STATE_NOT_WRITTEN),
        (refused(413), "the server answers 413", ExitCode.STATE_NOT_WRITTEN),
        (lambda a, r: Answer(302, b"", (("location", "http://127.0.0.1:1/"),)), "302", 11),
        (lambda a, r: Answer(403, b"<html>a proxy</html>"), "answers 403$", ExitCode.CREDENTIALS),
        (unheard, "cannot be reached: the connection to", ExitCode.STATE_NOT_WRITTEN),
    ],
)
def test_what_is_in_the_way_is_said(
    server: StateServerHere, fault: Fault, said: str, code: int
) -> None:
    store = store_on(server)
    server.always = fault
    for use in (store.read, store.locked().__enter__, store.lock.seen):
        with pytest.raises(StateError, match=said) as raised:
            use()
        assert (raised.value.exit_code, bool(raised.value.hint)) == (code, True)
        assert PASSWORD not in f"{raised.value.message} {raised.value.hint}"


def test_a_server_without_locks_is_refused(server: StateServerHere) -> None:
    server.always = refused(405)
    with pytest.raises(StateError, match="cannot keep a state: it does not lock states"):
        store_on(server).locked().__enter__()


def test_a_lock_of_another_program_is_shown(server: StateServerHere) -> None:
    names = ("Version", "Path")
    server.lock = {
        "ID": "b4", "Operation": "OperationTypeApply", "Info": "", "Who": "cy@ci",
        "Created": "2026-01-02", **dict.fromkeys(names, ""),
    }  # fmt: skip
    seen = store_on(server).lock.seen()
    assert seen is not None
    assert str(seen.holder) == ("cy@ci" if server.is_gitlab else "cy@ci, OperationTypeApply")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"ID": null, "Who": 7}', b"{" * 9])
def test_a_holder_that_cannot_be_read_holds_the_lock(server: StateServerHere, body: bytes) -> None:
    server.always = lambda asked, right: Answer(200 if asked.method == "UNLOCK" else 409, body)
    with pytest.raises(LockedError, match="another run holds the state"):
        store_on(server).locked().__enter__()


def test_a_holder_that_is_not_told_took_nothing_from_us(server: StateServerHere) -> None:
    """The lock is ours, and the server says so without our id: a failed write is tried again."""
    store = store_on(server)
    with store.locked():
        server.faults[:] = [lambda asked, right: Answer(409, b"")]
        store.lock.look()
        assert not server.faults
        assert store.seconds_left() == math.inf
        store.write(FIRST)
    assert store.read() == replace(FIRST, epoch=1)


@pytest.mark.parametrize("use", [lambda store: store.locked(NOW).__enter__(),
                                 lambda store: store.lock.seen()])  # fmt: skip
def test_a_lock_of_another_is_not_given_back(
    serving: StateServerHere, use: Callable[[SharedStore], object]
) -> None:
    """The server names no holder in its refusal, and gives back whatever lock it has."""
    serving.reset(TERRAFORM)
    theirs = serving.lock = {"ID": "b4"}

    def nameless(asked: Asked, right: Callable[[], Answer]) -> Answer:
        if asked.method == "UNLOCK":
            serving.lock = None
            return Answer(200)
        return Answer(423, b"already locked")

    serving.always = nameless
    with suppress(LockedError):
        use(store_on(serving))
    assert serving.lock == theirs


def test_a_login_is_sent_as_it_is_given(server: StateServerHere) -> None:
    sent: list[str] = []

    def look(asked: Asked, right: Callable[[], Answer]) -> Answer:
        sent.append(asked.headers.get("authorization", "none"))
        return right()

    server.always = look
    for variables in (
        {"STORYBOARD_STATE_USERNAME": "ana", "STORYBOARD_STATE_PASSWORD": "päss word"},
        {"STORYBOARD_STATE_PASSWORD": " token-0123456789\n"},
    ):
        server.password = variables["STORYBOARD_STATE_PASSWORD"].strip()
        StateServer(server.place, Login.of(variables)).fetch()
    assert sent == ["Basic YW5hOnDDpHNzIHdvcmQ=", "Bearer token-0123456789"]
    with pytest.raises(StateAccessError, match="holds characters that no token has") as raised:
        Login.of({"STORYBOARD_STATE_PASSWORD": "päss word"})
    assert "päss" not in raised.value.message


def test_a_state_of_gitlab_has_its_lock_beside_it() -> None:
    found = ServerPlace("https://git.example/sub/api/v4/projects/g%2Fp/terraform/state/prod")
    assert (found.locking.method, found.unlocking.method) == ("POST", "DELETE")
    assert found.locking.url == f"{found.url}/lock"
    assert "/versions/SERIAL" in found.history
    other = ServerPlace("https://states.example/prod")
    assert (other.locking.method, other.unlocking.method) == ("LOCK", "UNLOCK")


def test_a_delete_names_its_lock_in_its_address(serving: StateServerHere) -> None:
    """GitLab breaks any lock if none is named, and a proxy may drop what a DELETE carries."""
    serving.reset(GITLAB)
    seen: list[str] = []

    def dropped(asked: Asked, right: Callable[[], Answer]) -> Answer:
        seen.append(asked.path)
        return right()

    with store_on(serving).locked():
        assert serving.lock is not None
        id_ = serving.lock["ID"]
        serving.always = dropped
    assert seen == [f"{GITLAB}/lock?ID={id_}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://states.example/x", "without encryption"),
        ("https://me:pw@states.example/x", "has a user name or password"),
        ("https://states.example/x?ref=main", "has a '?'"),
        ("https://states.example/x#y", "has a '#'"),
        ("https://states.example", "names no state of the server"),
        ("https://states.example/", "names no state of the server"),
        ("https://states.example/a/../b", "names no state of the server"),
        ("https://states.example/a/%2e%2E/b", "names no state of the server"),
        ("https://states.example/a//b", "names no state of the server"),
        ("https://states.example/a;b", "names no state of the server"),
        ("https://sta tes.example/x", "is not an address"),
        ("https:///x", "is not an address"),
    ],
)
def test_what_is_no_place_is_refused(text: str, said: str) -> None:
    with pytest.raises(PlaceRefused, match=re.escape(said)) as raised:
        ServerPlace.parse(text)
    assert "pw" not in f"{raised.value} {raised.value.hint}"


def test_a_host_is_the_operators_to_allow(server: StateServerHere, tmp_path: Path) -> None:
    """A pull request that names another server sends no login there: not for a plan either."""
    declared = {
        "p": {"region": "irp2", "state": str(server.place)},
        "q": {"region": "irp2", "state": f"{server.place}-q"},
    }
    with pytest.raises(ProjectError, match="'state' would send your credentials to") as raised:
        resolve_environment("p", declared, {}, tmp_path)
    location = server.place.origin.location
    assert f"set STORYBOARD_ALLOW_HOSTS={location}" in str(raised.value.hint)
    allowed = resolve_environment("p", declared, {"STORYBOARD_ALLOW_HOSTS": location}, tmp_path)
    assert open_store(allowed).seconds_left() == math.inf
    foreign = {"p": declared["p"], "q": {"region": "irp2", "state": "https://other.example/x"}}
    used = resolve_environment("p", foreign, {"STORYBOARD_ALLOW_HOSTS": location}, tmp_path)
    assert str(used.other_shared["q"]) == "https://other.example/x"
    from storyboard.commands.shared_stores import open_shared

    with pytest.raises(StateAccessError, match=r"to 'other\.example', which you did not allow"):
        open_shared(used, used.other_shared["q"], "")


@pytest.mark.parametrize("host", ["www.kaltura.com", "studio.corp.example"])
def test_a_host_of_a_studio_gets_no_login_of_a_state(host: str, tmp_path: Path) -> None:
    """It may get the account's secrets, and nobody said that it may get the token of a forge."""
    declared = {"p": {"region": "irp2", "state": f"https://{host}/tours/production"}}
    operators = {"KALTURA_SERVICE_URL": "https://studio.corp.example/api_v3"}
    with pytest.raises(ProjectError, match="'state' would send your credentials to"):
        resolve_environment("p", declared, operators, tmp_path)
    from storyboard.commands.shared_stores import on_server

    with pytest.raises(StateAccessError, match="which you did not allow"):
        on_server(ServerPlace(f"https://{host}/tours/production"), operators, Holder())


def test_every_field_of_a_lock_is_sent(server: StateServerHere) -> None:
    with store_on(server).locked():
        assert server.lock is not None
        assert json.loads(server.lock["Info"])["host"] == "laptop"
