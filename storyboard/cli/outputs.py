"""`storyboard outputs`: what was applied, for the scripts that come after."""

from __future__ import annotations

import click

from storyboard.cli.event_loop import run_to_end
from storyboard.cli.options import (
    environment_option,
    request_of_addresses,
    tell_nothing_applied,
)
from storyboard.commands.outputs import fetch_outputs
from storyboard.errors import ExitCode
from storyboard.views.outputs import (
    render_history_json,
    render_history_text,
    render_outputs_json,
    render_outputs_text,
)


@click.command("outputs")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("--history", is_flag=True, help="Print all films that were made, a line each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, targets: tuple[str, ...], environment: str, history: bool, as_json: bool
) -> int:
    """Print ids, statuses and files of what was applied."""
    request = request_of_addresses(ctx, targets, environment)
    if history:
        render = render_history_json if as_json else render_history_text
    else:
        render = render_outputs_json if as_json else render_outputs_text
    outputs = run_to_end(fetch_outputs(request))
    if not outputs and not as_json:
        tell_nothing_applied()
    click.echo(render(outputs), nl=False)
    return ExitCode.OK
