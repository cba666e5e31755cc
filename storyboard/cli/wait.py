"""`storyboard wait`: until the films that are under way have ended."""

from __future__ import annotations

import asyncio
import sys

import click

from storyboard.cli.options import environment_option, request_of_addresses, wants_color
from storyboard.commands.wait import Patience, exit_code_of, wait_for_films
from storyboard.errors import ExitCode
from storyboard.views.progress import showing_progress
from storyboard.views.status import render_waited_json, render_waited_text


@click.command("wait")
@click.argument("targets", metavar="[ADDRESS]...", nargs=-1)
@environment_option
@click.option("--timeout", type=click.FloatRange(0), metavar="SECONDS",
              help="Stop waiting after SECONDS, with exit code 10.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    targets: tuple[str, ...],
    environment: str,
    timeout: float | None,
    as_json: bool,
) -> int:
    """Wait for films that are being made.

    The exit code is 0 if all are ready, 9 if one failed, and 10 if one is still being made.

    Starts nothing. Interrupting detaches: films go on being made (in the local studio, as soon as
    a command works with it again). The next apply records what was made.
    """
    request = request_of_addresses(ctx, targets, environment)
    try:
        waited = asyncio.run(
            wait_for_films(
                request,
                Patience(timeout),
                lambda: showing_progress(sys.stderr, bars=wants_color(sys.stderr)),
            )
        )
    except KeyboardInterrupt:
        click.echo("detached: the films are still being made", err=True)
        return ExitCode.DETACHED
    if not waited and not as_json:
        click.echo("nothing was applied yet", err=True)
    render = render_waited_json if as_json else render_waited_text
    click.echo(render(waited), nl=False)
    return exit_code_of(waited)
