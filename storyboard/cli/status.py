"""`storyboard status`: what the studio holds now, against what the files say."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.compiling import compile_clean
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.fail_on import HOLD, exit_code, fail_on_option
from storyboard.cli.options import build_request, project_options
from storyboard.commands.status import Content, fetch_status
from storyboard.errors import ExitCode
from storyboard.views.status import render_status_json, render_status_text


@click.command("status")
@project_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--detailed-exitcode", is_flag=True,
              help="Exit with 2 if anything but held videos differs.")  # fmt: skip
@fail_on_option()
@click.pass_context
def command(
    ctx: click.Context,
    /,
    as_json: bool,
    detailed_exitcode: bool,
    fail_on: tuple[str, ...],
    **options: Any,
) -> int:
    """Compare the studio with the files."""
    request = build_request(ctx, **options)
    compilation = compile_clean(request)
    status = run_to_end(fetch_status(request, compilation))
    render = render_status_json if as_json else render_status_text
    click.echo(render(status), nl=False)
    pending = detailed_exitcode and any(standing.is_pending for standing in status.standings)
    code = ExitCode.CHANGES_PENDING if pending else ExitCode.OK
    held = any(standing.content is Content.HELD for standing in status.standings)
    return exit_code(code, found=[HOLD] * held, fail_on=fail_on)
