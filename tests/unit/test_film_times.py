"""How long films are expected to take, and to be waited for, by what earlier ones took."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storyboard.plan.film_times import expected_seconds, expected_wait, film_rate, most_at_once
from storyboard.plan.plan import make_plan
from storyboard.source.schema import explain
from storyboard.state.model import FilmRecord, ObjectRecord, State, VideoRecord
from storyboard.video import Address
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_markdown import render_plan_markdown
from storyboard.views.plan_text import render_plan_text
from tests.support.plans import current, remote
from tests.support.tiny_studio import PRINCIPAL
from tests.support.videos import video

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def film(ended: float, took: float | None, work: float | None = 30.0, when: str = "") -> FilmRecord:
    made_at = when or (NOON + timedelta(seconds=ended)).isoformat(timespec="seconds")
    return FilmRecord("sha256:x", "1_x", made_at, took, None, work)


def state(*films: FilmRecord) -> State:
    made = State.fresh(PRINCIPAL)
    for number, each in enumerate(films):
        record = VideoRecord(ObjectRecord(f"v{number}"), films=(each,))
        made = made.with_video(Address(f"q{number}", None), record)
    return made


@pytest.mark.parametrize(
    ("films", "at_once"),
    [
        ([], 0),
        ([film(60, None)], 0),  # of an older program, which did not keep how long it took
        ([film(60, 60)], 1),
        ([film(60, 60), film(120, 60)], 1),
        ([film(60, 60), film(119, 60)], 1),  # seen late, since the studio is asked now and then
        ([film(60, 60), film(118, 60)], 1),  # the end of one and the begin of the next: at once
        ([film(60, 60), film(90, 60)], 2),
        ([film(60, 60)] * 3, 3),
        ([film(60, 60), film(60, 60), film(120, 60), film(120, 60)], 2),
        ([film(60, 0.2), film(60, 0.2)], 1),  # the state has whole seconds
        ([film(60, 9.0), film(60, 0.2)], 1),
        ([film(0, 60, when="yesterday"), film(60, 60)], 1),
        ([film(0, 60, when="9999-12-31T23:59:59"), film(60, 60)], 1),
        ([film(60, 60, work=0.0), film(60, 60)], 1),  # attached to, and not seen from its beginning
    ],
)
def test_how_many_were_made_at_once(films: list[FilmRecord], at_once: int) -> None:
    assert most_at_once(state(*films)) == at_once


def test_only_the_last_films_count() -> None:
    old = [film(60, 600) for _ in range(20)]
    new = [film(100_000 + 100 * number, 30.5, when="") for number in range(20)]
    assert film_rate(state(*old)) == pytest.approx(599.5 / 30)
    assert film_rate(state(*old, *new)) == pytest.approx(1.0)
    assert most_at_once(state(*old, *new)) == 1
    assert film_rate(state()) is None
    assert expected_seconds(None, 30) is None


@pytest.mark.parametrize(
    ("films", "at_once", "wait"),
    [
        ([], 3, None),
        ([10.0, None], 3, None),
        ([10.0], 3, 10.0),
        ([10.0, 20.0, 30.0], 1, 60.0),
        ([10.0, 20.0, 30.0], 2, 30.0),
        ([10.0, 20.0, 30.0], 9, 30.0),  # never sooner than the longest
        ([10.0] * 8, 4, 20.0),
        ([10.0] * 8, 0, 80.0),
    ],
)
def test_how_long_films_are_waited_for(
    films: list[float | None], at_once: int, wait: float | None
) -> None:
    assert expected_wait(films, at_once) == wait


def test_a_plan_says_how_long_its_films_are_waited_for_in_every_form() -> None:
    wanted = [
        video(f"q{number}", "Welcome to the overview of this quarter.") for number in range(4)
    ]
    for made, told, seconds in (
        ((), "waiting time unknown (no film was timed here yet)", None),
        ((film(60, 60.5),), "about 25 s to wait (one at a time, as before)", 23.6),
        ((film(60, 60.5), film(60, 60.5)), "about 12 s to wait (2 at once, as before)", 11.8),
    ):
        known = replace(state(*made), videos={
            Address(f"old{number}", None): record
            for number, record in enumerate(state(*made).videos.values())
        })  # fmt: skip
        there = [remote(wanted[0], id=f"v{number}") for number in range(len(made))]
        plan = make_plan(wanted, known, current(*there))
        assert told in render_plan_text(plan)
        assert told in render_plan_markdown(plan, environment="production")
        body = json.loads(render_plan_json(plan))
        assert explain("plan", body) == ()
        assert (body["films"]["count"], body["films"]["expectedWaitSeconds"]) == (4, seconds)
        assert body["films"]["atOnce"] == len(made)
    alone = make_plan(wanted[:1], known, current(*there))
    assert "about 5.9 s to wait ·" in render_plan_text(alone)
