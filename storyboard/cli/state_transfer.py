"""`storyboard state pull|push`: the whole state, out and in."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.cli.options import environment_option, holding, json_option, print_result
from storyboard.commands.request import find_request
from storyboard.commands.state_transfer import pull_state, push_state, read_pushed
from storyboard.counting import counted
from storyboard.errors import ExitCode
from storyboard.views.wording import printable


@click.command("pull")
@environment_option
@click.option("--json", is_flag=True, expose_value=False, help="Print JSON, as it does always.")
@click.pass_context
def pull(ctx: click.Context, environment: str) -> int:
    """Print the state, as its file has it."""
    request = find_request((), ctx.find_root().obj, environment=environment)
    click.echo(pull_state(request), nl=False)
    return ExitCode.OK


@click.command("push")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@environment_option
@click.option("--force", is_flag=True,
              help="Replace a state that is newer or of another lineage.")  # fmt: skip
@json_option
@click.pass_context
def push(ctx: click.Context, file: Path, environment: str, force: bool, as_json: bool) -> int:
    """Replace the state by the one in FILE.

    One of another lineage, user or studio, and one that is older than the stored state, is refused.
    The state that was there goes to the backups.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    request = holding(request, "state push", None)
    pushed = push_state(request, read_pushed(file), force=force)
    serial, videos, aside = pushed.state.serial, len(pushed.state.videos), pushed.aside
    text = f"the state has serial {serial} and {counted(videos, 'video')} now\n"
    body = {"serial": serial, "videos": videos, "aside": None if aside is None else str(aside)}
    print_result(body, text, as_json=as_json)
    if pushed.aside is not None:
        click.echo(printable(f"the damaged state is '{pushed.aside}' now"), err=True)
    return ExitCode.OK
