"""`storyboard show`: what the files come to, and what would be sent."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.options import build_request, print_report, project_options
from storyboard.commands.compiled_project import compile_request, select
from storyboard.commands.outputs import known_avatars
from storyboard.commands.saved_plans import find_saved
from storyboard.errors import ExitCode, UsageError
from storyboard.views.show_json import render_videos_json
from storyboard.views.show_text import render_videos_text


@click.command("show")
@project_options
@click.option("--json", "form", flag_value="json", help="Print JSON, as `--format json`.")
@click.option("--format", "form", type=click.Choice(("text", "json", "markdown")), default="text",
              show_default=True, help="Print it like this; Markdown is for plans.")  # fmt: skip
@click.pass_context
def command(ctx: click.Context, /, form: str, **options: Any) -> int:
    """Print the resolved videos and the requests for them.

    For a FILE that `plan -o` saved, print the plan, also one that can no longer be applied.
    """
    path = find_saved(options["targets"])
    if path is not None:
        from storyboard.cli.saved_plans import show_saved

        show_saved(path, form)
        return ExitCode.OK
    if form == "markdown":
        raise UsageError("videos are not printed as Markdown", hint="use text or json")
    request = build_request(ctx, **options)
    compilation = compile_request(request)
    print_report(compilation)
    videos = select(request, compilation)
    render = render_videos_json if form == "json" else render_videos_text
    click.echo(render(videos, known_avatars(request)), nl=False)
    return ExitCode.FILES_HAVE_ERRORS if compilation.report.has_errors else ExitCode.OK
