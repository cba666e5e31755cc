"""Makes test films of a video that fails, until the scene that breaks it is found."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace

from storyboard.apply.apply import planned_state
from storyboard.apply.interruption import keep_going
from storyboard.apply.leased import LeasedStudio
from storyboard.apply.ledger import Ledger
from storyboard.apply.leftovers import remove_test_video, test_operations
from storyboard.apply.observer import Observer
from storyboard.apply.options import ApplyOptions
from storyboard.apply.part_film import film_fails
from storyboard.apply.remote import Studio
from storyboard.apply.run import Run
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.errors import StoryboardError
from storyboard.plan.bisecting import BisectPlan, Found, search
from storyboard.plan.plan import Plan
from storyboard.plan.refusal import enforce
from storyboard.state.store import Store
from storyboard.video import Address, Video


@dataclass(frozen=True, slots=True)
class PartFilm:
    """A test film: of which scenes, by their ids, whether it failed, and how long it took."""

    scenes: tuple[str, ...]
    failed: bool
    took_seconds: float


@dataclass(frozen=True, slots=True)
class Bisection:
    """A search of a video's scenes; `found` is None where it did not come to its end.

    `reason` is why the film failed, where the studio tells that: no test film is made then.
    `left` are the ids of test videos that could not be deleted.
    """

    video: Video
    found: Found | None = None
    films: tuple[PartFilm, ...] = ()
    reason: str | None = None
    left: tuple[str, ...] = ()

    @property
    def address(self) -> Address:
        """Whose scenes were looked at."""
        return self.video.address

    @property
    def scenes(self) -> tuple[str, ...]:
        """The ids of the scenes that were found."""
        found = () if self.found is None else self.found.scenes
        return tuple(self.video.scenes[index].id for index in found)


async def bisect_film(
    bisecting: BisectPlan,
    plan: Plan,
    client: Studio,
    store: Store,
    observer: Observer,
    options: ApplyOptions,
) -> Bisection:
    """Search under the state's lock; `plan` says of which state.

    However it ends, the videos of its films are deleted, and those of killed runs before it. Raises
    `GuardError` for a search that a limit refuses, and what made going on senseless. A cancellation
    ends the search.
    """
    enforce(bisecting.refusals)
    with store.locked():
        ledger = Ledger(store, planned_state(plan, store))
        studio = LeasedStudio(client, store, options.sleep, options.concurrency)
        run = Run(plan, studio, ledger, observer, options)
        films: list[PartFilm] = []
        found = None
        try:
            await _remove_all(run)
            found = await _searched(run, bisecting, films)
        except asyncio.CancelledError:
            keep_going()
        finally:
            with suppress(asyncio.CancelledError):
                try:
                    await _remove_all(run)
                finally:  # also where a second Ctrl-C ends that
                    await run.close()
        if run.fatal is not None:
            raise run.fatal
        left = tuple(operation.video_id or "" for operation in test_operations(ledger.state))
        return Bisection(bisecting.video, found, tuple(films), left=left)


async def _searched(run: Run, bisecting: BisectPlan, films: list[PartFilm]) -> Found:
    """Make one film after the other: each decides which is the next."""
    video, searching = bisecting.video, search(len(bisecting.video.scenes))
    try:
        part = next(searching)
        while True:
            scenes = tuple(video.scenes[index] for index in part)
            ids = tuple(scene.id for scene in scenes)
            number = f"test film {len(films) + 1} of up to {bisecting.most.films}"
            run.observer.noticed(f"{number}: {listed(ids, NAMES_IN_LINE)}")
            began = run.options.clock()
            failed = await film_fails(run, replace(video, scenes=scenes))
            took = round(run.options.clock() - began, 1)
            run.observer.noticed(f"{number}: {'failed' if failed else 'made'}")
            films.append(PartFilm(ids, failed, took))
            part = searching.send(failed)
    except StopIteration as ended:
        found: Found = ended.value
        return found


async def _remove_all(run: Run) -> None:
    """Delete what test films left; what the studio does not let go, the next apply deletes."""
    for operation in test_operations(run.ledger.state):
        try:
            await remove_test_video(run, operation)
        except StoryboardError as cause:
            run.observer.noticed(
                f"the test film of '{operation.address}' could not be deleted: {cause.message}; "
                "the next apply deletes it"
            )
