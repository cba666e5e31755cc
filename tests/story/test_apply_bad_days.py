"""Lost answers, refusals, other people, interruptions: nothing twice, nothing lost."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storyboard.apply.observer import FilmProgress, SilentObserver
from storyboard.apply.outcome import Ending
from storyboard.errors import (
    ConflictError,
    CredentialsError,
    ExitCode,
    GuardError,
    LockedError,
    StateError,
)
from storyboard.plan.action import Action
from storyboard.plan.limits import Limit
from storyboard.plan.nonce_mark import marked_name
from storyboard.plan.plan import Plan
from storyboard.state.local import LocalStore
from storyboard.state.model import State
from storyboard.video import Address, Avatar, Hold
from tests.support.tiny_studio import PRINCIPAL, Fault, TinyStudio
from tests.support.videos import JANE, World, scene, video

WELCOME = "Welcome to the overview of this quarter."
METRICS = "Here we see the key metrics of it."


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def actions(plan: Plan) -> list[tuple[str, str]]:
    return [(str(change.address), action.value) for change, action in plan.actions]


def settled(world: World, *wanted: object) -> bool:
    """One video an address, one film a fingerprint, no mark left, nothing more to do."""
    names = [v["name"] for v in world.studio.videos.values()]
    return (
        sorted(names) == sorted(f"Film {v.address}" for v in wanted)  # type: ignore[attr-defined]
        and len(set(world.studio.films)) == len(world.studio.films) == len(wanted)
        and not world.state.operations
        and not world.plan(*wanted).has_changes  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("what", ["500", "garbage", "empty"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_unanswered_add_makes_one_video(world: World, when: str, what: str) -> None:
    world.studio.faults.append(Fault("video/add", f"{when}:{what}"))
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


@pytest.mark.parametrize("what", ["500", "garbage", "empty"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_unanswered_generate_makes_one_film(world: World, when: str, what: str) -> None:
    world.studio.faults.append(Fault("video/generate", f"{when}:{what}"))
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


@pytest.mark.parametrize("action", ["avatar/upsert", "video/list", "video/update", "video/get"])
def test_what_may_be_repeated_is(world: World, action: str) -> None:
    world.studio.faults.append(Fault(action, "before:500", times=2))
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


def test_a_studio_that_never_answers_an_add_is_resolved_by_the_next_run(world: World) -> None:
    world.studio.faults.append(Fault("video/add", "before:500", times=2))
    outcome = world.apply(video("q1", WELCOME))
    assert outcome.exit_code is ExitCode.PARTIAL
    assert [o.nonce for o in world.state.operations] == ["0" * 16]
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


def test_a_late_add_is_adopted_and_its_copies_deleted(world: World) -> None:
    """The list did not show what the unanswered add had made until the next run."""
    world.studio.faults.append(Fault("video/add", "before:500", times=2))
    world.apply(video("q1", WELCOME))
    for _ in range(2):
        marked = marked_name("Film q1", "0" * 16)
        world.studio._video_add({"name": marked, "avatarId": "av1", "scenes": []})
    first = min(world.studio.videos)
    plan = world.plan(video("q1", WELCOME))
    assert actions(plan) == [("q1", "adopt"), ("q1", "generate")]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert list(world.studio.videos) == [first]
    assert settled(world, video("q1", WELCOME))


def test_a_definite_refusal_leaves_nothing_open(world: World) -> None:
    world.studio.faults.append(Fault("video/add", "before:TOO_MANY_SOURCES"))
    outcome = world.apply(video("q1", WELCOME))
    [failed] = [o for o in outcome.actions if o.ending is Ending.FAILED]
    assert "TOO_MANY_SOURCES" in (failed.message or "")
    assert not world.state.operations


def test_strangers_videos_are_never_touched(world: World) -> None:
    theirs = world.studio._video_add({"name": "Film q1", "avatarId": "x", "scenes": []})
    world.apply(video("q1", WELCOME), allow_twins=True)
    assert world.studio.videos[theirs["id"]]["updatedAt"] == theirs["createdAt"]
    world.apply(prune=True, allow_empty=True)
    assert list(world.studio.videos) == [theirs["id"]]


def test_a_busy_video_waits_and_then_is_edited(world: World) -> None:
    world.studio.film_polls = 10_000
    world.options = replace(world.options, film_seconds=30.0)
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.DETACHED
    edited = video("q1", METRICS)
    plan = world.plan(edited)
    assert plan.changes[0].waits
    world.studio._looks = dict.fromkeys(world.studio._looks, 4)
    world.studio.film_polls = 2
    world.options = replace(world.options, film_seconds=None)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert world.studio.by_name("Film q1")["scenes"][0]["narration"]["text"] == METRICS
    assert not world.plan(edited).has_changes
    assert len(world.studio.films) == 2


def test_a_detached_film_is_attached_to(world: World) -> None:
    world.studio.film_polls = 10_000
    world.options = replace(world.options, film_seconds=30.0)
    outcome = world.apply(video("q1", WELCOME))
    assert (outcome.exit_code, outcome.rows[0].status) == (ExitCode.DETACHED, "in the making")
    world.studio._looks = dict.fromkeys(world.studio._looks, 3)
    plan = world.plan(video("q1", WELCOME), max_generate=0)
    assert actions(plan) == [("q1", "generate")]
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


def test_a_film_that_was_ready_meanwhile_is_recorded_not_made(world: World) -> None:
    world.studio.film_polls = 10_000
    world.options = replace(world.options, film_seconds=30.0)
    world.apply(video("q1", WELCOME))
    world.studio._end_film(world.studio.by_name("Film q1"))
    assert world.apply(video("q1", WELCOME), max_generate=0).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


class Interrupter(SilentObserver):
    """Presses Ctrl-C as soon as a film is being made."""

    def progressed(self, progress: FilmProgress) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()


def test_an_interruption_detaches(world: World) -> None:
    outcome = world.apply(video("q1", WELCOME), observer=Interrupter())
    assert outcome.interrupted
    assert outcome.exit_code is ExitCode.DETACHED
    assert [o.ending for o in outcome.actions] == [Ending.DONE, Ending.DETACHED]
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


def test_a_video_deleted_by_hand_is_made_again(world: World) -> None:
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    gone = world.studio.by_name("Film q1")["id"]
    del world.studio.videos[gone]
    plan = world.plan(video("q1", WELCOME), video("q2", METRICS))
    assert actions(plan) == [("q1", "create"), ("q1", "generate")]
    assert plan.changes[0].reasons(Action.CREATE) == (f"video '{gone}' is gone from the studio",)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert not world.plan(video("q1", WELCOME), video("q2", METRICS)).has_changes


class Emptying(SilentObserver):
    """Deletes all videos of the studio as soon as a film is being made."""

    def __init__(self, studio: TinyStudio) -> None:
        self._studio = studio

    def progressed(self, progress: FilmProgress) -> None:
        self._studio.videos.clear()


def test_what_is_said_of_videos_that_go_while_films_are_made_leads_on(world: World) -> None:
    wanted = (video("q1", WELCOME), video("q2", METRICS))
    outcome = world.apply(*wanted, observer=Emptying(world.studio))
    failed = [each for each in outcome.actions if each.action is Action.GENERATE]
    hint = "apply again to create it; if many are gone, with `--allow-missing`"
    assert {each.hints for each in failed} == {(hint,)}
    with pytest.raises(GuardError, match="are missing in the studio"):
        world.apply(*wanted)
    assert world.apply(*wanted, allow_missing=True).exit_code is ExitCode.OK


def test_edits_in_the_browser_are_shown_and_overwritten(world: World) -> None:
    world.apply(video("q1", WELCOME, METRICS))
    remote = world.studio.by_name("Film q1")
    scenes = [remote["scenes"][0], {"narration": {"text": "Here we see the wrong metrics of it."}}]
    world.studio.edit(remote["id"], scenes=scenes)
    plan = world.plan(video("q1", WELCOME, METRICS))
    [change] = plan.changes[0].changes
    assert (change.path, change.drift) == ("scenes[s2].narration.text", True)
    assert world.apply_planned(plan).exit_code is ExitCode.OK
    assert not world.plan(video("q1", WELCOME, METRICS)).has_changes


def test_an_edit_between_plan_and_apply_is_a_conflict_for_that_video_only(world: World) -> None:
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    plan = world.plan(video("q1", METRICS), video("q2", WELCOME))
    remote = world.studio.by_name("Film q1")
    world.studio.edit(remote["id"], scenes=[{"narration": {"text": "From the browser."}}])
    outcome = world.apply_planned(plan)
    assert outcome.exit_code is ExitCode.CONFLICT
    assert {str(row.address): row.status for row in outcome.rows} == {"q1": "failed", "q2": "ready"}
    assert remote["scenes"][0]["narration"]["text"] == "From the browser."


def test_a_plan_serves_once(world: World) -> None:
    plan = world.plan(video("q1", WELCOME))
    world.apply_planned(plan)
    with pytest.raises(ConflictError, match="another state"):
        world.apply_planned(plan)
    assert world.studio.count("video/add") == 1


def test_another_users_session_is_refused(world: World) -> None:
    world.apply(video("q1", WELCOME))
    world.principal = replace(PRINCIPAL, user_id="somebody")
    with pytest.raises(CredentialsError, match=r"user 'maker'.*user 'somebody'"):
        world.plan(video("q1", WELCOME))
    world.principal = replace(PRINCIPAL, partner_id=999)
    with pytest.raises(CredentialsError, match=r"partner 101.*partner 999"):
        world.plan(video("q1", WELCOME))


def test_an_empty_studio_is_refused_and_named(world: World) -> None:
    wanted = [video(f"v{i}", WELCOME) for i in range(3)]
    world.apply(*wanted)
    world.studio.videos.clear()
    with pytest.raises(GuardError, match=r"3 of 3 applied videos are missing.*v0, v1, v2"):
        world.plan(*wanted)
    assert world.apply(*wanted, allow_missing=True).exit_code is ExitCode.OK


def test_a_lost_state_is_told_before_it_makes_twins(world: World) -> None:
    world.apply(video("q1", WELCOME))
    (known,) = world.studio.videos
    (world.folder / "state.json").unlink()
    with pytest.raises(StateError, match="1 video that would be created twice"):
        world.plan(video("q1", WELCOME), generate=False)
    shutil.rmtree(world.store.copies.folder)
    plan = world.plan(video("q1", WELCOME), generate=False)
    (refusal,) = plan.refusals
    assert f"was the state lost? q1 (video {known})" in refusal.message
    assert refusal.instead == "storyboard state rebuild"
    (other,) = world.plan(video("q2", WELCOME), generate=False).changes
    assert other.reasons(Action.CREATE) == ("not applied yet",)


def test_an_empty_configuration_is_refused(world: World) -> None:
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    plan = world.plan(prune=True)
    assert [r.flag for r in plan.refusals] == ["--allow-empty", "--max-delete 2"]
    with pytest.raises(GuardError, match="q1, q2"):
        world.apply_planned(plan)
    assert world.apply(prune=True, allow_empty=True).exit_code is ExitCode.OK
    assert not world.studio.videos
    assert not world.state.videos


def test_deletes_have_a_limit(world: World) -> None:
    wanted = [video(f"v{i}", WELCOME) for i in range(4)]
    world.apply(*wanted, generate=False)
    assert world.plan(*wanted[1:], prune=True, generate=False).refusals == ()
    plan = world.plan(*wanted[2:], prune=True, generate=False)
    assert [(r.rule, r.flag) for r in plan.refusals] == [("max-delete", "--max-delete 2")]
    lifted = world.plan(*wanted[2:], prune=True, generate=False, max_delete=Limit(2))
    assert world.apply_planned(lifted).exit_code is ExitCode.OK
    assert len(world.studio.videos) == 2


def test_protection_outlives_the_file_that_said_so(world: World) -> None:
    world.apply(video("q1", WELCOME, protect=True), video("q2", METRICS))
    plan = world.plan(video("q2", METRICS), prune=True)
    assert [r.rule for r in plan.refusals] == ["protect"]
    with pytest.raises(GuardError, match=r"protected.*q1"):
        world.apply_planned(plan)
    world.apply(video("q1", WELCOME), video("q2", METRICS))
    assert world.plan(video("q2", METRICS), prune=True).refusals == ()


def test_protection_also_stops_a_replacement_found_on_the_way(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME, protect=True))
    outcome = world.apply(video("q1", METRICS, protect=True))
    assert outcome.exit_code is ExitCode.REFUSED
    assert len(world.studio.videos) == 1
    outcome = world.apply(video("q1", METRICS, protect=True), allow_protected=True)
    assert outcome.exit_code is ExitCode.OK


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_a_budget_counts_replacements_found_on_the_way_too(world: World, most: int) -> None:
    """Nothing was planned as one, and the studio refuses every edit of a ready video."""
    world.studio.ready_edits = "refused"
    names = ("q1", "q2", "q3")
    world.apply(*(video(name, WELCOME) for name in names))
    before = set(world.studio.videos)
    world.options = replace(world.options, concurrency=1)
    outcome = world.apply(*(video(name, METRICS) for name in names), max_replace=most)
    made = set(world.studio.videos) - before
    assert len(made) == most
    refused = [each for each in outcome.actions if "the limit is" in (each.message or "")]
    told = f"the limit is {most} (--max-replace)"
    assert all((each.message or "").endswith(told) for each in refused)
    assert outcome.exit_code is (ExitCode.OK if most == len(names) else ExitCode.REFUSED)


def test_what_a_budget_left_is_replaced_by_the_next_apply(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME), video("q2", WELCOME))
    wanted = (video("q1", METRICS), video("q2", METRICS))
    assert world.apply(*wanted, max_replace=1).exit_code is ExitCode.REFUSED
    plan = world.plan(*wanted, max_replace=1)
    assert [change.action.value for change in plan.changes].count("replace") == 1
    assert world.apply_planned(plan).exit_code is ExitCode.OK


def test_protection_holds_from_the_file_that_says_so_first(world: World) -> None:
    world.studio.ready_edits = "refused"
    world.apply(video("q1", WELCOME))
    wanted = video("q1", METRICS, protect=True)
    assert world.apply(wanted).exit_code is ExitCode.REFUSED
    assert [r.rule for r in world.plan(wanted).refusals] == ["protect"]
    told = world.plan(wanted, allow_protected=True)
    assert world.apply_planned(told).exit_code is ExitCode.OK
    assert not world.plan(wanted).has_changes


def test_more_films_than_allowed_are_refused(world: World) -> None:
    plan = world.plan(video("q1", WELCOME), video("q2", METRICS), max_generate=1)
    assert [(r.rule, r.flag) for r in plan.refusals] == [("max-generate", "--max-generate 2")]
    with pytest.raises(GuardError):
        world.apply_planned(plan)
    assert not world.studio.videos


def test_a_held_video_is_not_touched_and_not_forgotten(world: World) -> None:
    held = replace(video("q1@fr", WELCOME), holds=(Hold("'s1' is not translated", "x", None),))
    outcome = world.apply(held, video("q1@en", WELCOME))
    assert outcome.exit_code is ExitCode.OK
    assert {str(r.address): r.status for r in outcome.rows} == {"q1@fr": "held", "q1@en": "ready"}
    assert not world.plan(held, video("q1@en", WELCOME)).has_changes


def test_a_second_apply_at_once_finds_the_lock(world: World) -> None:
    plan = world.plan(video("q1", WELCOME))
    with world.store.locked(), pytest.raises(LockedError, match=str(os.getpid())):
        world.apply_planned(plan)


class FullDisk(LocalStore):
    """A store on a disk that fills up after some writes."""

    writes = 0

    def _put(self, state: State) -> None:
        FullDisk.writes += 1
        if FullDisk.writes > 3:
            raise OSError(28, "No space left on device")
        super()._put(state)


def test_a_full_disk_ends_the_run_and_the_next_one_knows_all(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FullDisk, "writes", 0)
    plan = world.plan(video("q1", WELCOME), video("q2", METRICS))
    monkeypatch.setattr(World, "store", property(lambda self: FullDisk(self.folder / "state.json")))
    outcome = world.apply_planned(plan)
    monkeypatch.undo()
    assert outcome.exit_code is ExitCode.STATE_NOT_WRITTEN
    assert "No space left" in (outcome.fatal.message if outcome.fatal else "")
    assert str(world.folder / "state.json.spool") in ((outcome.fatal and outcome.fatal.hint) or "")
    assert all(o.ending is not Ending.DONE or o.action is Action.CREATE for o in outcome.actions)
    assert world.apply(video("q1", WELCOME), video("q2", METRICS)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME), video("q2", METRICS))
    assert not (world.folder / "state.json.spool").exists()
    assert Address("q1") in world.state.videos


def test_a_poll_that_fails_now_and_then_ends_nobodys_run(world: World) -> None:
    """One list of garbage, or of an error, was the end of all films."""
    world.studio.film_polls = 6
    world.studio.faults = [Fault("video/list", "before:garbage", times=0)]
    polls: list[Address] = []

    class Disturbing(SilentObserver):
        def progressed(self, progress: FilmProgress) -> None:
            polls.append(progress.address)
            is_bad = polls.count(progress.address) in (2, 4)
            world.studio.faults[0].times = 4 if is_bad else 0

    wanted = video("q1", WELCOME), video("q2", METRICS)
    outcome = world.apply(*wanted, observer=Disturbing())
    assert outcome.exit_code is ExitCode.OK, outcome
    assert len(world.studio.films) == 2
    assert polls.count(Address("q1")) > 4


def test_a_studio_that_stays_silent_is_left_with_its_films(world: World) -> None:
    world.studio.film_polls = 1000
    world.studio.faults = [Fault("video/list", "before:500", times=0)]

    class Silencing(SilentObserver):
        def progressed(self, progress: FilmProgress) -> None:
            world.studio.faults[0].times = 1000

    outcome = world.apply(video("q1", WELCOME), video("q2", METRICS), observer=Silencing())
    assert outcome.exit_code is ExitCode.DETACHED
    assert outcome.fatal is None
    world.studio.faults, world.studio.film_polls = [], 1
    assert world.apply(video("q1", WELCOME), video("q2", METRICS)).exit_code is ExitCode.OK
    assert len(world.studio.films) == 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_film_that_cannot_be_looked_up_is_not_called_failed(world: World, when: str) -> None:
    world.studio.faults = [
        Fault("video/generate", f"{when}:500"),
        Fault("video/get", "before:500", times=0),
    ]

    class Silencing(SilentObserver):
        def noticed(self, message: str) -> None:
            world.studio.faults[1].times = 1000

    suspected = {Address("q1"): ("scene 's1': is 3 words of speech",)}
    world.options = replace(world.options, hints=suspected)
    outcome = world.apply(video("q1", WELCOME), observer=Silencing())
    (film,) = (each for each in outcome.actions if each.action is Action.GENERATE)
    assert (film.ending, film.hints) == (Ending.DETACHED, ())
    assert str(film.message).startswith("the studio gives no clear answer: video/get: ")
    assert outcome.exit_code is ExitCode.DETACHED
    world.studio.faults = []
    assert world.apply(video("q1", WELCOME)).exit_code is ExitCode.OK
    assert settled(world, video("q1", WELCOME))


def test_a_refused_avatar_fails_the_videos_that_have_it(world: World) -> None:
    nobody = Avatar("nobody", JANE.background)
    override = scene("s1", WELCOME, avatar=nobody)
    outcome = world.apply(
        video("own", WELCOME, avatar=nobody), video("scene", override), video("good", WELCOME)
    )
    assert outcome.exit_code is ExitCode.PARTIAL
    assert {str(row.address): row.status for row in outcome.rows} == {
        "own": "failed",
        "scene": "failed",
        "good": "ready",
    }
    assert any("storyboard avatars" in hint for item in outcome.actions for hint in item.hints)


def test_what_cannot_be_listed_is_told_and_nothing_is_changed(world: World) -> None:
    plan = world.plan(video("q1", WELCOME))
    world.studio.faults = [Fault("video/list", "before:500", times=1000)]
    outcome = world.apply_planned(plan)
    assert outcome.fatal is not None
    assert "could not be listed" in outcome.fatal.message
    assert not world.studio.videos


class OneId(TinyStudio):
    """Answers every add with the first video, under the name that was asked for or its own."""

    named = False

    def _video_add(self, body: dict[str, Any]) -> Any:
        made = super()._video_add(body)
        first = next(iter(self.videos.values()))
        return {**first, "name": made["name"]} if self.named else dict(first)


@pytest.mark.parametrize("named", [False, True], ids=["its own name", "the new name"])
def test_an_add_that_is_answered_with_another_video_is_looked_up(
    tmp_path: Path, named: bool
) -> None:
    studio = OneId()
    studio.named = named
    world = World(tmp_path, studio)
    wanted = [video("a", "Welcome to the overview."), video("b", "Here we see the metrics.")]
    assert world.apply(*wanted).exit_code is ExitCode.OK
    texts = {
        name: studio.by_name(name)["scenes"][0]["narration"]["text"]
        for name in ("Film a", "Film b")
    }
    assert texts == {"Film a": "Welcome to the overview.", "Film b": "Here we see the metrics."}
    assert len(studio.videos) == 2


def test_what_is_in_the_making_is_told_by_the_video_that_is_filmed(world: World) -> None:
    """Of a published video that is replaced, the old one's id was told."""
    world.studio.ready_edits = "refused"
    world.apply(video("q1", "Welcome to the overview of this quarter."))
    [published] = world.studio.videos
    world.studio.film_polls = 10_000
    world.options = replace(world.options, film_seconds=30.0)
    outcome = world.apply(video("q1", "Welcome to the overview of this quarter, and the next."))
    [making] = [v["id"] for v in world.studio.videos.values() if v["status"] == "generating"]
    assert making != published
    assert {str(address): id_ for address, id_ in outcome.under_way.items()} == {"q1": making}
    [row] = outcome.rows
    assert row.video_id == published
