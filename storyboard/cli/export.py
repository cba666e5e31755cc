"""`storyboard export`: write a user's videos in the studio as a new project."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.cli.held_run import run_held
from storyboard.cli.options import environment_option
from storyboard.cli.telling import telling_here
from storyboard.commands.export import ExportScope, export_videos
from storyboard.commands.request import find_request
from storyboard.counting import counted
from storyboard.errors import ExitCode, FailureCode, StoryboardError, UsageError
from storyboard.views.export import render_export_json, render_export_text
from storyboard.views.wording import printable


@click.command("export")
@click.argument("patterns", metavar="[PATTERN]...", nargs=-1)
@click.option("--all", "all_videos", is_flag=True, help="Take all videos of the user.")
@click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the project to this folder.",
)
@environment_option
@click.option(
    "--by-locale/--no-by-locale",
    default=True,
    show_default=True,
    help="Make one storyboard of 'Tour (en)' and 'Tour (de)'.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    patterns: tuple[str, ...],
    all_videos: bool,
    folder: Path,
    environment: str,
    by_locale: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write videos of the studio as a new project.

    PATTERN is a video's name, a glob over names, or an id. The new project has a state with the
    ids. FOLDER is new, or has no project in it. The studio is only read. A video that no storyboard
    can say exactly is left out and told with the reason; the exit code is 8 then.
    """
    if bool(patterns) is all_videos:
        hint = "give a pattern such as 'Onboarding*', or --all; not both"
        raise UsageError("export needs to know which videos", hint=hint)
    request = find_request((), ctx.find_root().obj, environment=environment)
    scope = ExportScope(folder, patterns, by_locale)

    def tell(line: str) -> None:
        click.echo(printable(line), err=True)

    export = run_held(export_videos(request, scope, dry_run=dry_run, told=tell))
    render = render_export_json if as_json else render_export_text
    click.echo(render(export, written=not dry_run), nl=False)
    if not export.exported.left:
        return ExitCode.OK
    told = f"{counted(len(export.exported.left), 'video')} cannot be exported"
    code = FailureCode.VIDEOS_LEFT_OUT
    telling_here().noted(StoryboardError(told, hint=code.fix, code=code))
    return code.exit
