"""`storyboard plan`: what an apply would do, and nothing done."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from storyboard.cli.fail_on import exit_code, fail_on_option
from storyboard.cli.options import build_request, cache_option, project_options, wants_color
from storyboard.cli.plan_options import full_option, plan_options, split_plan_options
from storyboard.cli.planning import Save, View, print_plan
from storyboard.cli.telling import telling_here
from storyboard.commands.planned_before import PlannedBefore
from storyboard.commands.request import Request
from storyboard.errors import ExitCode
from storyboard.plan.kinds import KINDS
from storyboard.plan.options import PlanOptions

_FORMATS: Final = ("text", "json", "markdown")


@click.command("plan")
@project_options
@plan_options
@click.option("--json", "form", flag_value="json", help="Print JSON, as `--format json`.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text",
              show_default=True, help="Print the plan in this format.")  # fmt: skip
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 if changes are pending.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Save the plan to FILE, for `apply FILE`.")  # fmt: skip
@full_option
@cache_option
@fail_on_option(KINDS, "Exit with 5 if the plan has any of these; with commas.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    form: str,
    detailed_exitcode: bool,
    out: Path | None,
    fail_on: tuple[str, ...],
    full: bool,
    cache: bool,
    **options: Any,
) -> int:
    """Show what apply would change in the studio."""
    view = View(form, full, wants_color(sys.stdout))
    asked = sorted(options.items())
    settings = split_plan_options(options)
    request = build_request(ctx, **options)
    before = PlannedBefore(request, (view, asked)) if cache else None
    printed = print_plan(request, settings, view, before, _saving(out, request, settings, options))
    if printed.refusals:
        from storyboard.plan.refusal import refused

        telling_here().noted(refused(printed.refusals))
        return ExitCode.REFUSED
    pending = detailed_exitcode and printed.told.has_changes
    code = ExitCode.CHANGES_PENDING if pending else ExitCode.OK
    return exit_code(code, found=printed.told.kinds, fail_on=fail_on)


def _saving(
    out: Path | None, request: Request, settings: PlanOptions, options: Mapping[str, Any]
) -> Save | None:
    """Return what saves the plan to a file, if one is named; raises `UsageError` for its place."""
    if out is None:
        return None
    # Most plans are looked at, and need not wait for what saves one.
    from storyboard.cli.saved_plans import save_to
    from storyboard.commands.saved_plans import check_place

    check_place(out)
    targets = options["targets"]
    return lambda compilation, plan: save_to(out, targets, (request, compilation, settings, plan))
