"""`storyboard import`: take a video of the studio into the project."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.held_run import run_held
from storyboard.cli.options import build_request, holding, print_report, settings_options
from storyboard.cli.recovery import spelled_here
from storyboard.cli.state_records import read_address
from storyboard.commands.compiled_project import compile_request
from storyboard.commands.import_video import import_video
from storyboard.errors import ExitCode
from storyboard.views.export import render_import_json, render_import_text


@click.command("import")
@click.argument("address", metavar="ADDRESS")
@click.argument("video_id", metavar="VIDEO-ID")
@settings_options
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    address: str,
    video_id: str,
    dry_run: bool,
    as_json: bool,
    **options: Any,
) -> int:
    """Take a video of the studio into the project.

    It gets ADDRESS. Its storyboard is written, unless the files have the address, and the state
    records its id. The studio is only read. If the files say something else than the video, the
    next plan shows it.
    """
    request = holding(build_request(ctx, (), **options), "import", None)
    compilation = compile_request(request)
    print_report(compilation)
    imported = run_held(
        import_video(request, compilation, read_address(address), video_id, dry_run=dry_run)
    )
    if as_json:
        click.echo(render_import_json(imported, written=not dry_run), nl=False)
    else:
        click.echo(spelled_here(render_import_text(imported, written=not dry_run)), nl=False)
    return ExitCode.OK
