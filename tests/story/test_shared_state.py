"""A state has one writer at a time, whatever happens to the last one: in a file, and if shared.

Runs on every kind of place in `tests/support/state_places.py`, with real processes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode, LockedError, StateAccessError, StateError, UsageError
from storyboard.state.blobs import STATE
from storyboard.state.format import format_body
from storyboard.state.lease import TTL_SECONDS, Holder, Status, format_lease, parse_lease
from storyboard.state.lease_lock import LOCK, LeaseLock
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience
from storyboard.state.shared import SharedStore
from storyboard.strict_json import MOST_VALUES
from tests.support.passing_time import Clock, eventually
from tests.support.state_places import (
    HEAVY,
    LASTING,
    LOCAL,
    NETWORKED,
    PLACES,
    PRINCIPAL,
    MemoryBlobs,
    look_and_renew_often,
    open_shared,
    open_store,
    prepared,
)

ROOT = Path(__file__).parents[2]
SHORT = 0.5
"""Seconds that a lease is good whose holder is to be believed dead soon."""

SELDOM_RENEWED = 36_000.0
"""Seconds that a lease is good whose holder is at rest: no renewal is under way when it is frozen,
with the turn at its place in its hand, or half sent."""

NOW = LockPatience(0)


def kinds(slow: frozenset[str]) -> list[Any]:
    """Return all kinds of shared places, with a mark on those that take long."""
    return [
        pytest.param(kind, marks=pytest.mark.slow) if kind in slow else kind
        for kind in sorted(PLACES)
    ]


RACED = kinds(NETWORKED)
"""The kinds for tests that start processes."""


class Writer:
    """A process that holds the state; its lines are told as they come."""

    def __init__(self, kind: str, folder: Path, who: str, *words: str, ttl: float = 60) -> None:
        command = ["-m", "tests.support.state_writer", kind, str(folder), str(ttl), who, *words]
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self) -> dict[str, object]:
        assert self.process.stdout is not None
        told: dict[str, object] = json.loads(self.process.stdout.readline())
        return told

    def freeze(self) -> None:
        """Stop it, and return once it stands still."""
        self.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED)

    def end(self, line: str = "") -> int:
        self.process.communicate(line, timeout=120)
        return self.process.returncode


@pytest.fixture(params=kinds(HEAVY))
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with prepared(request.param, tmp_path) as kind:
        yield kind


@pytest.fixture(params=RACED)
def raced_kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with prepared(request.param, tmp_path) as kind:
        yield kind


@pytest.fixture(params=[LOCAL, *RACED])
def any_raced_kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with prepared(request.param, tmp_path) as kind:
        yield kind


@pytest.fixture(params=[LOCAL, *kinds(HEAVY)])
def any_kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with prepared(request.param, tmp_path) as kind:
        yield kind


@pytest.fixture
def writers() -> Iterator[list[Writer]]:
    started: list[Writer] = []
    yield started
    for writer in started:
        writer.process.send_signal(signal.SIGCONT)
        writer.process.kill()
        writer.process.communicate()


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the leases of this process, and renew them, many times in a second."""
    look_and_renew_often(TTL_SECONDS, 0.05, monkeypatch.setattr)


def fresh() -> State:
    return State.fresh(PRINCIPAL, lineage="ab" * 16)


def test_a_state_is_read_as_it_was_written(any_kind: str, tmp_path: Path) -> None:
    store = open_store(any_kind, tmp_path, TTL_SECONDS)
    assert store.read() is None
    with store.locked():
        assert store.read() is None
        store.write(next_serial(fresh()))
        store.write(next_serial(next_serial(fresh())))
    again = open_store(any_kind, tmp_path, TTL_SECONDS).read()
    assert again is not None
    assert (again.serial, again.lineage) == (2, "ab" * 16)
    assert again.epoch == (0 if any_kind == LOCAL else 1)


@pytest.mark.slow
def test_racing_processes_lose_no_write(
    any_raced_kind: str, tmp_path: Path, writers: list[Writer]
) -> None:
    names = ("ana", "bo", "cy")
    writers += [Writer(any_raced_kind, tmp_path, who, "2", "0", "60") for who in names]
    assert [writer.end() for writer in writers] == [0, 0, 0]
    state = open_store(any_raced_kind, tmp_path, TTL_SECONDS).read()
    assert state is not None
    assert dict(state.avatars) == dict.fromkeys(names, "2")
    assert state.serial == 6


def test_racing_threads_lose_no_write(often: None) -> None:
    blobs = MemoryBlobs()

    def work(who: str) -> None:
        store = SharedStore(blobs, LeaseLock(blobs, Holder(who=who)))
        with store.locked(LockPatience(60)):
            state = store.read() or fresh()
            store.write(next_serial(replace(state, avatars={**state.avatars, who: "1"})))

    threads = [threading.Thread(target=work, args=(f"run {number}",)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = memory(blobs=blobs)[1].read()
    assert state is not None
    assert (state.serial, len(state.avatars), state.epoch) == (5, 5, 5)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_asked_to_end_gives_the_lock_back(
    any_raced_kind: str, tmp_path: Path, writers: list[Writer], end: signal.Signals
) -> None:
    writers.append(Writer(any_raced_kind, tmp_path, "ana", "0", "60"))
    assert writers[0].line() == {"held": "ana"}
    writers[0].process.send_signal(end)
    assert writers[0].end() == 130
    with open_store(any_raced_kind, tmp_path, TTL_SECONDS).locked(NOW):
        pass


def test_a_holder_that_shows_signs_of_life_is_left_alone(
    raced_kind: str, tmp_path: Path, writers: list[Writer], often: None
) -> None:
    writers.append(Writer(raced_kind, tmp_path, "ana", "1", "20"))
    assert writers[0].line() == {"held": "ana"}
    mine = open_shared(raced_kind, tmp_path, TTL_SECONDS)
    with pytest.raises(LockedError, match=r"another run holds the state \(ana"), mine.locked():
        raise AssertionError


def test_the_lock_of_a_killed_process_is_taken_over(
    any_raced_kind: str, tmp_path: Path, writers: list[Writer]
) -> None:
    writers.append(Writer(any_raced_kind, tmp_path, "ana", "0", "20", ttl=SHORT))
    assert writers[0].line() == {"held": "ana"}
    writers[0].process.kill()
    writers[0].end()
    told: list[str] = []
    mine = open_store(any_raced_kind, tmp_path, 60)
    if any_raced_kind in LASTING:
        assert isinstance(mine, SharedStore)
        with pytest.raises(LockedError, match="another run holds the state"), mine.locked():
            raise AssertionError
        seen = mine.lock.seen()
        assert seen is not None
        mine.break_(seen.id)
    with mine.locked(LockPatience(told=told.append)):
        mine.write(next_serial(fresh()))
    state = mine.read()
    assert state is not None
    if any_raced_kind in (LOCAL, *LASTING):
        assert not told
        return
    assert state.epoch == 2
    assert "taking it over if that run shows no sign of life for" in told[0]
    assert "taking the lock over: ana" in told[1]


def test_a_process_that_was_frozen_writes_no_more(
    raced_kind: str, tmp_path: Path, writers: list[Writer]
) -> None:
    writers.append(Writer(raced_kind, tmp_path, "ana", "1", "line", ttl=SELDOM_RENEWED))
    writers[0].line()
    writers[0].line()
    writers[0].freeze()
    mine = open_shared(raced_kind, tmp_path, 60, "bo")
    seen = mine.lock.seen()
    assert seen is not None
    mine.break_(seen.id)
    with mine.locked():
        writers[0].process.send_signal(signal.SIGCONT)
        assert writers[0].end("\n") == 7
        state = mine.read()
        assert state is not None
        mine.write(next_serial(state))
    left = mine.read()
    assert left is not None
    assert (left.serial, left.epoch, dict(left.avatars)) == (2, 2, {"ana": "1"})


def test_who_cannot_wait_is_told_who_holds_the_lock_and_what_to_do() -> None:
    """A job whose limit is shorter than the watching never takes a killed one's lock over."""
    blobs, stop = MemoryBlobs(), threading.Event()
    holder = Holder(who="ana", host="runner-7", operation="apply", ci_url="https://ci/jobs/1")
    theirs = SharedStore(blobs, LeaseLock(blobs, holder, ttl=120.0))
    mine = SharedStore(blobs, LeaseLock(blobs, Holder(who="bo"), ttl=120.0))
    told: list[str] = []

    def heard(line: str) -> None:
        told.append(line)
        stop.set()  # as its job is told to end

    with theirs.locked():
        seen = mine.lock.seen()
        assert seen is not None
        for patience in (LockPatience(told=heard, stop=stop), LockPatience(0.0)):
            with pytest.raises(LockedError) as raised, mine.locked(patience):
                raise AssertionError
            said = f"ana on runner-7, apply, https://ci/jobs/1, since {seen.since}"
            assert f"another run holds the state ({said}" in raised.value.message
            assert "more than 150 s takes its lock over" in str(raised.value.hint)
            assert f"storyboard lock break --id {seen.id}" in str(raised.value.hint)
    assert told == [
        f"the state is held by {said}; taking it over if that run shows no sign of life for 150 s"
    ]


def test_no_patience_is_a_refusal_at_once(any_kind: str, tmp_path: Path) -> None:
    theirs, mine = open_store(any_kind, tmp_path, 60), open_store(any_kind, tmp_path, 60)
    with theirs.locked():
        with pytest.raises(LockedError, match="another run holds the state"), mine.locked(NOW):
            raise AssertionError
        with theirs.locked():
            assert theirs.seconds_left() > 50
    with mine.locked(NOW):
        pass


def test_a_lock_is_broken_by_its_id_alone(kind: str, tmp_path: Path) -> None:
    theirs, mine = open_shared(kind, tmp_path, 60), open_shared(kind, tmp_path, 60)
    with theirs.locked():
        theirs.write(next_serial(fresh()))
        seen = mine.lock.seen()
        assert seen is not None
        with pytest.raises(UsageError, match="no run holds the lock with id 'other'"):
            mine.break_("other")
        assert mine.break_(seen.id).id == seen.id
        assert mine.lock.seen() is None
        with mine.locked(NOW):
            state = mine.read()
            assert state is not None
            assert state.epoch == (1 if kind in LASTING else 2)
        with pytest.raises(LockedError, match="was lost"):
            theirs.write(next_serial(next_serial(fresh())))


def test_a_broken_lock_ends_the_writes_at_once(kind: str, tmp_path: Path) -> None:
    """A run whose lock was broken wrote on until its next renewal, and ended as a success."""
    theirs, mine = open_shared(kind, tmp_path, 60), open_shared(kind, tmp_path, 60)
    for state in (fresh(), next_serial(fresh())):
        with theirs.locked(NOW):
            theirs.read()
            seen = mine.lock.seen()
            assert seen is not None
            mine.break_(seen.id)
            with pytest.raises(LockedError, match="broken with `storyboard lock break`"):
                theirs.write(next_serial(state))
            with pytest.raises(LockedError, match="broken with `storyboard lock break`"):
                theirs.seconds_left()
        with theirs.locked(NOW):
            theirs.write(next_serial(state))
    assert (mine.read() or fresh()).serial == 2


def test_a_break_leaves_alone_who_came_meanwhile() -> None:
    blobs, theirs = memory()
    other = memory(blobs=blobs)[1]
    with theirs.locked():
        theirs.write(next_serial(fresh()))
        seen = other.lock.seen()
        assert seen is not None
        breaking = memory(blobs=blobs)[1]
        fence, held = breaking._fence, ExitStack()

        def late(*given: Any, **named: Any) -> None:
            held.enter_context(other.locked(NOW))
            other.read()
            fence(*given, **named)

        breaking._fence = late  # type: ignore[method-assign]
        breaking.break_(seen.id)
        with held:
            other.write(next_serial(next_serial(fresh())))
    assert (other.read() or fresh()).serial == 2


def memory(
    ttl: float = 60, pauses: tuple[float, ...] = (), blobs: MemoryBlobs | None = None
) -> tuple[MemoryBlobs, SharedStore]:
    blobs = blobs or MemoryBlobs()
    lock = LeaseLock(blobs, Holder(who="ana"), ttl=ttl)
    return blobs, SharedStore(blobs, lock, pauses=pauses)


def test_a_lease_that_was_deleted_fences_whoever_had_it() -> None:
    blobs, zombie = memory()
    with zombie.locked():
        zombie.write(next_serial(fresh()))
        blobs.blobs.pop(LOCK)
        mine = SharedStore(blobs, LeaseLock(blobs, Holder()))
        with mine.locked(NOW):
            with pytest.raises(LockedError, match="was lost"):
                zombie.write(next_serial(next_serial(fresh())))
            assert (mine.read() or fresh()).epoch == 2


def test_a_write_is_tried_again_before_it_fails() -> None:
    blobs, store = memory(pauses=(0.0,))
    with store.locked():
        store.read()
        blobs.away = 1
        store.write(next_serial(fresh()))
        blobs.away = 2
        with pytest.raises(StateError, match="the state 'memory' could not be written: away"):
            store.write(next_serial(next_serial(fresh())))


def test_a_write_without_the_right_to_it_is_not_tried_again() -> None:
    blobs, store = memory(pauses=(3600.0,))
    with store.locked():
        store.read()
        refused = StateAccessError("refused", hint="ask for the right")
        blobs.put = lambda *given: _raise(refused)  # type: ignore[method-assign]
        with pytest.raises(StateError, match="could not be written: refused") as raised:
            store.write(next_serial(fresh()))
        assert raised.value.exit_code is ExitCode.STATE_NOT_WRITTEN
        del blobs.put  # type: ignore[method-assign]


def _raise(failure: Exception) -> Any:
    raise failure


_ODD = b'{"status": "held", "id": "x", "epoch": 1, "ttl": %s}'


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{}", b'{"status": "odd"}', b'{"status": "held", "id": 1}']
    + [_ODD % ttl for ttl in (b'"nan"', b'"inf"', b'"60"', b"true", b"null")],
)
def test_a_lease_that_cannot_be_read_is_taken_over_like_another(content: bytes) -> None:
    blobs, store = memory()
    with store.locked():
        store.write(next_serial(fresh()))
    blobs.put(LOCK, content, blobs.blobs[LOCK].tag)
    with pytest.raises(LockedError, match="an unknown run"), store.locked(NOW):
        raise AssertionError
    seen = store.lock.seen()
    assert seen is not None
    store.break_(seen.id)
    with store.locked(NOW):
        assert (store.read() or fresh()).epoch == 2


def test_answers_that_get_lost_lose_nothing() -> None:
    blobs, store = memory()
    blobs.lost = 1
    with store.locked():
        for serial in range(1, 4):
            blobs.lost = 1
            with pytest.raises(StateError):
                store.write(next_serial(next_serial(fresh())) if serial % 2 else fresh())
        store.write(next_serial(fresh()))
    assert parse_lease(blobs.blobs[LOCK].content).status is Status.FREE
    state = store.read()
    assert state is not None
    assert state.serial == 1


def test_a_fence_before_the_first_write_keeps_a_first_write_away() -> None:
    blobs, zombie = memory()
    with zombie.locked():
        assert zombie.read() is None
        blobs.blobs.pop(LOCK)
        mine = SharedStore(blobs, LeaseLock(blobs, Holder()))
        seen = LeaseLock(blobs, Holder(), ttl=60)
        with mine.locked(NOW):
            held = seen.seen()
            assert held is not None
            seen.break_(held.id)
        with mine.locked(NOW):
            assert mine.read() is None
        with pytest.raises(LockedError, match="was lost: another run took it"):
            zombie.write(next_serial(fresh()))
    assert zombie.read() is None


def _written() -> tuple[MemoryBlobs, SharedStore, dict[str, Any]]:
    blobs, store = memory()
    with store.locked():
        store.write(next_serial(fresh()))
    return blobs, store, json.loads(blobs.blobs[STATE].content)


def test_a_state_whose_keys_a_server_sorted_anew_is_that_state() -> None:
    """PostgreSQL's `jsonb` puts the shortest keys first, and `epoch` is the shortest of a state."""
    blobs, store, body = _written()
    by_length = sorted(body.items(), key=lambda item: (len(item[0]), item[0]))
    content = json.dumps(dict(by_length)).encode()
    assert content.startswith(b'{"epoch": ')
    blobs.put(STATE, content, blobs.blobs[STATE].tag)
    with store.locked():
        state = store.read()
    assert state is not None
    assert state.lineage == body["lineage"]


@pytest.mark.parametrize(
    "content",
    [
        b'{"epoch": 3, "lineage": "a',
        b'{"epoch": 1.5e300}',
        b'{"epoch": "3"}',
        b'{"epoch": true}',
        b'{"epoch": 3, "epoch": 4}',
        b'{"epoch": %s}' % (b"9" * 30),
    ],
)
@pytest.mark.parametrize("is_fenced", [False, True])
def test_what_only_begins_like_a_fence_is_damaged(content: bytes, is_fenced: bool) -> None:
    """To take it for no state at all would be to write over a state that was cut off."""
    blobs, store, _ = _written()
    blobs.put(STATE, content, blobs.blobs[STATE].tag)
    if is_fenced:
        blobs.blobs.pop(LOCK)
    with store.locked(), pytest.raises(StateError):
        store.read()
    assert blobs.blobs[STATE].content.startswith(content)


def test_a_fence_that_a_server_formatted_anew_is_a_fence() -> None:
    blobs, store, _ = _written()
    for content in (b'{"epoch":7}', b'{\n  "epoch": 7\n}\n'):
        blobs.put(STATE, content, blobs.blobs[STATE].tag)
        assert store.read() is None


@pytest.mark.parametrize("epoch", [1.5e300, "7", True, -1, 10**30])
def test_an_epoch_that_is_no_count_does_not_spoil_the_next_state(epoch: Any) -> None:
    blobs, store, body = _written()
    body.pop("checksum")
    text = format_body({**body, "epoch": epoch})[0]
    blobs.put(STATE, text.encode(), blobs.blobs[STATE].tag)
    with suppress(StateError), store.locked():
        store.read()
        store.write(next_serial(next_serial(fresh())))
    kept = json.loads(blobs.blobs[STATE].content)["epoch"]
    assert kept == epoch or kept < 10


@pytest.mark.slow
def test_a_lease_of_a_large_state_that_was_deleted_fences_too() -> None:
    """The epoch of whatever state can be read is read: without it nobody is kept away."""
    content = b'{"epoch": 7, "videos": [%s0]}' % (b"0," * (MOST_VALUES + 1))
    blobs = MemoryBlobs()
    blobs.put(STATE, content, None)
    store = memory(blobs=blobs)[1]
    with store.locked(), pytest.raises(StateError, match="is not a state"):
        store.read()
    assert parse_lease(blobs.blobs[LOCK].content).epoch == 8
    assert blobs.blobs[STATE].content == content + b"\n"


def test_a_lock_that_is_behind_its_state_is_no_lost_lock() -> None:
    """Somebody restored the lock's object from a copy, or copied a state beside another lock."""
    blobs, store, body = _written()
    body.pop("checksum")
    text = format_body({**body, "epoch": 57})[0]
    blobs.put(STATE, text.encode(), blobs.blobs[STATE].tag)
    with store.locked():
        state = store.read()
        assert state is not None
        store.write(next_serial(state))
        ahead = format_body({**body, "epoch": 99})[0]
        blobs.put(STATE, ahead.encode(), blobs.blobs[STATE].tag)
        with pytest.raises(LockedError, match="another run wrote"):
            store.read()


@pytest.mark.parametrize("epoch", [1 << 53, 1 << 60])
def test_an_epoch_that_counts_no_further_locks_nobody_out(epoch: int) -> None:
    blobs, store, _ = _written()
    lease = parse_lease(blobs.blobs[LOCK].content)
    blobs.put(LOCK, format_lease(replace(lease, epoch=epoch)), blobs.blobs[LOCK].tag)
    for _ in range(2):
        with store.locked():
            state = store.read()
            assert state is not None
            store.write(next_serial(state))


def renewals(blobs: MemoryBlobs) -> int:
    return parse_lease(blobs.blobs[LOCK].content).beat


def test_a_lease_tells_when_it_was_renewed(often: None) -> None:
    blobs, store = memory()
    with store.locked():
        eventually(lambda: renewals(blobs))
        seen = store.lock.seen()
        assert seen is not None
        assert seen.renewed >= seen.since


def test_a_place_that_is_away_for_a_while_ends_no_lease(often: None) -> None:
    blobs, clock = MemoryBlobs(), Clock()
    store = SharedStore(blobs, LeaseLock(blobs, Holder(who="ana"), clock=clock))
    with store.locked():
        blobs.away = 2
        eventually(lambda: not blobs.away)
        clock.seconds = TTL_SECONDS - 1
        before = renewals(blobs)
        # The first may have begun before; the second is noted by its holder before the third.
        eventually(lambda: renewals(blobs) > before + 2)
        clock.seconds = TTL_SECONDS + 1
        assert store.seconds_left() > 0
        blobs.away = 1 << 30
        clock.seconds = 3 * TTL_SECONDS
        with pytest.raises(LockedError, match="it could not be renewed in time"):
            store.seconds_left()
