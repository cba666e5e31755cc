"""`storyboard check`: what is wrong with the files, all at once."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

import click

from storyboard.cli.counting_line import counting
from storyboard.cli.fail_on import HOLD, exit_code, fail_on_option
from storyboard.cli.options import (
    build_request,
    cache_option,
    print_elsewhere,
    project_options,
    wants_color,
)
from storyboard.cli.recovery import report_here
from storyboard.cli.telling import files_failure, telling_here
from storyboard.commands.check import Checked, check_files
from storyboard.commands.repository import folder_in_repository
from storyboard.counting import counted
from storyboard.errors import ExitCode
from storyboard.printing import write_commands
from storyboard.source.diagnostic import Report
from storyboard.views.report_json import render_report_json
from storyboard.views.report_text import render_report_text

_FORMATS: Final = ("text", "json", "github", "sarif", "junit")


@click.command("check")
@project_options
@click.option("--json", "form", flag_value="json", help="Print JSON, as `--format json`.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text",
              show_default=True, help="Print findings in this format.")  # fmt: skip
@fail_on_option()
@cache_option
@click.pass_context
def command(
    ctx: click.Context, /, form: str, fail_on: tuple[str, ...], cache: bool, **options: Any
) -> int:
    """Read all files and report what is wrong.

    Each finding has a code in brackets: `storyboard explain CODE` tells more.
    """
    request = build_request(ctx, **options)
    with counting("storyboards") as told:
        checked = check_files(request, uses_cache=cache, told=told)
    report = report_here(checked.report)
    _print(form, report, checked, request.root)
    if not report.has_errors:
        more = f", {checked.held} held" if checked.held else ""
        click.echo(f"{counted(checked.ready, 'video')} ready to plan{more}", err=True)
    print_elsewhere(checked.errors_elsewhere)
    if report.has_errors:
        telling_here().noted(files_failure(report))
    code = ExitCode.FILES_HAVE_ERRORS if report.has_errors else ExitCode.OK
    return exit_code(code, found=[HOLD] * checked.held, fail_on=fail_on)


def _print(form: str, report: Report, checked: Checked, root: Path) -> None:
    match form:
        case "text":
            click.echo(render_report_text(report, color=wants_color(sys.stdout)), nl=False)
        case "json":
            told = render_report_json(report, elsewhere=checked.errors_elsewhere)
            click.echo(told, nl=False)
        case _:
            _print_for_forge(form, report, checked.files, folder_in_repository(root))


def _print_for_forge(form: str, report: Report, files: Collection[str], folder: str) -> None:
    """Print what names files from the repository's root; imports what it needs, as few ask."""
    match form:
        case "github":
            from storyboard.views.report_github import render_report_github

            write_commands(render_report_github(report, folder=folder))
        case "sarif":
            from storyboard.views.report_sarif import render_report_sarif

            click.echo(render_report_sarif(report, folder=folder), nl=False)
        case _:
            from storyboard.views.report_junit import render_report_junit

            click.echo(render_report_junit(report, files=files, folder=folder), nl=False)
