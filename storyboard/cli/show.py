"""`storyboard show`: what the files come to, and what would be sent."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.options import build_request, print_report, project_options
from storyboard.commands.outputs import known_avatars
from storyboard.commands.project import compile_request, select
from storyboard.errors import ExitCode
from storyboard.views.show_json import render_videos_json
from storyboard.views.show_text import render_videos_text


@click.command("show")
@project_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, /, as_json: bool, **options: Any) -> int:
    """Print the resolved videos and the requests for them."""
    request = build_request(ctx, **options)
    compilation = compile_request(request)
    print_report(compilation)
    videos = select(request, compilation)
    render = render_videos_json if as_json else render_videos_text
    click.echo(render(videos, known_avatars(request)), nl=False)
    return ExitCode.FILES_HAVE_ERRORS if compilation.report.has_errors else ExitCode.OK
