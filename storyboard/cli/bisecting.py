"""`storyboard apply --bisect`: which scene breaks a film, found with test films."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from storyboard.apply.bisect import Bisection
from storyboard.cli.applying import observing
from storyboard.cli.asking import confirm, require_answer
from storyboard.cli.compiling import compile_clean
from storyboard.cli.held_run import run_held
from storyboard.cli.options import build_request, holding
from storyboard.cli.recovery import spelled_here
from storyboard.cli.telling import telling_here
from storyboard.cli.together import BISECT, require_mode
from storyboard.commands.bisect import bisect_address
from storyboard.commands.compiled_project import select
from storyboard.commands.scope import name_one_of
from storyboard.counting import counted
from storyboard.errors import ExitCode, UsageError
from storyboard.plan.bisecting import BisectPlan
from storyboard.plan.options import PlanOptions
from storyboard.plan.refusal import enforce
from storyboard.views.bisect import (
    render_bisect_plan,
    render_bisection_json,
    render_bisection_text,
)


def search_scene(
    ctx: click.Context, settings: PlanOptions, options: Mapping[str, Any], *, as_json: bool
) -> int:
    """Search, tell what was found, and return the exit code; `options` are those of the request."""
    yes = bool(ctx.params["yes"])
    require_answer(yes, "apply --bisect")
    require_mode(ctx, BISECT)
    limits = (ctx.params["lock_timeout"], ctx.params["timeout"])
    request = holding(build_request(ctx, **options), "apply", *limits)
    compilation = compile_clean(request)
    videos = select(request, compilation)
    if len(videos) != 1:
        raise UsageError(
            f"--bisect takes one video, and this names {counted(len(videos), 'video')}",
            hint=name_one_of(video.address for video in videos),
        )

    def approve(plan: BisectPlan) -> bool:
        click.echo(render_bisect_plan(plan), nl=False, err=as_json)
        enforce(plan.refusals)
        return yes or not plan.most.films or confirm("make the test films?")

    work = bisect_address(
        request, compilation, approve=approve, options=settings, observing=observing
    )
    bisection = run_held(work)
    if bisection is None:
        click.echo("no test film was made", err=True)
        return ExitCode.OK
    return _show(bisection, as_json=as_json)


def _show(bisection: Bisection, *, as_json: bool) -> int:
    is_whole = bisection.found is not None or bisection.reason is not None
    code = telling_here().ended(ExitCode.OK if is_whole else ExitCode.INTERRUPTED)
    if as_json:
        click.echo(render_bisection_json(bisection, code), nl=False)
    else:
        click.echo(spelled_here(render_bisection_text(bisection)), nl=False)
    return code
