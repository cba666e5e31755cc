"""`storyboard pull`: write the scenes that the studio composed into the author's files."""

from __future__ import annotations

import asyncio
from typing import Any

import click

from storyboard.cli import show_failure
from storyboard.cli.options import build_request, print_report, project_options
from storyboard.commands.project import compile_request
from storyboard.commands.pull import pull_scenes
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.errors import ExitCode
from storyboard.views.rewriting import render_rewrites_json, render_rewrites_text


@click.command("pull")
@project_options
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, /, dry_run: bool, as_json: bool, **options: Any) -> int:
    """Write the scenes that the studio composed into the files.

    The block `compose` is renamed `composed`, the scenes follow it; all else stays byte for byte.
    From there it is an ordinary storyboard: edit it, and apply.
    """
    request = build_request(ctx, **options)
    compilation = compile_request(request)
    print_report(compilation)
    if compilation.report.has_errors:
        return ExitCode.FILES_HAVE_ERRORS
    pull = asyncio.run(pull_scenes(request, compilation))
    if not dry_run:
        put_rewrites(request.root, pull.rewrites)
    render = render_rewrites_json if as_json else render_rewrites_text
    click.echo(render(pull.rewrites, written=not dry_run), nl=False)
    for refusal in pull.refusals:
        show_failure(refusal)
    if not pull.rewrites and not pull.refusals:
        click.echo("nothing to pull: the files hold the scenes themselves", err=True)
    return pull.refusals[0].exit_code if pull.refusals else ExitCode.OK
