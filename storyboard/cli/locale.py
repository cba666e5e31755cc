"""`storyboard locale`: the translation catalogues, brought up to date or counted."""

from __future__ import annotations

import click

from storyboard.cli.options import print_findings
from storyboard.errors import ExitCode
from storyboard.source.files import ProjectFiles
from storyboard.upkeep.catalogs import measure_catalogs, sync_catalogs
from storyboard.upkeep.putting import put_rewrites
from storyboard.views.upkeep import (
    render_progress_json,
    render_progress_text,
    render_rewrites_json,
    render_rewrites_text,
)
from storyboard.workflow import find_request


@click.group("locale")
def command() -> None:
    """Bring the translation catalogues up to date, or show how they stand."""


@command.command("sync")
@click.argument("targets", metavar="[ADDRESS|FILE]...", nargs=-1)
@click.option("--check", is_flag=True, help="Write nothing; exit with 3 where something would be.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def sync(ctx: click.Context, targets: tuple[str, ...], check: bool, as_json: bool) -> int:
    """Write the storyboards' texts into locales/TAG/STORYBOARD.po.

    No translation is lost: one whose source changed is kept and marked fuzzy, one whose scene is
    gone is kept at the end of the file. What is right already is not touched.
    """
    request = find_request(targets, ctx.find_root().obj)
    files = ProjectFiles(request.root)
    rewrites, report = sync_catalogs(files, request.paths or None, request.scope)
    print_findings(report)
    if not check:
        put_rewrites(request.root, rewrites)
    render = render_rewrites_json if as_json else render_rewrites_text
    click.echo(render(rewrites, written=not check), nl=False)
    pending = check and any(rewrite.changes for rewrite in rewrites)
    return ExitCode.FILES_HAVE_ERRORS if report.has_errors or pending else ExitCode.OK


@command.command("status")
@click.argument("targets", metavar="[ADDRESS|FILE]...", nargs=-1)
@click.option("--check", is_flag=True, help="Exit with 3 where a text keeps a video back.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with the texts in each state.")
@click.pass_context
def status(ctx: click.Context, targets: tuple[str, ...], check: bool, as_json: bool) -> int:
    """Count the texts that are ok, missing, stale, broken or orphans, by video."""
    request = find_request(targets, ctx.find_root().obj)
    files = ProjectFiles(request.root)
    progress, report = measure_catalogs(files, request.paths or None, request.scope)
    print_findings(report)
    click.echo((render_progress_json if as_json else render_progress_text)(progress), nl=False)
    pending = check and not all(item.is_whole for item in progress)
    return ExitCode.FILES_HAVE_ERRORS if report.has_errors or pending else ExitCode.OK
