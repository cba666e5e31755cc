"""Which app tokens are in use: their last use, written now and then, and the end of old ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.studio.api import app_tokens
from storyboard.studio.local import Studio
from storyboard.studio.records import session_rows, token_uses
from storyboard.studio.records.session_rows import KeptAppToken, Maker
from storyboard.studio.records.store import Store
from storyboard.studio.records.token_uses import TokenUses
from tests.contract.studio_rig import Caller, caller, open_test_studio
from tests.contract.test_sessions import Clock, exchange, new_token
from tests.support.databases import ALONE_IN_SQLITE, rows_of_run, run_sql

DAY = 86_400.0


def kept(studio: Studio, token_id: str) -> KeptAppToken:
    found = app_tokens.listed_app_tokens(studio.workspace)
    return next(each for each in found if each.token.id == token_id)


def write(studio: Studio) -> None:
    studio.workspace.token_uses.write(studio.workspace.store, pause=0.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def timed(tmp_path: Path, clock: Clock) -> Iterator[Studio]:
    database = rows_of_run()
    with open_test_studio(tmp_path / "w", workers=0, clock=clock, database=database) as studio:
        yield studio


def test_each_use_of_a_token_counts_and_no_other_session_does(timed: Studio, clock: Clock) -> None:
    token, other = (new_token(timed, hashType="SHA256", sessionUserId="a") for _ in range(2))
    made = clock.now
    assert kept(timed, token["id"]).used_at == 0
    clock.now += 10
    user = Caller(timed, exchange(timed, token)["ks"])
    write(timed)
    assert kept(timed, token["id"]).used_at == made + 10
    clock.now += 3600  # a call with a session that it started long ago
    assert user("video/list")["totalCount"] == 0
    caller(timed)("video/list")
    write(timed)
    now = kept(timed, token["id"])
    assert (now.created_at, now.used_at, now.made_by) == (made, clock.now, Maker.API)
    assert kept(timed, other["id"]).used_at == 0


def test_a_wrong_exchange_is_no_use(timed: Studio) -> None:
    token = new_token(timed, hashType="SHA256")
    assert exchange(timed, token, tokenHash="0" * 64)["code"] == "INVALID_APP_TOKEN_HASH"
    write(timed)
    assert kept(timed, token["id"]).used_at == 0


def test_the_key_of_the_pages_is_a_use_of_its_token(timed: Studio, clock: Clock) -> None:
    """Else whoever ends unused tokens shuts out all who open the pages each day."""
    key, page = timed.page_key, app_tokens.page_token(timed.workspace, "local")
    assert page is not None
    assert (kept(timed, page).made_by, kept(timed, page).used_at) == (Maker.STUDIO, 0)
    clock.now += 50
    for said, used_at in (("wrong", 0), (key, clock.now)):
        headers = {"Authorization": f"Bearer {said}"}
        Caller(timed, "").send("POST", "/__studio/session", headers=headers)
        write(timed)
        assert kept(timed, page).used_at == used_at


def test_calls_write_nothing_and_the_row_is_written_now_and_then(timed: Studio) -> None:
    ticks, written = [1000.0], []
    uses = TokenUses(lambda: ticks[0])

    def write() -> None:
        uses.write(Counted())  # type: ignore[arg-type]

    class Counted:
        def write_loosely(self) -> object:
            written.append(ticks[0])
            return timed.workspace.store.write_loosely()

    token = new_token(timed)["id"]
    for number in range(1000):
        uses.note(token, 5000.0 + number)
        write()
        ticks[0] += 1
    assert written == [1000.0, 1000 + token_uses.PAUSE, 1000 + 2 * token_uses.PAUSE, 1900.0]
    assert kept(timed, token).used_at == 5000 + 900


def test_a_studio_that_ends_writes_what_it_saw(tmp_path: Path) -> None:
    with open_test_studio(tmp_path / "w", workers=0, database=rows_of_run()) as studio:
        token = new_token(studio, hashType="SHA256")
        exchange(studio, token)
    with open_test_studio(tmp_path / "w", workers=0, database=rows_of_run()) as studio:
        assert kept(studio, token["id"]).used_at > 0


def test_unused_tokens_are_found_and_end_with_their_sessions(timed: Studio, clock: Clock) -> None:
    old, used = (new_token(timed, hashType="SHA256", sessionUserId="a") for _ in range(2))
    asleep = exchange(timed, old, expiry=86_400)["ks"]
    clock.now += 40 * DAY
    young = new_token(timed, hashType="SHA256")
    exchange(timed, used)
    write(timed)

    def unused(days: int) -> set[str]:
        return {each.token.id for each in app_tokens.listed_app_tokens(timed.workspace, days)}

    assert unused(30) & {each["id"] for each in (old, used, young)} == {old["id"]}
    assert unused(41) & {old["id"]} == set()
    assert app_tokens.end_app_tokens(timed.workspace, [old["id"], "1_nothing"]) == [old["id"]]
    assert exchange(timed, old)["code"] == "APP_TOKEN_ID_NOT_FOUND"
    clock.now -= 40 * DAY
    assert Caller(timed, asleep)("video/list")["code"] == "INVALID_KS"


def test_uses_are_of_the_real_time(timed: Studio, clock: Clock) -> None:
    """A clock that is set ahead would end tokens of today, or keep them for months."""
    before = new_token(timed, hashType="SHA256")
    caller(timed).control("POST", "clock", json={"advance": 400 * DAY})
    ahead = new_token(timed, hashType="SHA256")
    exchange(timed, ahead)
    write(timed)

    def unused() -> set[str]:
        found = {each.token.id for each in app_tokens.listed_app_tokens(timed.workspace, 90)}
        return found & {before["id"], ahead["id"]}

    assert unused() == set()
    caller(timed).control("DELETE", "clock")
    assert (kept(timed, ahead["id"]).used_at, unused()) == (clock.now, set())
    clock.now += 91 * DAY
    assert unused() == {before["id"], ahead["id"]}


def test_a_token_of_an_older_server_beside_newer_ones_was_watched_since_it_was_made(
    timed: Studio, clock: Clock
) -> None:
    token = new_token(timed)["id"]
    with timed.workspace.store.write() as tx:
        run_sql(tx, "UPDATE app_tokens SET made_by='', watched_from=0")
    assert kept(timed, token).unused_since == clock.now


@ALONE_IN_SQLITE
def test_what_an_earlier_version_made_is_not_unused_at_once(timed: Studio) -> None:
    """It noted no use: all tokens in use would be ended on the day of the upgrade."""
    store: Store = timed.workspace.store
    token = new_token(timed)["id"]
    with store.write() as tx:
        now = 1_800_000_000.0 + 400 * DAY
        run_sql(tx, "UPDATE app_tokens SET made_by='', watched_from=?", now)
    with store.read() as tx:
        [each] = [each for each in session_rows.kept_app_tokens(tx) if each.token.id == token]
    assert (each.made_by, each.unused_since) == (Maker.UNKNOWN, now)


def test_who_made_a_token_may_be_known_to_later_versions_alone() -> None:
    assert Maker("a-later-way") is Maker.UNKNOWN
