"""A run is killed, and the next commit is another one: no option is needed, no film is forgotten.

Nobody edits anything in the studio, unless a test says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from storyboard.errors import ExitCode
from storyboard.plan.nonce_mark import marked_name
from storyboard.state.format import format_state, parse_state
from storyboard.video import Hold, Video
from tests.support.tiny_studio import Fault, TinyStudio
from tests.support.videos import World, video

COMMITS = [video("q1", f"Welcome to overview {number} of this quarter.") for number in range(3)]
BY_HAND = [{"layoutType": "full-screen", "narration": {"text": "Words of somebody."}}]
BACK, ON = (0, 1, 0), (0, 1, 2)


class Killed(BaseException):
    """The process is gone."""


@dataclass
class KillingStudio(TinyStudio):
    """A studio whose caller is killed before it has the answer to one of its calls."""

    calls_left: int = -1

    def _answer(self, action: str, body: dict[str, Any]) -> Any:
        self.calls_left -= 1
        answer = super()._answer(action, body)
        if self.calls_left == 0:
            raise Killed
        return answer


@dataclass(frozen=True)
class Kill:
    """Where a run is killed: at its nth `checkpoint`, or that of a name, or in its nth `call`."""

    number: int
    where: str


@dataclass
class Days:
    """A project whose first commit is applied, filmed and published."""

    folder: Path
    ready_edits: str = "to-draft"
    world: World = field(init=False)
    studio: KillingStudio = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.studio = KillingStudio(ready_edits=self.ready_edits)
        self.world = World(self.folder, self.studio)
        self.apply(COMMITS[0])

    def apply(self, wanted: Video, **options: Any) -> None:
        outcome = self.world.apply(wanted, **options)
        assert outcome.exit_code is ExitCode.OK, outcome

    def killed(self, wanted: Video, kill: Kill) -> bool:
        """Apply and be killed; False where the run came to its end before."""
        left, usual = [kill.number], self.world.options

        def checkpoint(point: str) -> None:
            left[0] -= kill.where in ("checkpoint", point)
            if left[0] == 0:
                raise Killed

        if kill.where == "call":
            left[0], self.studio.calls_left = -1, kill.number
        self.world.options = replace(usual, checkpoint=checkpoint)
        try:
            self.world.apply(wanted)
        except (Killed, BaseExceptionGroup):
            return True
        finally:
            self.world.options, self.studio.calls_left = usual, -1
        return False

    def wait(self) -> None:
        """Let what the studio makes come to its end."""
        for _ in range(self.studio.film_polls):
            for video_id in self.studio.videos:
                self.studio._looked(video_id)

    @property
    def held(self) -> dict[str, Any]:
        [held] = self.studio.videos.values()
        return held

    @property
    def record(self) -> Any:
        [record] = self.world.state.videos.values()
        return record

    def edit(self) -> None:
        self.studio._video_update({"id": self.held["id"], "scenes": BY_HAND})

    @property
    def forgotten(self) -> set[str]:
        """The films that were made and are in no history."""
        return set(self.studio.shows) - {film.entry_id for film in self.record.made_films}


def kills(
    folder: Path, ready_edits: str, wanted: Video, *wheres: str
) -> Iterator[tuple[Days, Kill]]:
    """Yield a day for each place where a run can be killed, right after it was."""
    for where in wheres or ("checkpoint", "call"):
        number = 1
        while True:
            kill = Kill(number, where)
            days = Days(folder / f"{where}-{number}", ready_edits)
            if not days.killed(wanted, kill):
                break
            yield days, kill
            number += 1
        assert number > 5, where


def ends_well(days: Days, wanted: Video, kill: Kill, *, proven: bool = True) -> None:
    for _ in range(2):
        days.apply(wanted)
    assert not days.world.plan(wanted).has_changes, kill
    assert not days.world.plan(wanted).remarks, kill
    assert days.held["status"] == "ready", kill
    assert days.held["entryId"] == days.record.entry_id, kill
    assert days.studio.shows[days.held["entryId"]]["scenes"] == days.held["scenes"], kill
    assert not (proven and days.forgotten), kill
    assert not days.record.begun_film, kill
    # A film of another commit is never made twice, and that of the last one at most once more.
    contents = [content for _, content in days.studio.films]
    last = json.dumps(days.held["scenes"], sort_keys=True)
    others = [content for content in contents if content != last]
    assert len(others) == len(set(others)), kill
    assert contents.count(last) <= (2 if wanted is COMMITS[0] else 1), kill


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "later"])
@pytest.mark.parametrize("commits", [BACK, ON], ids=["back", "on"])
def test_the_next_commit_is_applied_wherever_a_run_was_killed(
    tmp_path: Path, commits: tuple[int, ...], *, waits: bool
) -> None:
    _, second, last = (COMMITS[number] for number in commits)
    for days, kill in kills(tmp_path, "to-draft", second):
        if waits:
            days.wait()
        ends_well(days, last, kill)


@pytest.mark.slow
@pytest.mark.parametrize("commits", [BACK, ON], ids=["back", "on"])
@pytest.mark.parametrize("ready_edits", ["stays", "stays-and-films", "refused"])
def test_so_it_is_with_studios_that_treat_ready_videos_otherwise(
    tmp_path: Path, ready_edits: str, commits: tuple[int, ...]
) -> None:
    """Where edited videos stay ready, a film that no run saw begin is proven by nothing."""
    _, second, last = (COMMITS[number] for number in commits)
    for days, kill in kills(tmp_path, ready_edits, second):
        days.wait()
        ends_well(days, last, kill, proven=ready_edits != "stays")


@pytest.mark.slow
def test_two_commits_killed_one_after_the_other(tmp_path: Path) -> None:
    count = 0
    for _, first in kills(tmp_path / "counted", "to-draft", COMMITS[1], "checkpoint"):
        for number in range(1, 30):
            kill = Kill(number, "call")
            again = Days(tmp_path / f"{count}")
            count += 1
            assert again.killed(COMMITS[1], first)
            again.wait()
            if not again.killed(COMMITS[2], kill):
                break
            again.wait()
            ends_well(again, COMMITS[0], kill)
    assert count > 60


def killed_at(folder: Path, point: str) -> Days:
    """Return the day on which the second commit's run was killed at a checkpoint."""
    days = Days(folder / "days")
    assert days.killed(COMMITS[1], Kill(1, point))
    return days


def test_the_plan_says_why_the_film_is_made_again(tmp_path: Path) -> None:
    days = killed_at(tmp_path, "update:sent")
    [change] = days.world.plan(COMMITS[0]).changes
    assert change.film is not None
    assert change.film.reason == "an interrupted run began another film of it"
    [reason] = change.reasons(change.action)
    assert "edited in the studio since, or by an interrupted run" in reason


def test_a_film_of_a_killed_run_is_what_a_rollback_leads_to(tmp_path: Path) -> None:
    days = killed_at(tmp_path, "generate:sent")
    days.wait()
    killed, published = days.held["entryId"], days.record.entry_id
    days.apply(COMMITS[0])
    assert published not in (killed, days.record.entry_id)
    films = [film.entry_id for film in days.record.earlier_films]
    assert films == [killed, published]


def test_what_is_begun_and_not_edited_leaves_the_film_to_its_person(tmp_path: Path) -> None:
    """The run was killed before its edit; an apply saw that nothing came of it."""
    days = killed_at(tmp_path, "films:intended")
    days.apply(COMMITS[0])
    assert (days.record.begun_film, len(days.studio.films)) == ("", 1)
    days.edit()
    days.apply(COMMITS[0])
    assert (days.record.film_kept, len(days.studio.films)) == (True, 1)


def test_a_film_that_the_studio_refused_is_not_followed_by_another_of_what_was(
    tmp_path: Path,
) -> None:
    for number in range(2):
        days = Days(tmp_path / str(number))
        if number:
            days.studio.failing_films = 2
        else:
            days.studio.faults = [Fault("video/generate", "before:QUOTA_EXCEEDED", 3)]
        assert days.world.apply(COMMITS[1]).exit_code is not ExitCode.OK
        made = len(days.studio.films)
        days.apply(COMMITS[0])
        assert (days.record.film_kept, len(days.studio.films)) == (True, made)


def test_a_film_of_what_a_person_wrote_is_not_taken_for_that_of_the_killed_run(
    tmp_path: Path,
) -> None:
    days = killed_at(tmp_path, "generate:intended")
    days.edit()
    days.studio._video_generate({"id": days.held["id"]})
    days.wait()
    other = days.held["entryId"]
    days.apply(COMMITS[0])
    assert days.forgotten == {other}
    assert days.held["entryId"] == days.record.entry_id


def test_what_was_begun_is_in_the_state(tmp_path: Path) -> None:
    state = killed_at(tmp_path, "films:intended").world.state
    [record] = state.videos.values()
    assert record.begun_film
    assert parse_state(format_state(state), where="test").videos == state.videos


def test_where_an_edit_leaves_no_trace_an_unseen_film_is_nobody_s(tmp_path: Path) -> None:
    """A person films words of their own, and takes them back: the video shows ours, the film not.

    In this studio an edited video stays ready, and the run was killed before it saw its film begin.
    """
    days = Days(tmp_path / "w", "stays")
    days.apply(COMMITS[1])
    assert days.world.state.refused_films.count
    # First that of the published video, which this studio makes no second film of.
    assert days.killed(COMMITS[2], Kill(2, "generate:intended"))
    [operation] = days.world.state.operations
    successor = operation.video_id or ""
    ours = days.studio.videos[successor]["scenes"]
    days.studio._video_update({"id": successor, "scenes": BY_HAND})
    days.studio._video_generate({"id": successor})
    days.wait()
    other = days.studio.videos[successor]["entryId"]
    days.studio._video_update({"id": successor, "scenes": ours})
    days.apply(COMMITS[1])
    assert days.studio.shows[other]["scenes"] == BY_HAND
    assert days.forgotten == {other}


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "successor"])
def test_an_add_that_nobody_wants_any_more_is_over(tmp_path: Path, *, is_new: bool) -> None:
    """Its commit went back before the call; what shows up all the same is swept by its mark."""
    days, nonce = with_stale_add(tmp_path, is_new=is_new)
    days.apply(COMMITS[0])
    assert not days.world.state.operations
    assert nonce in days.world.state.add_nonces
    before = set(days.studio.videos)
    days.studio._video_add({"name": marked_name("Late", nonce), "scenes": []})
    days.apply(COMMITS[0])
    assert set(days.studio.videos) == before
    assert not days.world.plan(COMMITS[0]).has_changes


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "successor"])
def test_an_add_whose_video_shows_up_meanwhile_stays(tmp_path: Path, *, is_new: bool) -> None:
    days, nonce = with_stale_add(tmp_path, is_new=is_new)
    plan = days.world.plan(COMMITS[0])
    days.studio._video_add({"name": marked_name("Late", nonce), "scenes": []})
    assert days.world.apply_planned(plan).exit_code is ExitCode.OK
    assert [o.nonce for o in days.world.state.operations] == [nonce]


def test_an_add_that_may_be_wanted_stays(tmp_path: Path) -> None:
    """Its storyboard is not asked for, has errors, or may be elsewhere; or nobody could look."""
    days, nonce = with_stale_add(tmp_path, is_new=True)
    for options in ({"scope": ("q1",)}, {"unmade": frozenset({NEW.address})}, {"complete": False}):
        days.apply(COMMITS[0], **options)
        assert [o.nonce for o in days.world.state.operations] == [nonce], options
    held = replace(NEW, holds=(Hold("it is not translated", "x", None),))
    assert days.world.apply(COMMITS[0], held).exit_code is ExitCode.OK
    assert [o.nonce for o in days.world.state.operations] == [nonce]
    plan = days.world.plan(COMMITS[0])
    days.studio.faults = [Fault("video/list", "before:500", 99)]
    assert days.world.apply_planned(plan).exit_code is not ExitCode.OK
    assert [o.nonce for o in days.world.state.operations] == [nonce], "not listed"
    days.studio.faults = []
    assert days.world.apply(COMMITS[0], NEW).exit_code is ExitCode.OK
    assert (len(days.studio.videos), len(days.world.state.operations)) == (2, 0)


@pytest.mark.parametrize("answered", range(1, 6))
def test_lists_that_end_on_the_way_lose_and_fail_nothing(tmp_path: Path, answered: int) -> None:
    """So many lists are answered while an add is closed that nobody wants, and no more."""
    days, nonce = with_stale_add(tmp_path, is_new=True)
    plan, usual, lists = days.world.plan(COMMITS[0]), days.studio._video_list, count(1)

    def listed(body: dict[str, Any]) -> Any:
        if next(lists) == answered:
            days.studio.faults = [Fault("video/list", "before:500", 99)]
        return usual(body)

    vars(days.studio)["_video_list"] = listed
    code = days.world.apply_planned(plan).exit_code
    was_refused = any(fault.times < 99 for fault in days.studio.faults)
    left = [o.nonce for o in days.world.state.operations]
    assert left == ([nonce] if was_refused else [])
    assert code is ExitCode.OK, "what was asked for is done"
    days.studio.faults, vars(days.studio)["_video_list"] = [], usual
    days.apply(COMMITS[0])
    assert not days.world.state.operations
    assert nonce in days.world.state.add_nonces


NEW = video("q2", "Words of another storyboard.")


def with_stale_add(folder: Path, *, is_new: bool) -> tuple[Days, str]:
    """Return the day on which a run was killed right before its add, and the add's nonce."""
    days = Days(folder / "days", "to-draft" if is_new else "refused")

    def checkpoint(point: str) -> None:
        if point == "add:intended":
            raise Killed

    usual = days.world.options
    days.world.options = replace(usual, checkpoint=checkpoint)
    with pytest.raises((Killed, BaseExceptionGroup)):
        days.world.apply(*((COMMITS[0], NEW) if is_new else (COMMITS[1],)))
    days.world.options = usual
    [operation] = [o for o in days.world.state.operations if o.kind.adds]
    return days, operation.nonce
