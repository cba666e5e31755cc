"""Makes a studio hold what the files say, films included: plans, asks, carries out.

result = asyncio.run(apply_changes(request, compilation, approve=lambda plan: True))
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from storyboard.apply.apply import apply_plan
from storyboard.apply.observer import Observer, silent
from storyboard.apply.options import ApplyOptions, turn_seconds
from storyboard.apply.outcome import Outcome
from storyboard.apply.saved_films import UNSAVED_HINT
from storyboard.apply.stand_ins import clip_files, put_stand_ins
from storyboard.commands.compiled_project import environment_of, require_compiled, select
from storyboard.commands.environment import Environment
from storyboard.commands.film_folders import is_usual_films, writable_films
from storyboard.commands.likely_causes import likely_causes
from storyboard.commands.other_states import saved_films
from storyboard.commands.project import Comparison, OpenProject, open_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.disk.writing import ignore_in_git, try_folder
from storyboard.errors import ConflictError, FailureCode, StoryboardError, UsageError
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.plan.refusal import enforce
from storyboard.plan.saved import SavedPlan, require_saved
from storyboard.source.files import shown_path
from storyboard.state.patience import held
from storyboard.state.store import Store
from storyboard.video import Video

Planning = Callable[[OpenProject, Comparison], Awaitable[Plan]]


@dataclass(frozen=True, slots=True)
class Applied:
    """An apply: its plan, and what came of it; `outcome` is None where it was not approved."""

    plan: Plan
    outcome: Outcome | None


async def apply_changes(
    request: Request,
    compilation: Compilation,
    *,
    approve: Callable[[Plan], bool],
    options: PlanOptions | None = None,
    expected: str | None = None,
    saved: SavedPlan | None = None,
    download: Path | None = None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
    named: Sequence[Video] | None = None,
    planning: Planning | None = None,
) -> Applied:
    """Plan, ask, and carry the plan out under the state's lock; films included.

    `expected` is the digest of the plan that was looked at, or its first 12 digits and more:
    another plan is not carried out; nor is one that differs from the `saved` one, which is good
    for one time. `observing` opens what shows the run, after the approval;
    `download` is where films are saved, else where the environment says; `named` are the videos to
    look for where names are keys, if not the compiled ones. `planning` makes another plan of what
    was compared. The studio in this process renders while this waits. Raises `ProjectError` where
    the files have errors, `ConflictError` for an unexpected plan; whatever fails later is in the
    outcome.
    """
    require_compiled(compilation)
    digits = None if expected is None else _digits(expected)
    environment = environment_of(request, compilation.project)
    settings = _settings(request, compilation, environment, download, saved)
    async with (
        open_project(request, environment) as project,
        held(project.store.locked(request.patience), request.patience),
    ):
        compared = await project.compare(compilation, options, named=named)
        plan = compared.plan if planning is None else await planning(project, compared)
        videos = select(request, compilation)
        if digits is not None:
            _require_digest(plan, digits, saved)
        if saved is not None:
            require_saved(saved, plan, compared.state, videos)
        if not approve(plan):
            return Applied(plan, None)
        enforce(plan.refusals)
        _require_place(plan, settings.download)
        settings = await _with_files(settings, project, compilation, _as_planned(videos, plan))
        with observing() as observer:
            store = project.store_of(compared)
            outcome = await _applied(plan, project, store, environment, observer, settings)
        project.facts.save()
        return Applied(plan, outcome)


def _settings(
    request: Request,
    compilation: Compilation,
    environment: Environment,
    download: Path | None,
    saved: SavedPlan | None,
) -> ApplyOptions:
    """Return what an apply has to know that no plan says."""
    folder = environment.download_dir
    return ApplyOptions(
        download=download or (folder and writable_films(folder, request.root)),
        films_inside=download or request.root,
        poll_seconds=environment.poll_seconds,
        film_seconds=request.film_timeout,
        turn_seconds=turn_seconds(request.film_timeout),
        hints=likely_causes(compilation.videos, compilation.report),
        saved_plan="" if saved is None else saved.checksum,
    )


def _require_place(plan: Plan, folder: Path | None) -> None:
    """Raise `StoryboardError` for a folder that takes no films, before one is made for it."""
    if folder is None or not plan.films:
        return
    try:
        try_folder(folder)
    except OSError as cause:
        reason = cause.strerror or cause
        raise StoryboardError(
            f"no film could be saved in '{shown_path(folder)}': {reason}",
            hint=f"{UNSAVED_HINT}; nothing was changed",
            code=FailureCode.OUTPUT_NOT_WRITTEN,
        ) from cause


def _as_planned(videos: Sequence[Video], plan: Plan) -> list[Video]:
    """Return the videos as the plan wants them: it holds more of them, and lifts some holds."""
    planned = {change.address: change.desired for change in plan.changes}
    return [planned.get(video.address) or video for video in videos]


async def _with_files(
    settings: ApplyOptions,
    project: OpenProject,
    compilation: Compilation,
    videos: Sequence[Video],
) -> ApplyOptions:
    """Bring a local studio's media up to the files; return the options with what lies where."""
    root, facts = project.request.root, project.facts
    taken = {**saved_films(project.others, root), **clip_files(compilation.videos, root)}
    settings = replace(settings, root=root, facts=facts, taken=taken)
    if not project.client.is_local:
        return settings
    unready = await put_stand_ins(project.client, project.files, facts, videos)
    return replace(settings, unready=unready)


async def _applied(
    plan: Plan,
    project: OpenProject,
    store: Store,
    environment: Environment,
    observer: Observer,
    settings: ApplyOptions,
) -> Outcome:
    """Carry a plan out; films of the studio here are kept from git, if their folder is new."""
    folder, root = settings.download, project.request.root
    is_new = folder is not None and not folder.exists()
    outcome = await apply_plan(plan, project.client, store, observer, settings)
    is_usual = folder is not None and is_usual_films(folder, root, environment.name)
    if (
        folder is not None
        and is_new
        and is_usual
        and environment.settings is None
        and folder.is_dir()
    ):
        ignore_in_git(folder, inside=root)
    return outcome


_PREFIX: Final = "sha256:"

_DIGEST: Final = re.compile(r"(?:sha256:)?([0-9a-f]{12,64})")


def _digits(expected: str) -> str:
    """Return the hexadecimal digits of a digest; raises `UsageError`."""
    found = _DIGEST.fullmatch(expected.strip().lower())
    if found is None:
        raise UsageError(
            f"'{expected}' is not the digest of a plan",
            hint="take it from `storyboard plan --json`, or the plan id that `plan` prints",
        )
    return found[1]


def _require_digest(plan: Plan, digits: str, saved: SavedPlan | None) -> None:
    """Raise `ConflictError` for another plan than the expected one; a saved one says itself how it
    differs."""
    told = plan.digest if saved is None else saved.digest
    actual = told.removeprefix(_PREFIX)
    if saved is not None and not actual.startswith(digits):
        raise ConflictError(
            f"the saved plan is not the expected one: its id is {actual[:12]}, and not "
            f"{digits[:12]}",
            hint="take the file that belongs to this digest; nothing was changed",
            code=FailureCode.PLAN_UNEXPECTED,
        )
    if saved is None and not actual.startswith(digits):
        raise ConflictError(
            f"the plan is not the expected one: its id was {digits[:12]}, now it is {actual[:12]}; "
            f"{_would(plan)}",
            hint="look at it again with `storyboard plan`; nothing was changed; of a plan saved "
            "with `-o FILE`, `storyboard apply FILE` says what changed since",
            code=FailureCode.PLAN_UNEXPECTED,
        )


def _would(plan: Plan) -> str:
    """Say what a plan does; of the one that was looked at, only the digest is known here."""
    done = [f"{action.value} {change.address}" for change, action in plan.actions]
    done += [f"delete video {each.video_id}" for each in plan.retirements]
    done += [f"delete video {each.video.id}" for each in plan.swept]
    return f"now it would: {listed(done, NAMES_IN_LINE)}" if done else "now it would change nothing"
