"""Jobs that no live worker can take: known to each process that shares the queue, told once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storyboard.studio.jobs.lookout import PATIENCE, Lookout, told_of
from storyboard.studio.records import live_workers, queue
from storyboard.studio.records.clock import AdjustableClock
from storyboard.studio.records.live_workers import Makes, Unmet, leave, say
from storyboard.studio.records.owner import this_machine, this_process
from storyboard.studio.records.queue import ANY_WAY, COMPOSITION, FILM, Way
from storyboard.studio.records.shared_control import SharedControl
from storyboard.studio.records.store import Store
from storyboard.studio.records.table_queue import TableQueue
from tests.contract.studio_rig import caller, open_test_studio
from tests.support.databases import DATABASES, opened, run_sql
from tests.support.passing_time import Clock

ELSEWHERE = "0123456789ab.17.1.0"
FILMS, OWN, THEIRS = Makes(FILM, ""), Makes(COMPOSITION, ""), Makes(COMPOSITION, "5eed")


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as until_end:
        yield opened(request.param, tmp_path, until_end)


def waits(store: Store, kind: str, needs: str | None, video: str = "v") -> None:
    with store.write() as tx:
        queue.enqueue(tx, kind, video, "", 7.0, way=ANY_WAY if needs is None else Way(needs=needs))


def unmet(store: Store) -> list[Unmet]:
    with store.read() as tx:
        return live_workers.unmet(tx)


@pytest.mark.parametrize(
    ("kind", "needs", "makes", "is_met"),
    [
        (FILM, "", (), False),
        (FILM, "", (FILMS, OWN), True),
        (FILM, "", (OWN,), False),
        (FILM, None, (FILMS,), True),
        (FILM, None, (OWN,), False),
        (COMPOSITION, "5eed", (FILMS, OWN), False),
        (COMPOSITION, "5eed", (THEIRS,), True),
        (COMPOSITION, "", (THEIRS,), False),
        (COMPOSITION, None, (THEIRS,), True),
    ],
)
def test_a_job_waits_for_a_worker_that_has_what_it_needs(
    store: Store, kind: str, needs: str | None, makes: tuple[Makes, ...], is_met: bool
) -> None:
    waits(store, kind, needs)
    if makes:
        say(store, ELSEWHERE, makes)
    assert unmet(store) == ([] if is_met else [Unmet(kind, needs, 1, 7.0)])


@pytest.mark.parametrize(
    ("owner", "stays"),
    [(this_process("0"), True), (f"{this_machine()}.1.0.0", False), (ELSEWHERE, False)],
    ids=["late", "dead", "late elsewhere"],
)
def test_what_was_set_stays_while_a_process_lives_that_goes_by_it(
    store: Store, owner: str, stays: bool
) -> None:
    """A machine that slept had its leases lapse, and the next server deleted its faults."""
    control = SharedControl(store, AdjustableClock(time.time))
    with control.changing() as tx:
        control.change(tx, is_held=True)
    say(store, owner, (FILMS,))
    with store.write() as tx:
        run_sql(tx, "UPDATE live_workers SET lease_until = 1.0")
    control.begin()
    assert control.look().is_held is stays


def test_a_worker_lives_as_long_as_it_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits(store, FILM, "")
    waits(store, FILM, "", "w")
    say(store, ELSEWHERE, [FILMS])
    assert unmet(store) == []
    leave(store, ELSEWHERE)
    assert unmet(store) == [Unmet(FILM, "", 2, 7.0)]
    monkeypatch.setattr(queue, "LEASE_SECONDS", -1.0)
    say(store, ELSEWHERE, [FILMS])
    assert unmet(store) == [Unmet(FILM, "", 2, 7.0)]
    monkeypatch.undo()
    say(store, ELSEWHERE, [FILMS])
    assert unmet(store) == []


def test_a_killed_worker_of_this_machine_does_not_live(store: Store) -> None:
    waits(store, FILM, "")
    say(store, f"{this_machine()}.1.never.0", [FILMS])
    assert unmet(store) != []
    say(store, this_process("x"), [FILMS])
    assert unmet(store) == []


def test_who_ended_without_a_word_is_forgotten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "LEASE_SECONDS", -1.0)
    say(store, ELSEWHERE, [FILMS])
    monkeypatch.undo()
    say(store, "another", [FILMS])
    leave(store, "a third")
    with store.read() as tx:
        assert [row["owner"] for row in tx.rows("live_workers.rows")] == ["another"]


def test_a_worker_of_an_earlier_version_is_known_by_its_job(store: Store) -> None:
    """It does not say that it lives; jobs wait behind the one that it has."""
    waits(store, FILM, "")
    waits(store, FILM, "", "w")
    job = TableQueue(store).claim(ELSEWHERE, FILM)
    assert job is not None
    assert unmet(store) == []
    with store.write() as tx:
        run_sql(tx, "UPDATE jobs SET lease_until=0 WHERE seq=?", job.seq)
    assert unmet(store) == [Unmet(FILM, "", 2, 7.0)]


def test_what_another_version_says_is_nothing(store: Store) -> None:
    waits(store, FILM, "")
    for makes in ("{", "7", "[7]", '[["generate"]]', "null"):
        with store.write() as tx:
            tx.run("live_workers.say", owner=ELSEWHERE, makes=makes, lease_until=9e12)
        assert unmet(store) != []


def test_it_is_logged_once_for_each_need_and_again_after_it_was_met(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "storyboard.studio")
    clock, studio = Clock(), open_test_studio(tmp_path, workers=0)
    lookout, store = Lookout(studio.workspace, clock), studio.workspace.store

    def look(seconds: float = 0.0) -> list[str]:
        clock.seconds += seconds
        caplog.clear()
        lookout.look()
        return [record.getMessage() for record in caplog.records]

    user = caller(studio)
    user("video/generate", id=user.video())
    assert look() == look(PATIENCE / 2) == []
    [told] = look(PATIENCE / 2)
    assert told.startswith("1 film waits, and no worker is there to make it")
    user("video/generate", id=user.video(name="another"))
    waits(store, COMPOSITION, "5eed")
    assert look() == look(PATIENCE / 2) == []
    [told] = look(PATIENCE / 2)
    assert told.startswith("1 composition waits for the composer 5eed")
    say(store, ELSEWHERE, [FILMS])
    assert look() == ["no film waits for a worker any more"]
    leave(store, ELSEWHERE)
    assert look() == []
    [told] = look(PATIENCE)
    assert told.startswith("2 films wait, and no worker")
    studio.close()


def test_a_composer_of_the_studios_own_is_named() -> None:
    told = told_of(Unmet(COMPOSITION, "", 2, 0.0))
    assert told.startswith("2 compositions wait for the local studio's own composer")
