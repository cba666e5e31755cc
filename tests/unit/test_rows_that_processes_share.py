"""Rows that several processes go by: who comes late or is killed harms none of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storyboard.studio.records import pairing
from storyboard.studio.records.clock import AdjustableClock, Setting
from storyboard.studio.records.coming_files import coming
from storyboard.studio.records.shared_control import SharedControl
from storyboard.studio.records.store import Store
from tests.support.databases import DATABASES, opened, run_sql
from tests.support.passing_time import Clock


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with ExitStack() as until_end:
        yield opened(request.param, tmp_path, until_end)


def test_of_two_places_of_files_a_database_says_the_first(store: Store) -> None:
    """Two servers that begin at once, each with a bucket of its own, shared the rows."""
    before = pairing.pairing_of(store)
    assert pairing.record(store, before, "one")
    assert not pairing.record(store, before, "another")
    assert pairing.record(store, before, "one"), "which a start that was killed says again"
    assert pairing.pairing_of(store).files == "one"


def test_what_a_thread_read_earlier_changes_nothing_later(store: Store) -> None:
    clock = AdjustableClock(Clock())
    control = SharedControl(store, clock)
    for offset in (7.0, 9.0):
        with control.changing() as tx:
            control.change(tx, time=Setting(offset))
        if offset == 7.0:
            with store.read() as tx:
                early = tx.row("control.find")
    assert control.follow_row(early).time.offset == clock.offset == 9.0


def test_what_a_killed_process_was_sending_is_forgotten_after_a_day(store: Store) -> None:
    with store.write() as tx:
        for token, until in (("killed", 1.0), ("sends", 1e12)):
            tx.run("coming_files.add", token=token, blob="ab/c.mp4", keep_until=until)
    with coming(store, "ab/d.mp4"):
        pass
    with store.read() as tx:
        left = [row["token"] for row in run_sql(tx, "SELECT token FROM coming_files")]
    assert left == ["sends"]
