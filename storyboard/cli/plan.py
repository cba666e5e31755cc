"""`storyboard plan`: what an apply would do, and nothing done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from storyboard.cli.compiling import compile_clean
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.fail_on import exit_code, fail_on_option
from storyboard.cli.options import build_request, cache_option, project_options, wants_color
from storyboard.cli.plan_options import full_option, plan_options, split_plan_options
from storyboard.cli.recovery import spelled_here
from storyboard.cli.telling import telling_here
from storyboard.commands.plan import plan_changes, plan_keeping
from storyboard.commands.saved_plans import check_place
from storyboard.errors import ExitCode
from storyboard.plan.plan import KINDS
from storyboard.plan.refusal import refused
from storyboard.views.plan_json import render_plan_json
from storyboard.views.plan_text import render_plan_text

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
    settings = split_plan_options(options)
    if out is not None:
        check_place(out)
    request = build_request(ctx, **options)
    compilation = compile_clean(request, uses_cache=cache)
    make = plan_keeping if cache else plan_changes
    plan = run_to_end(make(request, compilation, settings))
    match form:
        case "json":
            told = render_plan_json(plan, elsewhere=compilation.errors_elsewhere)
            click.echo(told, nl=False)
        case "markdown":
            from storyboard.views.plan_markdown import render_plan_markdown

            told = render_plan_markdown(plan, environment=request.environment)
            click.echo(spelled_here(told), nl=False)
        case _:
            text = render_plan_text(plan, color=wants_color(sys.stdout), full=full)
            click.echo(spelled_here(text), nl=False)
    if out is not None:
        from storyboard.cli.saved_plans import save_to

        save_to(out, options["targets"], (request, compilation, settings, plan))
    if plan.refusals:
        telling_here().noted(refused(plan.refusals))
        return ExitCode.REFUSED
    pending = detailed_exitcode and plan.has_changes
    code = ExitCode.CHANGES_PENDING if pending else ExitCode.OK
    return exit_code(code, found=plan.kinds, fail_on=fail_on)
