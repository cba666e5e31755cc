"""Finds the scene of which a video's film fails, where the studio gives no reason.

bisected = asyncio.run(bisect_address(request, compilation, approve=lambda plan: True))
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from storyboard.apply.bisect import Bisection, bisect_film
from storyboard.apply.observer import Observer, silent
from storyboard.apply.options import ApplyOptions, turn_seconds
from storyboard.apply.reasons import read_reason
from storyboard.commands.compiled_project import environment_of, require_compiled
from storyboard.commands.project import OpenProject, open_project
from storyboard.commands.request import Request
from storyboard.compiler import Compilation
from storyboard.errors import ConflictError, UsageError
from storyboard.plan.bisecting import BisectPlan, plan_bisection
from storyboard.plan.change import Change
from storyboard.plan.options import PlanOptions
from storyboard.shell import word
from storyboard.state.patience import held
from storyboard.video import Video
from storyboard.wire import VideoStatus


async def bisect_address(
    request: Request,
    compilation: Compilation,
    *,
    approve: Callable[[BisectPlan], bool],
    options: PlanOptions | None = None,
    observing: Callable[[], AbstractContextManager[Observer]] = silent,
) -> Bisection | None:
    """Look for the scene with test films, after `approve` was asked; None where it said no.

    Raises `UsageError` where the request's video has no failed film, `ConflictError` where what
    failed is not what the files say, and `GuardError` where a limit refuses so many films.
    """
    require_compiled(compilation)
    environment = environment_of(request, compilation.project)
    settings = ApplyOptions(
        poll_seconds=environment.poll_seconds, turn_seconds=turn_seconds(request.film_timeout)
    )
    async with open_project(request, environment) as project:
        if project.by_name:
            raise UsageError(
                "this environment finds its videos by name, and no state could tell what an "
                "interrupted search left",
                hint="use an environment with `identity: state`",
            )
        async with held(project.store.locked(request.patience), request.patience):
            compared = await project.compare(compilation, options)
            (change,) = (c for c in compared.plan.changes if c.desired is not None)
            video = _failed_video(change)
            reason = await _reason(project, change)
            if reason is not None:
                return Bisection(video, reason=reason)
            bisecting = plan_bisection(video, compared.plan.bounds)
            if not approve(bisecting):
                return None
            with observing() as observer:
                return await bisect_film(
                    bisecting, compared.plan, project.client, project.store, observer, settings
                )


def _failed_video(change: Change) -> Video:
    """Return the video whose film failed, with the scenes that the studio has."""
    address, current, video = change.address, change.current, change.desired
    assert video is not None
    if current is None or current.status is not VideoStatus.GENERATE_ERROR:
        status = "is not there" if current is None else f"is {current.status.value}"
        raise UsageError(
            f"'{address}' has no failed film: its video {status}",
            hint=f"make its film first: storyboard apply {word(address)}",
        )
    if change.edit.of_film or change.compose is not None or video.holds:
        raise ConflictError(
            f"the files say something else of '{address}' than the film that failed",
            hint=f"apply them first: storyboard apply {word(address)}; no test film was made",
        )
    return video


async def _reason(project: OpenProject, change: Change) -> str | None:
    """Return why the film failed, if the studio tells that."""
    assert change.current is not None
    assert change.desired is not None
    told = await project.client.failure_reason(change.current)
    reason = read_reason(told, tuple(scene.id for scene in change.desired.scenes))
    return None if reason is None else reason.text
