"""`storyboard check`: what is wrong with the files, all at once."""

from __future__ import annotations

import sys
from typing import Any

import click

from storyboard.cli.options import build_request, project_options, wants_color
from storyboard.commands.project import compile_request
from storyboard.counting import counted
from storyboard.errors import ExitCode
from storyboard.views.report_json import render_report_json
from storyboard.views.report_text import render_report_text


@click.command("check")
@project_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="Print findings in this format.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, /, form: str, **options: Any) -> int:
    """Read all files and report what is wrong."""
    compilation = compile_request(build_request(ctx, **options))
    report = compilation.report
    if form == "json":
        click.echo(render_report_json(report))
    else:
        text = render_report_text(report, color=wants_color(sys.stdout))
        if text:
            click.echo(text, nl=False)
        if not report.has_errors:
            held = sum(1 for video in compilation.videos if video.holds)
            ready = len(compilation.videos) - held
            more = f", {held} held" if held else ""
            click.echo(f"{counted(ready, 'video')} ready to plan{more}", err=True)
    return ExitCode.FILES_HAVE_ERRORS if report.has_errors else ExitCode.OK
