"""`storyboard state`: the state itself, brought back, corrected, completed."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.held_run import run_held
from storyboard.cli.options import (
    build_request,
    environment_option,
    holding,
    json_option,
    print_report,
    print_result,
    settings_options,
)
from storyboard.cli.state_mending import history, rebuild, repair
from storyboard.cli.state_records import list_, read_address, rm, show
from storyboard.cli.state_transfer import pull, push
from storyboard.commands.compiled_project import compile_request
from storyboard.commands.request import find_request
from storyboard.commands.state import adopt_videos, list_copies, move_addresses, restore_copy
from storyboard.errors import ExitCode
from storyboard.views.state import (
    copy_to_dict,
    render_adopted_json,
    render_adopted_text,
    render_copies_json,
    render_copies_text,
)


@click.group("state")
def command() -> None:
    """Show, correct, import or restore the state."""


@command.command("mv")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@environment_option
@json_option
@click.pass_context
def mv(ctx: click.Context, old: str, new: str, environment: str, as_json: bool) -> int:
    """Record the videos of address OLD under address NEW.

    An id without a locale moves all its locales. A storyboard that gets locales or loses them, and
    one that says the same in some locale, are moved by apply.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    request = holding(request, "state mv", None)
    moved = move_addresses(request, read_address(old), read_address(new))
    text = "".join(f"'{was}' is '{now}' now\n" for was, now in moved.items())
    body = {"moved": {str(was): str(now) for was, now in moved.items()}}
    print_result(body, text, as_json=as_json)
    return ExitCode.OK


@command.command("adopt")
@click.argument("address", metavar="[ADDRESS]", required=False)
@click.argument("video_id", metavar="[VIDEO-ID]", required=False)
@settings_options
@click.option("--dry-run", is_flag=True, help="Show what would be recorded, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def adopt(
    ctx: click.Context,
    /,
    address: str | None,
    video_id: str | None,
    dry_run: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Record existing videos of the studio in the state.

    VIDEO-ID, or else the one video that has the address's name; without an ADDRESS, all whose
    names are found. Nothing is sent. A film that is as the files say is not made again.
    """
    request = holding(build_request(ctx, (), **options), "state adopt", None)
    compilation = compile_request(request)
    print_report(compilation)
    adopted = run_held(
        adopt_videos(
            request,
            compilation,
            address=None if address is None else read_address(address),
            video_id=video_id,
            dry_run=dry_run,
        )
    )
    render = render_adopted_json if as_json else render_adopted_text
    click.echo(render(adopted, written=not dry_run), nl=False)
    return ExitCode.OK


@command.command("copies")
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def copies(ctx: click.Context, environment: str, as_json: bool) -> int:
    """List the backups of the state, newest last."""
    request = find_request((), ctx.find_root().obj, environment=environment)
    render = render_copies_json if as_json else render_copies_text
    click.echo(render(list_copies(request)), nl=False)
    return ExitCode.OK


@command.command("restore")
@click.argument("serial", type=int, required=False)
@environment_option
@click.option("--force", is_flag=True, help="Replace a state that can be read.")
@json_option
@click.pass_context
def restore(
    ctx: click.Context, serial: int | None, environment: str, force: bool, as_json: bool
) -> int:
    """Restore a backup of the state: the newest, or SERIAL.

    What was applied after it was made is not in it: the next plan names such videos.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    request = holding(request, "state restore", None)
    restored = restore_copy(request, serial, force=force)
    aside = None if restored.aside is None else str(restored.aside)
    body = {"copy": copy_to_dict(restored.copy), "aside": aside}
    print_result(body, render_copies_text((restored.copy,)), as_json=as_json)
    if aside is not None:
        click.echo(f"the damaged state is '{aside}' now", err=True)
    return ExitCode.OK


for _each in (list_, show, rm, pull, push, history, repair, rebuild):
    command.add_command(_each)
