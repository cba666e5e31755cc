"""`storyboard apply --bisect`: which scene breaks a film, found with test films."""

from __future__ import annotations

from typing import Final

import click
from click.core import ParameterSource

from storyboard.apply.bisect import Bisection
from storyboard.cli.applying import observing
from storyboard.cli.asking import confirm, require_answer
from storyboard.cli.held_run import run_held
from storyboard.cli.recovery import spelled_here
from storyboard.cli.telling import telling_here
from storyboard.commands.bisect import bisect_address
from storyboard.commands.compiled_project import select
from storyboard.commands.request import Request
from storyboard.commands.saved_plans import find_saved
from storyboard.commands.scope import name_one_of
from storyboard.compiler import Compilation
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

_BESIDE: Final = ("yes", "as_json", "lock_timeout", "timeout", "max_generate", "max_minutes",
                         "targets", "environment", "assignments", "var_files", "allow_stale",
                         "fallback", "allow_missing", "bisect", "progress")  # fmt: skip
"""Parameters that go along with `--bisect`: it changes no video, and saves no film."""


def prepare_search(ctx: click.Context, *, yes: bool) -> None:
    """Refuse the options and the saved plan that a search would ignore, and a question unseen."""
    require_answer(yes, "apply --bisect")
    for parameter in ctx.command.params:
        said = ctx.get_parameter_source(parameter.name or "")
        if said is ParameterSource.COMMANDLINE and parameter.name not in _BESIDE:
            option = parameter.opts[0]
            raise UsageError(f"--bisect and {option} exclude each other", hint="pass one of them")
    if find_saved(ctx.params["targets"]) is not None:
        raise UsageError(
            "--bisect takes the address of a video, and no plan",
            hint="storyboard apply --bisect ADDRESS",
        )


def search_scene(
    request: Request, compilation: Compilation, settings: PlanOptions, *, yes: bool, as_json: bool
) -> int:
    """Search, tell what was found, and return the exit code."""
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
