"""`storyboard avatars`: the presenters of the account, and those in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from storyboard.cli.event_loop import run_to_end
from storyboard.cli.options import build_request, print_report, project_options
from storyboard.commands.avatars import fetch_casting
from storyboard.commands.compiled_project import compile_request
from storyboard.errors import ExitCode, UsageError
from storyboard.views.avatars import render_casting_json, render_casting_text


@click.command("avatars")
@project_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--preview", "previews", type=click.Path(file_okay=False, path_type=Path),
              metavar="DIR", help="Write a PNG of each avatar in use into DIR.")  # fmt: skip
@click.option("--all", "every", is_flag=True,
              help="Include templates that are not in use in --preview.")  # fmt: skip
@click.pass_context
def command(
    ctx: click.Context,
    /,
    as_json: bool,
    previews: Path | None,
    every: bool,
    **options: Any,
) -> int:
    """List avatar templates and the avatars in use.

    --preview creates the avatars that the studio does not have yet.
    """
    if every and previews is None:
        raise UsageError("--all needs --preview", hint="add --preview DIR")
    request = build_request(ctx, **options)
    compilation = compile_request(request)
    print_report(compilation)
    casting = run_to_end(fetch_casting(request, compilation, previews=previews, every=every))
    render = render_casting_json if as_json else render_casting_text
    click.echo(render(casting), nl=False)
    if previews is not None and not casting.pictures:
        click.echo("no pictures written: no avatar is in use; --all has one of each", err=True)
    return ExitCode.FILES_HAVE_ERRORS if compilation.report.has_errors else ExitCode.OK
