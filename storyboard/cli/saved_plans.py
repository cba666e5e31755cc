"""What `plan`, `apply` and `show` do with the file of a saved plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from storyboard import __version__
from storyboard.cli.given import spelled, typed
from storyboard.cli.options import print_elsewhere
from storyboard.cli.recovery import spelled_here
from storyboard.cli.telling import telling_here
from storyboard.cli.together import DECIDED
from storyboard.commands.compiled_project import select
from storyboard.commands.request import Request
from storyboard.commands.saved_plans import read_saved, write_saved
from storyboard.compiler import Compilation
from storyboard.errors import UsageError
from storyboard.plan.options import PlanOptions
from storyboard.plan.plan import Plan
from storyboard.plan.saved import SHAPING, Asked, SavedPlan, save_plan, stamp
from storyboard.shell import word
from storyboard.views.json_text import json_text
from storyboard.views.plan_json import plan_to_dict
from storyboard.views.plan_markdown import render_plan_markdown
from storyboard.views.plan_text import render_plan_text
from storyboard.views.report_json import report_to_dict
from storyboard.views.report_text import render_report_text
from storyboard.views.wording import printable, printable_lines


def save_to(
    path: Path,
    targets: tuple[str, ...],
    made: tuple[Request, Compilation, PlanOptions, Plan],
) -> None:
    """Write a plan to a file, and say on stderr how it is applied."""
    request, compilation, options, plan = made
    asked = Asked(
        targets=targets,
        environment=request.environment,
        variables=request.variables,
        allow_stale=request.allow_stale,
        fallback=request.fallback,
        **{name: getattr(options, name) for name in SHAPING},
    )
    shown = (
        plan_to_dict(plan, elsewhere=compilation.errors_elsewhere),
        render_plan_text(plan, full=True),
        render_plan_markdown(plan, environment=request.environment),
    )
    found = (
        report_to_dict(compilation.report)["diagnostics"],
        render_report_text(compilation.report),
    )
    videos = select(request, compilation)
    now = datetime.now(UTC)
    write_saved(path, save_plan(plan, asked, videos, shown, found, tool=__version__, now=now))
    # Not spelled for this place: the environment and the variables are in the file.
    folder = click.get_current_context().find_root().obj
    program = "storyboard" if folder is None else f"storyboard -C {word(folder)}"
    click.echo(printable(f"saved; apply it with: {program} apply {word(path)}"), err=True)


def refuse_fixed(ctx: click.Context, saved: SavedPlan) -> None:
    """Raise `UsageError` for an option that the saved plan has decided already."""
    given = {each.name: each for each in typed(ctx)}
    decided = [option for name, option in given.items() if name in DECIDED]
    if decided:
        raise UsageError(
            f"'{spelled(ctx, decided[0])}' cannot be given with a saved plan",
            hint="leave it out, or plan again with it: `storyboard plan -o FILE`",
        )
    if "environment" in given and ctx.params["environment"] != saved.asked.environment:
        raise UsageError(
            f"the saved plan is for environment '{saved.asked.environment}', "
            f"not '{ctx.params['environment']}'",
            hint="leave `-e` out, or plan for that environment",
        )


def show_saved(path: Path, form: str) -> None:
    """Print a saved plan as `plan` printed it, whatever became of it; warn where that is known."""
    saved = read_saved(path)
    for line in _warnings(saved, datetime.now(UTC)):
        click.echo(f"warning: {line}", err=True)
    _print_found(saved)
    match form:
        case "json":
            click.echo(json_text(saved.plan), nl=False)
        case "markdown":
            click.echo(spelled_here(printable_lines(saved.markdown)), nl=False)
        case _:
            head = (
                f"saved plan for {saved.asked.environment}, made {stamp(saved.created)}, "
                f"expires {stamp(saved.expires)}"
            )
            click.echo(printable(head))
            click.echo(spelled_here(printable_lines(saved.text)), nl=False)


def _print_found(saved: SavedPlan) -> None:
    """Print on stderr what check had found in the files, as `plan` did."""
    telling = telling_here()
    if telling.has_events:
        if saved.findings:
            telling.event({"event": "found", "diagnostics": list(saved.findings)})
    elif saved.findings_text:
        click.echo(spelled_here(printable_lines(saved.findings_text)), err=True)
    elsewhere = saved.plan.get("elsewhere")
    print_elsewhere(elsewhere if isinstance(elsewhere, int) else 0)


def _warnings(saved: SavedPlan, now: datetime) -> list[str]:
    told = []
    if not saved.is_whole:
        told.append("the file was damaged or edited: its checksum does not match")
    if now >= saved.expires:
        told.append(f"the plan expired at {stamp(saved.expires)}")
    return told
