"""Whoever guesses is slowed down; whoever is right is not, beside any number of guesses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from storyboard.studio.api import failures
from storyboard.studio.local import Studio
from storyboard.studio.records.guesses import (
    FREE,
    LONGEST,
    MOST_ADDRESSES,
    Guess,
    Guesses,
    TooManyGuesses,
)
from storyboard.studio.records.networks import network_of
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.support.databases import run_sql

Try = Callable[[Studio, str], httpx.Response]


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = open_test_studio(tmp_path)
    yield studio
    studio.close()


def service(studio: Studio, name: str, **form: str) -> httpx.Response:
    path = "/api_v3/service/{}/action/{}".format(*name.split("."))
    return Caller(studio, "").send("POST", path, data={"format": "1", **form})


def secret(studio: Studio, said: str) -> httpx.Response:
    return service(studio, "session.start", secret=said)


def signature(studio: Studio, said: str) -> httpx.Response:
    return Caller(studio, said).raw("video/list")


def service_signature(studio: Studio, said: str) -> httpx.Response:
    return service(studio, "session.get", ks=said)


def control_signature(studio: Studio, said: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {said}"}
    return Caller(studio, "").send("GET", "/__studio/media", headers=headers)


def page_key(studio: Studio, said: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {said}"}
    return Caller(studio, "").send("POST", "/__studio/session", headers=headers)


def app_token(studio: Studio, said: str) -> httpx.Response:
    """Guess the id of an app token, or the hash of one that is there."""
    ks = studio.admin_session()
    return service(studio, "appToken.startSession", ks=ks, id=said, tokenHash=said)


def app_token_hash(studio: Studio, said: str) -> httpx.Response:
    with studio.workspace.store.read() as tx:
        [row, *_] = run_sql(tx, "SELECT id FROM app_tokens")
    ks = studio.admin_session()
    return service(studio, "appToken.startSession", ks=ks, id=row["id"], tokenHash=said)


TRIES: tuple[Try, ...] = (
    secret,
    signature,
    service_signature,
    control_signature,
    page_key,
    app_token,
    app_token_hash,
)


def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the seconds that answers are held back for, which pass at once."""
    waited, sleep = list[float](), asyncio.sleep

    async def no_sleep(seconds: float) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr(failures, "asyncio", SimpleNamespace(sleep=no_sleep))
    return waited


@pytest.mark.parametrize("attempt", TRIES)
def test_a_guesser_is_slowed_and_told_when_to_come_again(
    studio: Studio, attempt: Try, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.variables()
    statuses = [attempt(studio, f"guess{number}").status_code for number in range(FREE)]
    assert set(statuses) == {200}
    waited = waits(monkeypatch)
    told = attempt(studio, "guess-again")
    assert told.status_code == 429
    assert int(told.headers["retry-after"]) >= 1
    assert told.headers["connection"] == "close"
    assert [seconds > 0.2 for seconds in waited] == [True]
    assert "guess-again" not in told.text


@pytest.mark.slow
def test_who_is_right_is_answered_at_once_beside_a_guesser(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = caller(studio)
    for attempt in (secret, signature, page_key):
        for number in range(FREE + 1):
            attempt(studio, f"guess{number}")
    waited = waits(monkeypatch)
    assert secret(studio, "guess").status_code == 429
    assert len(waited) == 1
    assert user("video/list")["totalCount"] == 0
    assert isinstance(secret(studio, studio.admin_secret).json(), str)
    assert page_key(studio, studio.page_url.partition("#key=")[2]).json()["ks"]
    assert control_signature(studio, studio.admin_session()).json() == {"objects": []}
    assert len(waited) == 1


def test_an_old_session_is_one_guess_however_often_it_comes(studio: Studio) -> None:
    assert {signature(studio, "old").status_code for _ in range(3 * FREE)} == {200}


def test_the_wait_grows_to_a_bound_and_is_forgotten() -> None:
    now = [0.0]
    guesses = Guesses(lambda: now[0])

    def wrong(number: int, address: str = "192.0.2.1") -> float:
        try:
            guesses.note_wrong(address, Guess.SECRET, str(number))
        except TooManyGuesses as cause:
            return cause.seconds
        return 0

    waits = [wrong(number) for number in range(FREE + 40)]
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE:] == sorted(waits[FREE:])
    assert (min(waits[FREE:]) > 0, max(waits)) == (True, LONGEST)
    assert wrong(1, "192.0.2.2") == 0
    now[0] += 3600
    assert wrong(2) == 0


def test_the_kinds_do_not_slow_each_other() -> None:
    guesses = Guesses()
    for number in range(FREE):
        guesses.note_wrong("192.0.2.1", Guess.SECRET, str(number))
    with pytest.raises(TooManyGuesses):
        guesses.note_wrong("192.0.2.1", Guess.SECRET, "x")
    guesses.note_wrong("192.0.2.1", Guess.SIGNATURE, "x")


def test_any_number_of_addresses_takes_bounded_memory() -> None:
    guesses = Guesses()
    for number in range(3 * MOST_ADDRESSES):
        guesses.note_wrong(
            f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}", Guess.SECRET, ""
        )
    assert len(guesses._records) == MOST_ADDRESSES


def test_this_machine_is_one_address() -> None:
    """Any of its programs has 127.0.0.1 to 127.255.255.254, and `::1`."""
    here = {"127.0.0.1", "127.0.0.2", "127.255.0.9", "::1", "::ffff:127.0.0.3"}
    assert len({network_of(address) for address in here}) == 1
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("192.0.2.2")
    guesses = Guesses()
    for number in range(FREE):
        guesses.note_wrong(f"127.0.0.{number + 1}", Guess.SECRET, str(number))
    with pytest.raises(TooManyGuesses):
        guesses.note_wrong("127.0.9.9", Guess.SECRET, "x")


def test_a_network_of_a_host_is_one_address() -> None:
    guesses = Guesses()
    for number in range(FREE):
        guesses.note_wrong(f"2001:db8:1:2::{number + 1:x}", Guess.SECRET, str(number))
    with pytest.raises(TooManyGuesses):
        guesses.note_wrong("2001:db8:1:2::ffff", Guess.SECRET, "x")
    guesses.note_wrong("2001:db8:1:3::1", Guess.SECRET, "x")
