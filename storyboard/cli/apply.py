"""`storyboard apply`: make the studio hold what the files say, films included."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import click

from storyboard.cli import show_failure
from storyboard.cli.options import build_request, print_report, project_options, wants_color
from storyboard.cli.plan_options import plan_options, split_plan_options
from storyboard.errors import ExitCode, UsageError
from storyboard.plan.plan import Plan
from storyboard.views.outcome_json import render_outcome_json
from storyboard.views.outcome_text import render_outcome_text
from storyboard.views.plan_text import render_plan_text
from storyboard.views.progress import showing_progress
from storyboard.workflow import apply_changes, compile_request


@click.command("apply")
@project_options
@plan_options
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--download", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Save the films as DIR/ADDRESS.mp4 (local: 'films').")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_context
def command(
    ctx: click.Context, /, yes: bool, download: Path | None, as_json: bool, **options: Any
) -> int:
    """Make the studio hold what the files say, and generate the films.

    Shows the plan and asks, unless --yes is given. Interrupting detaches: films go on being made,
    and the next apply attaches to them.
    """
    settings = split_plan_options(options)
    request = build_request(ctx, **options)
    compilation = compile_request(request)
    print_report(compilation)
    if compilation.report.has_errors:
        return ExitCode.FILES_HAVE_ERRORS
    if not yes and not sys.stdin.isatty():
        raise UsageError("apply asks before it changes anything, and here is nobody to ask",
                         hint="add --yes")  # fmt: skip

    def approve(plan: Plan) -> bool:
        click.echo(render_plan_text(plan, color=wants_color(sys.stderr)), nl=False, err=as_json)
        if plan.refusals or not plan.has_changes or yes:
            return True
        return click.confirm("apply this plan?", err=True)

    applied = asyncio.run(
        apply_changes(
            request,
            compilation,
            approve=approve,
            options=settings,
            download=download,
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
