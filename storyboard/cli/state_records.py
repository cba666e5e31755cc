"""`storyboard state list|show|rm`: what is recorded of each address."""

from __future__ import annotations

import click

from storyboard.cli.asking import confirm, require_answer
from storyboard.cli.options import environment_option, holding, request_of_addresses
from storyboard.commands.request import find_request
from storyboard.commands.state_records import (
    Listing,
    Recorded,
    forget_records,
    list_records,
    show_record,
)
from storyboard.errors import ExitCode, UsageError
from storyboard.source.file_names import YAML_SUFFIXES
from storyboard.video import Address
from storyboard.views.state_records import (
    render_forgotten_json,
    render_forgotten_text,
    render_record_json,
    render_record_text,
    render_records_json,
    render_records_text,
)


@click.command("list")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def list_(ctx: click.Context, targets: tuple[str, ...], environment: str, as_json: bool) -> int:
    """List what is recorded, with videos, films and open calls."""
    request = request_of_addresses(ctx, targets, environment)
    render = render_records_json if as_json else render_records_text
    click.echo(render(list_records(request)), nl=False)
    return ExitCode.OK


@click.command("show")
@click.argument("address", metavar="ADDRESS")
@environment_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, as in the state file.")
@click.pass_context
def show(ctx: click.Context, address: str, environment: str, as_json: bool) -> int:
    """Show all that is recorded of one address."""
    request = find_request((), ctx.find_root().obj, environment=environment)
    render = render_record_json if as_json else render_record_text
    click.echo(render(show_record(request, read_address(address))), nl=False)
    return ExitCode.OK


@click.command("rm")
@click.argument("targets", metavar="ADDRESS...", nargs=-1, required=True)
@environment_option
@click.option("-y", "--yes", is_flag=True, help="Skip the confirmation.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def rm(
    ctx: click.Context, targets: tuple[str, ...], environment: str, yes: bool, as_json: bool
) -> int:
    """Forget what is recorded; nothing is deleted.

    The videos stay in the studio, and no apply touches them any more. An address that the files
    still have is refused by the next apply, since the studio has a video of its name: `state adopt`
    takes it back. An id without a locale means all its locales.
    """
    request = holding(request_of_addresses(ctx, targets, environment), "state rm", None)
    require_answer(yes, "state rm")

    def approve(recorded: tuple[Recorded, ...]) -> bool:
        click.echo(render_records_text(Listing(None, recorded)), nl=False, err=True)
        return yes or confirm("forget these? the studio keeps them")

    forgotten = forget_records(request, approve)
    if not forgotten:
        click.echo("nothing was changed", err=True)
    render = render_forgotten_json if as_json else render_forgotten_text
    click.echo(render(forgotten), nl=False)
    return ExitCode.OK


def read_address(text: str) -> Address:
    """Read an address; raises `UsageError` for a glob, a file or nothing."""
    address = Address.parse(text)
    named = address.storyboard and address.locale != ""
    if not named or set(text) & set("*?[]/\\ ") or text.endswith(YAML_SUFFIXES):
        raise UsageError(f"invalid address '{text}'", hint="write 'id' or 'id@locale'")
    return address
