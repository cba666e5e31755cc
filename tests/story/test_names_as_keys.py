"""Where names are keys, the studio is the memory: a runner without any state does what is left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from storyboard.apply.outcome import Outcome
from storyboard.errors import CredentialsError, ExitCode, GuardError
from storyboard.plan.action import Action
from storyboard.plan.nonce_mark import marked_name
from storyboard.plan.plan import Plan
from storyboard.state.model import Operation, OperationKind
from storyboard.video import Hold, Video
from tests.support.runners import Killed, Runner, killing_at
from tests.support.tiny_studio import TinyStudio
from tests.support.videos import scene, video

HELLO = video("hello", "Hello and welcome to our office.", scene("b", "Here we are."), name="Hello")
BYE = video("bye", "Goodbye and come back to us.", name="Goodbye")
BOTH = (HELLO, BYE)
EDITED = replace(HELLO, scenes=(scene("s1", "Hello, dear all."), HELLO.scenes[1]))
POINTS = (
    ("add:intended", 1),
    ("add:sent", 1),
    ("add:sent", 2),
    ("add:recorded", 1),
    ("add:recorded", 2),
    ("update:sent", 1),
    ("update:recorded", 2),
    ("generate:intended", 1),
    ("generate:sent", 1),
    ("generate:sent", 2),
    ("film:recorded", 1),
)
EDIT_POINTS = (
    ("update:sent", 1),
    ("update:recorded", 1),
    ("generate:intended", 1),
    ("generate:sent", 1),
    ("film:recorded", 1),
)


def actions(plan: Plan) -> list[tuple[str, Action]]:
    return [(str(change.address), action) for change, action in plan.actions]


def assert_one_of_each(studio: TinyStudio, *, films: int) -> None:
    assert sorted(video["name"] for video in studio.videos.values()) == ["Goodbye", "Hello"]
    assert all(video["status"] == "ready" for video in studio.videos.values())
    assert len(studio.films) == films


def test_a_runner_without_a_state_makes_nothing_again() -> None:
    studio = TinyStudio()
    for _ in range(3):
        assert Runner(studio).apply(*BOTH).exit_code is ExitCode.OK
    assert_one_of_each(studio, films=2)
    assert not Runner(studio).plan(*BOTH).has_changes


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("keeps_cache", [False, True])
def test_killed_while_building(point: tuple[str, int], keeps_cache: bool) -> None:
    studio = TinyStudio()
    killed = Runner(studio, killing_at(*point))
    with pytest.raises(BaseExceptionGroup) as raised:
        killed.apply(*BOTH)
    assert raised.group_contains(Killed)
    after = replace(killed, checkpoint=lambda point: None) if keeps_cache else None
    outcome = (after or Runner(studio)).apply(*BOTH)
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not Runner(studio).plan(*BOTH).has_changes
    assert_one_of_each(studio, films=2)


@pytest.mark.parametrize("ready_edits", ["to-draft", "refused"])
@pytest.mark.parametrize("point", EDIT_POINTS)
def test_killed_while_editing(point: tuple[str, int], ready_edits: str) -> None:
    """Also where the studio lets no ready video be edited, and a second one takes its place."""
    studio = TinyStudio(ready_edits=ready_edits)
    Runner(studio).apply(*BOTH)
    with pytest.raises(BaseExceptionGroup):
        Runner(studio, killing_at(*point)).apply(EDITED, BYE)
    outcome = Runner(studio).apply(EDITED, BYE)
    if ready_edits == "refused" and point[0] == "film:recorded":
        # The old one was published under this name too, and nothing proves that a run left it.
        assert len(studio.videos) == 3
        assert Runner(studio).apply(EDITED, BYE, prune=True).exit_code is ExitCode.OK
    assert outcome.exit_code is ExitCode.OK, outcome
    assert not Runner(studio).plan(EDITED, BYE).has_changes
    assert_one_of_each(studio, films=3)


async def staggered(studio: TinyStudio, wanted: tuple[Video, ...], calls: int) -> int:
    """Run three, each `calls` requests behind the one before; return how many ended well."""
    running: list[asyncio.Task[Outcome]] = []
    for _ in range(3):
        first = len(studio.calls)
        while len(studio.calls) < first + calls and not all(run.done() for run in running):
            await asyncio.sleep(0)
        running.append(asyncio.create_task(Runner(studio).applying(wanted)))
    ended = await asyncio.gather(*running)
    return sum(outcome.exit_code is ExitCode.OK for outcome in ended)


@pytest.fixture
def in_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all runners take turns by what they ask for, and never by what a machine is quick at."""

    async def done(work: Callable[..., Any], *given: Any) -> Any:
        return work(*given)

    monkeypatch.setattr(asyncio, "to_thread", done)


@pytest.mark.usefixtures("in_one_thread")
@pytest.mark.parametrize("polls", [1, 3])
@pytest.mark.parametrize("apart", range(0, 10, 2))
def test_runners_at_once(polls: int, apart: int) -> None:
    """Each made all videos and all films. A later one sees what the others are about to do."""
    studio = TinyStudio(film_polls=polls)
    assert asyncio.run(staggered(studio, BOTH, apart)) == 3
    assert_one_of_each(studio, films=2)
    assert not Runner(studio).plan(*BOTH).has_changes


@pytest.mark.usefixtures("in_one_thread")
@pytest.mark.parametrize("ready_edits", ["to-draft", "refused"])
@pytest.mark.parametrize("apart", range(10))
def test_runners_edit_at_once(ready_edits: str, apart: int) -> None:
    """Where no ready video is edited, each made a successor, and its film."""
    studio = TinyStudio(ready_edits=ready_edits)
    Runner(studio).apply(*BOTH)
    assert asyncio.run(staggered(studio, (EDITED, BYE), apart)) == 3
    assert_one_of_each(studio, films=3)


@pytest.mark.parametrize("point", ["add:intended", "add:sent", "add:recorded"])
def test_one_waits_while_another_makes_it_all(point: str) -> None:
    """Whoever comes back after the other has ended takes what is there, films included."""
    studio = TinyStudio(film_polls=1)
    others: list[ExitCode] = []

    def checkpoint(name: str) -> None:
        if name == point and not others:
            others.append(ExitCode.OK)
            in_a_thread = Runner(studio)
            others[0] = run_in_thread(in_a_thread)

    def run_in_thread(other: Runner) -> ExitCode:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: other.apply(*BOTH).exit_code).result()

    assert Runner(studio, checkpoint).apply(*BOTH).exit_code is ExitCode.OK
    assert others == [ExitCode.OK]
    assert_one_of_each(studio, films=2)


def test_what_the_files_lack_stays_unless_it_is_pruned() -> None:
    """A person's video of the same user: shown, and deleted only where that is asked for."""
    studio = TinyStudio()
    Runner(studio).apply(*BOTH)
    person = video("x", "Something that a person made.", name="My own @ home")
    Runner(studio).apply(*BOTH, person)
    plan = Runner(studio).plan(*BOTH)
    assert not plan.has_changes
    [orphan] = plan.orphans
    assert str(orphan).startswith("My own at home (v")
    assert Runner(studio).apply(*BOTH).exit_code is ExitCode.OK
    assert len(studio.videos) == 3
    assert Runner(studio).apply(*BOTH, prune=True).exit_code is ExitCode.OK
    assert_one_of_each(studio, films=3)


def test_pruning_is_guarded() -> None:
    studio = TinyStudio()
    Runner(studio).apply(*BOTH, video("x", "Yet another one of ours.", name="Other"))
    for wanted, rule in (((HELLO,), "max-delete"), ((), "empty")):
        plan = Runner(studio).plan(*wanted, prune=True)
        assert rule in [refusal.rule for refusal in plan.refusals]
    with pytest.raises(GuardError):
        Runner(studio).apply(HELLO, prune=True)
    assert len(studio.videos) == 3


def test_some_of_the_files_never_prune() -> None:
    """One file, or one address, knows nothing of the other names."""
    studio = TinyStudio()
    Runner(studio).apply(*BOTH)
    for options in ({"complete": False}, {"scope": ("hello*",)}):
        plan = Runner(studio).plan(HELLO, prune=True, **options)
        assert not plan.has_changes


def test_held_videos_keep_all_others() -> None:
    """A held video's name is not known: what has it in the studio would be pruned."""
    studio = TinyStudio()
    Runner(studio).apply(*BOTH)
    held = replace(BYE, name="Hello, untranslated", holds=(Hold("it is stale", "x", None),))
    plan = Runner(studio).plan(HELLO, held, prune=True)
    assert actions(plan) == [("bye", Action.HOLD)]
    assert any("'--prune'" in told or "--prune" in told for told in plan.remarks), plan.remarks


def test_an_edit_in_the_studio_is_shown_and_undone() -> None:
    studio = TinyStudio()
    kept = Runner(studio)
    kept.apply(*BOTH)
    hello = studio.by_name("Hello")
    scenes = [{**hello["scenes"][0], "narration": {"text": "A person's words."}}]
    studio.edit(hello["id"], scenes=[*scenes, hello["scenes"][1]], status="draft", entryId=None)
    for clone, drift in ((kept, True), (Runner(studio), False)):
        plan = clone.plan(*BOTH)
        assert actions(plan) == [("hello", Action.UPDATE), ("hello", Action.GENERATE)]
        [change] = plan.changes[0].changes
        assert (change.before, change.drift) == ("A person's words.", drift)
    assert Runner(studio).apply(*BOTH).exit_code is ExitCode.OK
    assert_one_of_each(studio, films=3)


def test_a_new_name_is_a_new_video_unless_a_cache_knows() -> None:
    studio = TinyStudio()
    kept = Runner(studio)
    kept.apply(*BOTH)
    renamed = replace(HELLO, name="Hello, all")
    plan = Runner(studio).plan(renamed, BYE)
    assert actions(plan) == [("hello", Action.CREATE), ("hello", Action.GENERATE)]
    assert any("storyboard state adopt hello v" in told for told in plan.remarks), plan.remarks
    refused = Runner(studio).plan(renamed, BYE, prune=True)
    assert "renamed" in [refusal.rule for refusal in refused.refusals]
    assert "storyboard state adopt hello v" in refused.refusals[-1].instead
    assert actions(kept.plan(renamed, BYE)) == [("hello", Action.RENAME)]
    assert kept.apply(renamed, BYE).exit_code is ExitCode.OK
    assert len(studio.films) == 2
    assert not Runner(studio).plan(renamed, BYE).has_changes


def test_an_old_cache_gives_way() -> None:
    """Two runners in turn, each with a cache: what the other did is neither undone nor redone."""
    studio = TinyStudio()
    one, two = Runner(studio), Runner(studio)
    one.apply(*BOTH)
    two.apply(*BOTH)
    two.apply(EDITED, BYE)
    assert not one.plan(EDITED, BYE).has_changes
    one.apply(*BOTH)
    assert not two.plan(*BOTH).has_changes
    assert len(studio.films) == 4
    for video_id in list(studio.videos):
        del studio.videos[video_id]
    with pytest.raises(GuardError, match="missing"):
        one.plan(*BOTH)
    Runner(studio).apply(*BOTH)
    assert not one.plan(*BOTH).has_changes


def test_another_users_session_is_refused() -> None:
    studio = TinyStudio()
    Runner(studio).apply(*BOTH)
    for found in studio.videos.values():
        found["userId"] = "somebody"
    with pytest.raises(CredentialsError, match="somebody"):
        Runner(studio).plan(*BOTH, prune=True)


def test_other_quotes_are_no_edit() -> None:
    """Each run of a fresh clone would send the words, and make the film, again."""
    studio = TinyStudio(rewrites=True)
    quoted = video("q", "It's what we call 'the office' of ours.", name="What's  new")
    Runner(studio).apply(quoted)
    for _ in range(2):
        assert not Runner(studio).plan(quoted).has_changes
    louder = replace(quoted, scenes=(scene("s1", "It's what we call 'the office' of all."),))
    assert Runner(studio).apply(louder).exit_code is ExitCode.OK
    assert len(studio.films) == 2


@dataclass
class Meddled(TinyStudio):
    """Another run's video is there first, and a person makes the draft of this run their own."""

    def _video_add(self, body: dict[str, Any]) -> Any:
        added = super()._video_add(body)
        ours = dict(added)
        super()._video_add({**body, "name": "Hello"})
        first = self.videos[f"v{self._now}"]
        first.update(status="ready", entryId="1_theirs", createdAt="2020-01-01T00:00:00.000Z")
        self.edit(ours["id"], name="My own draft")
        return ours


def test_a_draft_that_a_person_took_is_not_deleted_as_a_second_one() -> None:
    studio = Meddled()
    Runner(studio).apply(HELLO, generate=False)
    names = sorted(video["name"] for video in studio.videos.values())
    assert names == ["Hello", "My own draft"]


def test_a_name_that_the_studio_cuts_is_refused() -> None:
    """No later run would find it, and each would add one more."""
    studio = TinyStudio(rewrites=True)
    long = replace(HELLO, name="Hello " * 15)
    for _ in range(2):
        outcome = Runner(studio).apply(long)
        assert outcome.exit_code is ExitCode.CONFLICT
        assert any("of 59 characters at most" in hint for a in outcome.actions for hint in a.hints)
    assert not studio.videos


def test_names_that_begin_alike() -> None:
    """The mark leaves no room for what tells them apart; then the scenes do."""
    title = "The onboarding of new colleagues in our office"
    both = tuple(replace(v, name=f"{title}, {v.address}") for v in BOTH)
    for point in (("add:recorded", 2), ("add:sent", 1)):
        studio = TinyStudio()
        with pytest.raises(BaseExceptionGroup):
            Runner(studio, killing_at(*point)).apply(*both)
        assert Runner(studio).apply(*both).exit_code is ExitCode.OK
        assert sorted(v["name"] for v in studio.videos.values()) == sorted(v.name for v in both)


def test_a_film_that_nothing_dates_is_kept() -> None:
    """A studio where a ready video stays ready while its scenes change: whose film is it?"""
    studio = TinyStudio(dates_films=True)
    Runner(studio).apply(*BOTH)
    assert not any("after the film" in told for told in Runner(studio).plan(*BOTH).remarks)
    studio.pass_time(hours=1)
    studio.edit(studio.by_name("Hello")["id"], name="Hello")
    plan = Runner(studio).plan(*BOTH)
    assert not plan.has_changes
    assert any("after the film" in told and "hello" in told for told in plan.remarks)
    plan = Runner(studio).plan(*BOTH, film_doubtful=True)
    assert actions(plan) == [("hello", Action.GENERATE)]


@pytest.mark.parametrize("knows_id", [True, False])
def test_the_video_of_a_killed_test_film_goes(knows_id: bool) -> None:
    """Its state tells that it is ours, also once the environment finds its videos by name."""
    runner, nonce = Runner(TinyStudio()), "00000000deadbeef"
    runner.apply(*BOTH)
    body = {"name": marked_name("test film of hello", nonce), "avatarId": "av1", "scenes": []}
    left = runner.studio._video_add(body)["id"]
    runner.studio.videos[left]["status"] = "generate-error"
    began = Operation(OperationKind.TEST, HELLO.address, nonce, "2026-01-01T00:00:00")
    assert runner.store.state is not None
    known = replace(began, video_id=left if knows_id else None)
    runner.store.state = runner.store.state.with_operation(known)
    plan = runner.plan(*BOTH)
    assert [each.video.id for each in plan.leftovers] == [left]
    assert not any("unfinished" in told for told in plan.remarks)
    assert list(runner.apply(*BOTH).swept) == [left]
    assert_one_of_each(runner.studio, films=2)
    assert runner.store.state.operations == ()
