"""`storyboard outputs`: what was applied, for the scripts that come after."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.options import build_request, project_options
from storyboard.commands.outputs import read_outputs
from storyboard.errors import ExitCode, UsageError
from storyboard.views.outputs import render_outputs_json, render_outputs_text


@click.command("outputs")
@project_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, /, as_json: bool, **options: Any) -> int:
    """Print ids, statuses and files of what was applied."""
    request = build_request(ctx, **options)
    if request.paths:
        raise UsageError(
            f"'{request.paths[0]}' is a file", hint="name addresses, such as 'welcome@de'"
        )
    render = render_outputs_json if as_json else render_outputs_text
    click.echo(render(read_outputs(request)), nl=False)
    return ExitCode.OK
