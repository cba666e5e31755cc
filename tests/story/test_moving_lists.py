"""A list that lags, is empty once or moves while it is read: what it lacks is not deleted."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from storyboard.commands.wait import End, Patience, watch_films
from storyboard.errors import ExitCode, GuardError, StudioError
from storyboard.plan.action import Action
from storyboard.video import Video
from tests.support.tiny_studio import TinyStudio, connect
from tests.support.videos import World, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."
WANTED = tuple(video(f"q{i}", WELCOME) for i in range(4))
EDITED = (video("q0", METRICS), *WANTED[1:])


@dataclass
class Moving(TinyStudio):
    """Pages of two; `meanwhile` is called with the number of each page before it is told.

    It returns which videos, by id, that page knows nothing of.
    """

    meanwhile: Callable[[int], set[str]] = lambda number: set()
    listed: int = 0

    def _video_list(self, body: dict[str, Any]) -> Any:
        lacks = self.meanwhile(self.listed)
        self.listed += 1
        body["pager"]["limit"] = min(2, body["pager"]["limit"])
        kept = self.videos
        self.videos = {id_: item for id_, item in kept.items() if id_ not in lacks}
        try:
            return super()._video_list(body)
        finally:
            self.videos = kept


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path, Moving(film_polls=1))
    assert world.apply(*WANTED).exit_code is ExitCode.OK
    return world


def moving(world: World) -> Moving:
    assert isinstance(world.studio, Moving)
    world.studio.listed = 0
    return world.studio


def pages_of(world: World, *wanted: Video) -> int:
    """Count the pages that an apply of an edit and the way back read."""
    studio = moving(world)
    world.apply(*wanted)
    pages = studio.listed
    world.apply(*WANTED)
    return pages


def empty_at(world: World, number: int) -> Callable[[int], set[str]]:
    return lambda page: set(world.studio.videos) if page == number else set()


def test_a_list_that_is_empty_once_makes_nothing_twice(world: World) -> None:
    """Whichever it is: that of the plan, of the search for conflicts, of a poll."""
    for number in range(pages_of(world, *EDITED)):
        wanted = EDITED if number % 2 == 0 else WANTED
        moving(world).meanwhile = empty_at(world, number)
        assert world.apply(*wanted).exit_code is ExitCode.OK, number
    moving(world).meanwhile = lambda page: set()
    assert not world.plan(*wanted).has_changes
    assert (len(world.studio.videos), world.studio.count("video/add")) == (4, 4)


def test_a_list_that_lags_makes_nothing_twice(tmp_path: Path) -> None:
    """It shows a video only when nine more pages were told."""
    since: dict[str, int] = {}

    def lags(page: int) -> set[str]:
        return {id_ for id_ in studio.videos if page - since.setdefault(id_, page) < 9}

    studio = Moving(meanwhile=lags, film_polls=1)
    world = World(tmp_path, studio)
    for wanted in (WANTED[:2], WANTED, EDITED):
        assert world.apply(*wanted).exit_code is ExitCode.OK
        assert not world.plan(*wanted).has_changes
    assert (len(studio.videos), studio.count("video/add")) == (4, 4)


def test_a_list_that_never_shows_a_video(world: World) -> None:
    hidden = world.studio.by_name("Film q0")["id"]
    moving(world).meanwhile = lambda page: {hidden}
    assert world.apply(*EDITED).exit_code is ExitCode.OK
    assert not world.plan(*EDITED).has_changes
    assert world.apply(*EDITED[1:], prune=True).exit_code is ExitCode.OK
    assert hidden not in world.studio.videos
    assert world.studio.count("video/add") == 4


@pytest.mark.parametrize("number", [0, 1])
def test_a_list_that_is_empty_once_hides_no_twins(world: World, number: int) -> None:
    """The state is lost, and the list that would have shown all videos of these names is empty."""
    shutil.rmtree(world.store.copies.folder)
    for path in world.folder.glob("state.json*"):
        path.unlink()
    moving(world).meanwhile = empty_at(world, number)
    outcome = world.apply(*WANTED, allow_twins=number == 1)
    if number == 0:
        assert outcome.exit_code is ExitCode.CONFLICT
        assert "which was not there when the plan was made" in (outcome.actions[0].message or "")
    assert len(world.studio.videos) == (4 if number == 0 else 8)


def test_a_video_that_is_really_gone_is_made_again(world: World) -> None:
    del world.studio.videos[world.studio.by_name("Film q0")["id"]]
    plan = world.plan(*WANTED)
    assert [action for _, action in plan.actions] == [Action.CREATE, Action.GENERATE]


@pytest.mark.parametrize("counts", [True, False], ids=["with a total", "without a total"])
def test_others_who_delete_between_the_pages(
    world: World, counts: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each deletion moves what follows a place up: one video falls between two pages."""
    monkeypatch.setattr("storyboard.kaltura.pages.PAGE", 2)
    told = Moving._video_list
    if not counts:
        monkeypatch.setattr(
            Moving, "_video_list", lambda self, body: {**told(self, body), "totalCount": None}
        )
    for number in range(1, 8):
        theirs = [world.studio._video_add({"name": f"T{i}", "scenes": []})["id"] for i in range(4)]

        def delete(page: int, n: int = number, ids: list[str] = theirs) -> set[str]:
            if page == n:
                world.studio.videos.pop(ids[-1])
            return set()

        moving(world).meanwhile = delete
        assert not world.plan(*WANTED).has_changes
        for id_ in theirs:
            world.studio.videos.pop(id_, None)
    assert world.studio.count("video/add") == 4


def test_a_list_that_moves_each_time_is_an_error(world: World) -> None:
    def others(page: int) -> set[str]:
        world.studio._video_add({"name": "Theirs", "scenes": []})
        return set()

    moving(world).meanwhile = others
    with pytest.raises(StudioError, match="changed each of the 3 times that it was read"):
        world.plan(*WANTED)
    assert moving(world).listed < 40


def test_what_waits_asks_for_what_a_list_lacks(world: World) -> None:
    async def work() -> list[End]:
        client, transport = connect(world.studio)
        try:
            waited = await watch_films(client, world.state, (), 10.0, Patience())
            return [item.end for item in waited]
        finally:
            await transport.aclose()

    hidden = set(world.studio.videos)
    moving(world).meanwhile = lambda page: hidden
    assert asyncio.run(work()) == [End.READY] * 4
    gone = world.studio.by_name("Film q2")["id"]
    del world.studio.videos[gone]
    assert asyncio.run(work()) == [End.READY, End.READY, End.GONE, End.READY]


def test_many_that_are_missing_are_asked_for_some_at_once(tmp_path: Path) -> None:
    wanted = [video(f"v{i:02}", WELCOME) for i in range(20)]
    world = World(tmp_path)
    world.apply(*wanted, generate=False)
    kept, world.studio.videos = world.studio.videos, {}
    world.studio.most_at_once = 0
    with pytest.raises(GuardError, match="20 of 20 applied videos are missing"):
        world.plan(*wanted, generate=False)
    assert world.studio.count("video/get") == 20
    assert 1 < world.studio.most_at_once <= 8
    world.studio.videos = kept
    lists = iter([{"objects": [], "totalCount": 0}])
    told = world.studio._video_list
    world.studio._video_list = lambda body: next(lists, None) or told(body)  # type: ignore[method-assign]
    assert not world.plan(*wanted, generate=False).has_changes
    assert world.studio.count("video/get") == 20
