"""Applies whose state is shared: the lock is held while calls are made, and given back after."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storyboard.apply import film_job
from storyboard.apply.leased import LeasedStudio
from storyboard.apply.outcome import Ending
from storyboard.apply.run import Run
from storyboard.errors import ExitCode, LockedError, StateError, UnknownOutcomeError
from storyboard.plan.action import Action
from storyboard.source.schema import schema_text
from storyboard.state.blobs import STATE
from storyboard.state.format import format_state
from storyboard.state.lease import Holder, Status, parse_lease
from storyboard.state.lease_lock import LOCK, LeaseLock, awake_or_asleep
from storyboard.state.local import next_serial
from storyboard.state.model import State
from storyboard.state.patience import LockPatience, held
from storyboard.state.shared import SharedStore
from storyboard.state.spool import Spool
from storyboard.strict_json import parse_json
from storyboard.views.apply_text import render_outcome_text
from tests.support.passing_time import eventually
from tests.support.project import Project
from tests.support.state_places import PLACES, MemoryBlobs, git, new_clone
from tests.support.tiny_studio import PRINCIPAL, TinyStudio, serving
from tests.support.videos import World, video

ROOT = Path(__file__).parents[2]
TEXT = "Welcome to the overview of this quarter."
THREE = tuple(video(f"v{number}", TEXT) for number in range(3))
NOW = LockPatience(0)


@dataclass
class SharedWorld(World):
    """A world whose state several machines share; each look at the store is another machine's."""

    blobs: MemoryBlobs = field(default_factory=MemoryBlobs)
    slept: float = 0.0
    is_broken: bool = False
    spool: Spool | None = None

    @property
    def store(self) -> SharedStore:  # type: ignore[override]
        return self.machine("ana")

    def machine(self, who: str) -> SharedStore:
        lock = LeaseLock(self.blobs, Holder(who=who), clock=lambda: awake_or_asleep() + self.slept)
        return SharedStore(self.blobs, lock, self.spool, pauses=())

    def take_over(self) -> None:
        """Be another run that broke the lock, and came and went, before who holds it could look."""
        with self.blobs.in_one_step() as blobs:
            other = replace(self, blobs=blobs)
            other.break_lock()
            with other.machine("bo").locked(NOW):
                pass
        self.is_broken = True

    def break_lock(self) -> None:
        """Be a person who breaks the lock, and does nothing more."""
        seen = self.machine("bo").lock.seen()
        assert seen is not None
        self.machine("bo").break_(seen.id)
        self.is_broken = True

    @property
    def is_free(self) -> bool:
        return parse_lease(self.blobs.blobs[LOCK].content).status is Status.FREE


@pytest.fixture
def world(tmp_path: Path) -> SharedWorld:
    return SharedWorld(tmp_path)


def test_a_shared_state_serves_as_one_in_a_file(world: SharedWorld) -> None:
    outcome = world.apply(*THREE)
    assert outcome.exit_code is ExitCode.OK
    assert not world.plan(*THREE).has_changes
    assert len(world.studio.videos) == 3
    assert world.is_free
    body = parse_json(world.blobs.blobs[STATE].content)
    jsonschema.validate(body, parse_json(schema_text("state")))
    assert body["epoch"] == 1


@pytest.mark.parametrize("point", ["add:intended", "add:sent", "update:sent", "generate:sent"])
def test_who_lost_the_lock_begins_nothing_more(world: SharedWorld, point: str) -> None:
    calls: list[str] = []

    def checkpoint(name: str) -> None:
        if name == point and not calls:
            world.take_over()
            calls.extend(world.studio.calls)

    world.options = replace(world.options, checkpoint=checkpoint, concurrency=1)
    outcome = world.apply(*THREE)
    assert outcome.exit_code is ExitCode.LOCKED
    assert isinstance(outcome.fatal, LockedError)
    changing = {"video/add", "video/update", "video/generate", "video/delete"}
    begun = [call for call in world.studio.calls[len(calls) :] if call in changing]
    assert begun == (["video/add"] if point == "add:intended" else [])
    films = [action for action in outcome.actions if action.action is Action.GENERATE]
    assert Ending.FAILED not in {film.ending for film in films}
    world.options = replace(world.options, checkpoint=lambda name: None)
    assert world.apply(*THREE).exit_code is ExitCode.OK
    assert sorted(v["name"] for v in world.studio.videos.values()) == [v.name for v in THREE]
    assert len(world.studio.films) == 3


@pytest.mark.parametrize("is_another_there", [True, False])
@pytest.mark.parametrize("is_ready", [True, False])
def test_who_lost_the_lock_says_that_its_films_are_begun(
    world: SharedWorld, monkeypatch: pytest.MonkeyPatch, is_another_there: bool, is_ready: bool
) -> None:
    """A film was "not tried" beside its entry, and the reason was a run that was not there."""

    def lose() -> None:
        if not world.is_broken:
            (world.take_over if is_another_there else world.break_lock)()

    async def duration(run: Run, entry_id: str) -> float | None:
        lose()
        return None

    if is_ready:
        monkeypatch.setattr(film_job, "duration_of", duration)
    else:
        world.options = replace(
            world.options, checkpoint=lambda name: lose() if name == "generate:sent" else None
        )
    outcome = world.apply(*THREE)
    assert outcome.exit_code is ExitCode.LOCKED
    why = r"another run took it \(bo\)" if is_another_there else "storyboard lock break"
    assert re.search(why, str(outcome.fatal))
    begun = world.studio.count("video/generate")
    films = [action for action in outcome.actions if action.action is Action.GENERATE]
    told = [film for film in films if film.ending is Ending.DETACHED]
    assert len(told) == begun > 0
    assert {film.message for film in told} == {"in the making, or recorded by another run"}
    assert not [row for row in outcome.rows if row.entry_id]
    text = render_outcome_text(outcome)
    assert text.count("not tried") == (1 if begun < len(films) else 0)


def test_a_machine_that_slept_begins_nothing_more(world: SharedWorld) -> None:
    def checkpoint(name: str) -> None:
        world.slept = 100.0

    world.options = replace(world.options, checkpoint=checkpoint, concurrency=1)
    outcome = world.apply(*THREE)
    assert outcome.exit_code is ExitCode.LOCKED
    assert "could not be renewed in time" in str(outcome.fatal)
    assert world.studio.count("video/add") == 0


def test_an_interrupted_run_gives_the_lock_back(world: SharedWorld) -> None:
    world.studio.film_polls = 1_000_000

    async def interrupted() -> Any:
        running = asyncio.create_task(world._apply(THREE, {}, None))
        while world.studio.count("video/generate") < 3:
            await asyncio.sleep(0.001)
        running.cancel()
        return await running

    outcome = asyncio.run(interrupted())
    assert outcome.interrupted
    assert world.is_free


def test_waiting_for_a_lock_can_be_interrupted_and_giving_back_cannot(world: SharedWorld) -> None:
    async def waits() -> None:
        patience = LockPatience(600)
        async with held(world.store.locked(patience), patience):
            raise AssertionError

    async def leaves() -> None:
        async with held(world.store.locked()):
            await asyncio.sleep(60)

    async def canceled(work: Callable[[], Awaitable[None]], times: int) -> None:
        running = asyncio.ensure_future(work())
        await asyncio.sleep(0.1)
        for _ in range(times):
            running.cancel()
            await asyncio.sleep(0)
        await asyncio.gather(running, return_exceptions=True)

    with world.machine("bo").locked():
        asyncio.run(canceled(waits, 1))
    assert world.is_free
    asyncio.run(canceled(leaves, 3))
    assert world.is_free


class Held:
    """A store whose lock is good for these seconds, look by look; then it is lost."""

    def __init__(self, *left: float) -> None:
        self.left = list(left)

    def seconds_left(self) -> float:
        if not self.left:
            raise LockedError("lost")
        return self.left.pop(0)


class Slow:
    """A studio whose answers take their time."""

    principal = PRINCIPAL

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.began = 0
        self.ended = 0
        self.is_over = False

    async def generate(self, video_id: str, *, burns_captions: bool = False) -> str:
        self.began += 1
        try:
            await asyncio.sleep(self.seconds)
        finally:
            for _ in range(3):  # what is asked to end may still send something
                await asyncio.sleep(0)
            self.is_over = True
        self.ended += 1
        return video_id


def called(studio: Slow, *left: float) -> str:
    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0)

    async def go() -> str:
        leased = LeasedStudio(studio, Held(*left), sleep, 1)  # type: ignore[arg-type]
        try:
            return str(await leased.generate("v1"))
        finally:
            assert studio.is_over or not studio.began, "the lock is given back after this"

    return asyncio.run(go())


def test_a_call_begins_only_with_time_enough() -> None:
    studio = Slow()
    assert called(studio, 3.0, 19.0, 40.0, 40.0) == "v1"
    with pytest.raises(LockedError):
        called(studio, 3.0, 2.0, 1.0)
    assert studio.began == 1


def test_a_call_that_outlives_its_lock_is_given_up_as_unknown() -> None:
    studio = Slow(60.0)
    with pytest.raises(UnknownOutcomeError, match="the lock of the state was lost") as raised:
        called(studio, 40.0, 5.01, 4.0)
    assert raised.value.exit_code is ExitCode.LOCKED
    assert (studio.began, studio.ended) == (1, 0)


def test_what_was_not_written_is_kept_until_the_next_run(world: SharedWorld) -> None:
    world.spool = Spool(world.folder / "state.json", world.folder)
    first = next_serial(State.fresh(PRINCIPAL))
    store = world.store
    with store.locked():
        store.write(first)
        world.blobs.away = 1
        with pytest.raises(StateError, match="could not be written: away") as raised:
            store.write(next_serial(first))
    assert "state.json.spool" in str(raised.value.hint)
    assert world.state.serial == 2
    other = SharedStore(world.blobs, LeaseLock(world.blobs, Holder()))
    with other.locked():
        other.write(replace(next_serial(first), avatars={"a": "1"}))
    assert world.state.avatars == {"a": "1"}


def test_what_was_not_written_outlives_an_outage_that_outlives_its_run(world: SharedWorld) -> None:
    """The next run took the lock over, wrote the state anew for it, and took that for another's."""
    spool = Spool(world.folder / "state.json", world.folder)
    first = next_serial(State.fresh(PRINCIPAL))

    def machine() -> SharedStore:
        lock = LeaseLock(world.blobs, Holder(who="ana"), ttl=0.3)
        return SharedStore(world.blobs, lock, spool, pauses=())

    with (one := machine()).locked():
        one.write(first)
    with (one := machine()).locked():
        one.read()
        world.blobs.away = 1 << 30
        with pytest.raises(StateError, match="could not be written: away"):
            one.write(replace(first, serial=9))
    world.blobs.away = 0
    with (one := machine()).locked():
        state = one.read()
        assert state is not None
        assert state.serial == 9
        one.write(next_serial(state))
    assert not spool.path.exists()


def test_a_damaged_spool_of_a_shared_state_is_told(world: SharedWorld) -> None:
    """It was passed over, and gone with the next write."""
    world.spool = Spool(world.folder / "state.json", world.folder)
    first = next_serial(State.fresh(PRINCIPAL))
    with (store := world.store).locked():
        store.write(first)
    world.spool.keep(format_state(next_serial(first)).encode()[:-9], first)
    with pytest.raises(StateError, match="is damaged: it has what an earlier run could not write"):
        world.store.read()


@pytest.mark.parametrize("is_born", [False, True])
@pytest.mark.parametrize("rights", [0o600, 0o644])
def test_a_spool_that_came_with_the_repository_is_not_the_state(
    world: SharedWorld, rights: int, *, is_born: bool
) -> None:
    """Whoever may fetch the state knows its lineage; a pull request adds the file."""
    world.spool = Spool(world.folder / "state.json", world.folder)
    first = next_serial(State.fresh(PRINCIPAL))
    store = world.store
    if is_born:
        with store.locked():
            store.write(first)
    forged = replace(first, serial=999, epoch=999, avatars={"a": "stranger"})
    world.spool.path.write_text(format_state(forged))
    world.spool.path.chmod(rights)
    with store.locked():
        state = store.read()
    assert (state is not None) is is_born
    assert state is None or not state.avatars


FILES = {
    "storyboard.yaml": "environments:\n  production: {studio: kaltura, state: git}\n",
    "storyboards/q1.yaml": f"name: Q1\navatar: {{templateId: jane, background: '#CEEEDB'}}\n"
    f"scenes:\n  - {TEXT}\n",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[TinyStudio, list[Project], dict[str, str]]]:
    """A studio, two clones of a project whose state is in git, and the variables for both."""
    PLACES["git"].prepare(tmp_path)
    studio = TinyStudio()
    with serving(studio) as url:
        variables = {
            "KALTURA_VOD_AVATAR_URL": f"{url}/api/v1",
            "KALTURA_SERVICE_URL": f"{url}/api_v3",
            "KALTURA_KS": "a-session",
            "KALTURA_PARTNER_ID": "101",
            "KALTURA_USER_ID": "maker",
            "STORYBOARD_ALLOW_HOSTS": url.removeprefix("http://"),
            "GITHUB_ACTOR": "ana",
        }
        clones = [Project.of(new_clone(tmp_path, "--depth=1"), FILES) for _ in range(2)]
        yield studio, clones, variables


def started(project: Project, variables: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "storyboard", "apply", "-e", "production", "--yes"]
    return subprocess.Popen(
        command,
        cwd=project.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_clones_work_on_one_state(
    office: tuple[TinyStudio, list[Project], dict[str, str]],
) -> None:
    studio, (one, two), variables = office
    ran = one.run("apply", "-e", "production", "--yes", "--no-generate", **variables)
    assert ran.code == 0, ran.err
    assert not (one.path / ".storyboard" / "state").exists()
    planned = two.run("plan", "-e", "production", "--no-generate", "--json", **variables).json()
    assert planned["actions"] == []
    told = two.run("lock", "status", "-e", "production", **variables)
    assert told.out == "production (origin refs/storyboard/production): not held\n"
    moved = two.run("state", "mv", "q1", "q2", "-e", "production", **variables)
    assert moved.code == 0, moved.err
    log = git(one.path.parent / "server.git", "log", "--format=%s", "refs/storyboard/production")
    assert log.splitlines()[0] == "state: state mv production"
    assert studio.count("video/add") == 1


@pytest.mark.slow
def test_a_state_goes_from_git_to_a_file_and_back(
    office: tuple[TinyStudio, list[Project], dict[str, str]],
) -> None:
    _, (one, two), variables = office
    there = ("-e", "production")
    assert one.run("apply", *there, "--yes", "--no-generate", **variables).code == 0
    kept = one.path / "kept.json"
    kept.write_text(one.run("state", "pull", *there, **variables).out)
    assert two.run("state", "mv", "q1", "q2", *there, **variables).code == 0
    assert two.run("state", "push", str(kept), *there, **variables).code == ExitCode.REFUSED
    assert two.run("state", "push", str(kept), "--force", *there, **variables).code == 0
    assert one.run("outputs", *there, **variables).out.startswith("q1\t")
    refused = two.run("state", "restore", *there, **variables)
    assert (refused.code, "git show FETCH_HEAD~1:state.json > FILE" in refused.err) == (64, True)
    told = two.run("doctor", *there, **variables)
    assert "('origin refs/storyboard/production')" in told.out
    hook = one.path.parent / "server.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho 'not you' >&2\nexit 1\n")
    hook.chmod(0o755)
    ran = two.run("apply", *there, "--yes", **variables)
    assert (ran.code, "does not take" in ran.err) == (ExitCode.STATE_NOT_WRITTEN, True)


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_a_canceled_job_gives_the_lock_back(
    office: tuple[TinyStudio, list[Project], dict[str, str]], end: signal.Signals
) -> None:
    studio, (one, two), variables = office
    studio.film_polls = 1_000_000
    process = started(one, variables)
    eventually(lambda: studio.count("video/generate") == 1)
    held_by = two.run("lock", "status", "-e", "production", "--json", **variables).json()
    assert (held_by["held"], held_by["lease"]["who"]) == (True, "ana")
    process.send_signal(end)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == ExitCode.DETACHED, out
    assert "still being made" in out
    assert not two.run("lock", "status", "-e", "production", "--json", **variables).json()["held"]


@pytest.mark.slow
def test_the_lock_of_a_killed_job_is_seen_and_broken(
    office: tuple[TinyStudio, list[Project], dict[str, str]],
) -> None:
    studio, (one, two), variables = office
    studio.film_polls = 1_000_000
    process = started(one, variables)
    eventually(lambda: studio.count("video/generate") == 1)
    process.kill()
    process.communicate()
    refused = two.run("apply", "-e", "production", "--yes", "--lock-timeout", "0", **variables)
    assert refused.code == ExitCode.LOCKED
    assert "another run holds the state (ana on" in refused.err
    told = two.run("lock", "status", "-e", "production", **variables)
    found = re.search(r"storyboard lock break --id ([0-9a-f]{16}) -e production\n", told.out)
    assert found is not None
    assert re.search(r"last sign of life 20\d\d-", told.out)
    assert "takes the lock over after 150 s" in told.out
    assert "for more than 150 s takes its lock over" in refused.err
    assert f"storyboard lock break -e production --id {found[1]}" in refused.err
    unnamed = two.run("lock", "break", "-e", "production", **variables)
    assert (unnamed.code, "storyboard lock status -e production" in unnamed.err) == (64, True)
    assert two.run("lock", "break", "--id", "x", "-e", "production", **variables).code == 64
    broken = two.run("lock", "break", "--id", found[1], "-e", "production", **variables)
    assert broken.out.startswith("broke the lock that ana on ")
    studio.film_polls = 1
    studio._looks = dict.fromkeys(studio._looks, 1)
    ran = two.run("apply", "-e", "production", "--yes", **variables)
    assert ran.code == 0, ran.err
    assert (len(studio.videos), len(studio.films)) == (1, 1)


def test_no_film_is_saved_once_the_lock_is_lost(tmp_path: Path) -> None:
    """Each was downloaded and written, and none could be recorded."""
    films = tmp_path / "films"
    world = SharedWorld(tmp_path)

    def checkpoint(point: str) -> None:
        if point == "file:saved":
            world.take_over()
            world.slept += 1000.0

    world.options = replace(world.options, download=films, root=tmp_path, checkpoint=checkpoint)
    outcome = world.apply(*THREE)
    assert isinstance(outcome.fatal, LockedError)
    assert world.studio.count("download") == 1
    assert len(list(films.glob("*.mp4"))) == 1


@pytest.mark.parametrize("call", [
    "download_film", "film_progress", "failure_reason", "get_entry", "get_video", "list_videos",
])  # fmt: skip
def test_no_call_is_made_once_the_lock_is_lost(call: str) -> None:
    class Lost:
        def seconds_left(self) -> float:
            raise LockedError("it is lost")

    class Asked:
        principal = PRINCIPAL

    leased = LeasedStudio(Asked(), Lost(), asyncio.sleep, 1)  # type: ignore[arg-type]
    given = {"download_film": ("1_a", Path("film.mp4")), "list_videos": ()}.get(call, ("1_a",))
    with pytest.raises(LockedError, match="it is lost"):
        asyncio.run(getattr(leased, call)(*given))
