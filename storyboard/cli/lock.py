"""`storyboard lock`: who holds the state, and what to do about a lock that stays."""

from __future__ import annotations

import click

from storyboard.cli.options import environment_option, json_option, print_result
from storyboard.commands.lock import break_lock, lock_standing
from storyboard.commands.request import find_request
from storyboard.errors import ExitCode, UsageError
from storyboard.views.lock import lease_to_dict, render_lock_json, render_lock_text
from storyboard.views.wording import printable


@click.group("lock")
def command() -> None:
    """Show or break the lock of the state."""


@command.command("status")
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def status(ctx: click.Context, environment: str, as_json: bool) -> int:
    """Show which run holds the state.

    The exit code is 0 whether it is held or not. Takes no lock, except of a server: one tells who
    holds it only to those who ask for it.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    render = render_lock_json if as_json else render_lock_text
    click.echo(render(lock_standing(request)), nl=False)
    return ExitCode.OK


@command.command("break")
@click.option("--id", "id_", metavar="ID",
              help="Release only the lock with this id.")  # fmt: skip
@environment_option
@json_option
@click.pass_context
def break_(ctx: click.Context, id_: str | None, environment: str, as_json: bool) -> int:
    """Take the lock of a shared state from the run that holds it.

    That run records nothing more, and ends with exit code 7 if it still lives. You rarely need
    this: the next apply takes over the lock of a run that was killed. Only the lock of a server
    (`state: https://…`) stays until you break it.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    if id_ is None:
        raise UsageError(
            "`lock break` needs the id of the lock: --id ID",
            hint="see: storyboard lock status",
        )
    broken = break_lock(request, id_)
    text = f"{printable(f'broke the lock that {broken.holder} held')}\n"
    print_result({"broken": lease_to_dict(broken)}, text, as_json=as_json)
    return ExitCode.OK
