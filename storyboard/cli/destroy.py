"""`storyboard destroy`: an apply of nothing."""

from __future__ import annotations

import asyncio
import sys

import click

from storyboard.cli import show_failure
from storyboard.cli.options import environment_option, wants_color
from storyboard.destruction import destroy_applied
from storyboard.errors import ExitCode, UsageError
from storyboard.plan.plan import Plan, PlanOptions
from storyboard.views.outcome_json import render_outcome_json
from storyboard.views.outcome_text import render_outcome_text
from storyboard.views.plan_text import render_plan_text
from storyboard.views.progress import showing_progress
from storyboard.workflow import find_request


@click.command("destroy")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--allow-protected", is_flag=True, help="Delete videos under `protect` too.")
@click.option("--allow-missing", is_flag=True,
              help="Go on where most applied videos are gone from the studio.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    environment: str,
    yes: bool,
    allow_protected: bool,
    allow_missing: bool,
    as_json: bool,
) -> int:
    """Delete from the studio what was applied: the addresses given, or all.

    Only what the state records is deleted, whatever the files say now. Films that were made stay
    as media entries, and files that were saved stay on disk.
    """
    request = find_request(targets, ctx.find_root().obj, environment=environment)
    if request.paths:
        raise UsageError(f"'{request.paths[0]}' is a file", hint="destroy takes addresses")
    if not yes and not sys.stdin.isatty():
        raise UsageError("destroy asks before it deletes anything, and here is nobody to ask",
                         hint="add --yes")  # fmt: skip

    def approve(plan: Plan) -> bool:
        click.echo(render_plan_text(plan, color=wants_color(sys.stderr)), nl=False, err=as_json)
        if plan.refusals or not plan.has_changes or yes:
            return True
        return click.confirm("delete these videos?", err=True)

    applied = asyncio.run(
        destroy_applied(
            request,
            approve=approve,
            options=PlanOptions(allow_protected=allow_protected, allow_missing=allow_missing),
            observing=lambda: showing_progress(sys.stderr, bars=wants_color(sys.stderr)),
        )
    )
    if applied.outcome is None:
        click.echo("nothing was changed", err=True)
        return ExitCode.OK
    if as_json:
        click.echo(render_outcome_json(applied.outcome), nl=False)
    else:
        color = wants_color(sys.stdout)
        click.echo(render_outcome_text(applied.outcome, color=color), nl=False)
    if applied.outcome.fatal is not None:
        show_failure(applied.outcome.fatal)
    return applied.outcome.exit_code
