"""`storyboard locale`: the translation catalogs, brought up to date or counted."""

from __future__ import annotations

from typing import Any

import click

from storyboard.cli.fail_on import exit_of_check
from storyboard.cli.options import build_request, print_findings, values_options
from storyboard.cli.telling import telling_here
from storyboard.commands.compiled_project import project_environment
from storyboard.commands.locale import Selection, measure_catalogs, sync_catalogs
from storyboard.commands.request import Request
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.errors import ExitCode, FailureCode, StoryboardError
from storyboard.local_studio.opening import LOCAL
from storyboard.source.files import ProjectFiles
from storyboard.views.rewriting import (
    render_progress_json,
    render_progress_text,
    render_sync_json,
    render_sync_text,
    unchanged_line,
)


@click.group("locale")
def command() -> None:
    """Update translation catalogs, or show their progress."""


@command.command("sync")
@click.argument("targets", metavar="[ADDRESS|FILE]...", nargs=-1)
@values_options
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with 3 if a file is not up to date."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def sync(ctx: click.Context, /, check: bool, as_json: bool, **options: Any) -> int:
    """Write texts to translate into locales/TAG/STORYBOARD.po.

    No translation is lost: one whose source changed is kept and marked fuzzy, one whose scene is
    gone is kept at the end of the file. What is right already is not touched.
    """
    request = build_request(ctx, **options)
    synced = sync_catalogs(ProjectFiles(request.root), _selection(request))
    rewrites, report = synced.rewrites, synced.report
    print_findings(report)
    if not check:
        put_rewrites(request.root, rewrites)
    render = render_sync_json if as_json else render_sync_text
    click.echo(render(synced, written=not check), nl=False)
    unchanged = None if report.has_errors else unchanged_line(rewrites)
    if unchanged:
        click.echo(unchanged, err=True)
    return exit_of_check(rewrites, report, check=check)


@command.command("status")
@click.argument("targets", metavar="[ADDRESS|FILE]...", nargs=-1)
@values_options
@click.option("--check", is_flag=True, help="Exit with 3 if a text holds a video.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the texts in each state.")
@click.pass_context
def status(ctx: click.Context, /, check: bool, as_json: bool, **options: Any) -> int:
    """Count translations by video and state."""
    request = build_request(ctx, **options)
    progress, report = measure_catalogs(ProjectFiles(request.root), _selection(request))
    print_findings(report)
    click.echo((render_progress_json if as_json else render_progress_text)(progress), nl=False)
    held = [str(item.address) for item in progress if check and not item.is_whole]
    if held:
        said = f"{counted(len(held), 'video')} held by a translation: {listed(held, NAMES_IN_LINE)}"
        hint = "write the missing translations: `storyboard locale status` counts them"
        telling_here().noted(StoryboardError(said, hint=hint, code=FailureCode.FILES_OUTDATED))
    return ExitCode.FILES_HAVE_ERRORS if report.has_errors or held else ExitCode.OK


def _selection(request: Request) -> Selection:
    """Return which catalogs a request names; raises `UsageError` for no environment of ours."""
    if request.environment != LOCAL:
        project_environment(request)
    return Selection(request.paths or None, request.scope, request.environment, request.variables)
