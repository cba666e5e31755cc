"""`storyboard fmt`: writes into the files what the compiler would otherwise make up."""

from __future__ import annotations

import click

from storyboard.cli.fail_on import exit_of_check
from storyboard.cli.options import json_option, print_findings
from storyboard.commands.fmt import write_scene_ids
from storyboard.commands.request import find_request
from storyboard.commands.rewriting_files import put_rewrites
from storyboard.errors import UsageError
from storyboard.source.files import ProjectFiles
from storyboard.views.rewriting import render_rewrites_json, render_rewrites_text


@click.command("fmt")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--ids", is_flag=True, help="Write the ids of scenes that have none.")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit with 3 if a file is not up to date."
)
@json_option
@click.pass_context
def command(
    ctx: click.Context, files: tuple[str, ...], ids: bool, check: bool, as_json: bool
) -> int:
    """Write missing scene ids into the files.

    Comments and layout stay as they are.

    The ids are those that the scenes go by already, so the next plan is empty; from then on they
    no longer change with a scene's first words. Included files are written too.
    """
    if not ids:
        raise UsageError("fmt needs an option that says what to write", hint="pass --ids")
    request = find_request(files, ctx.find_root().obj)
    if request.scope:
        raise UsageError(
            f"'{request.scope[0]}' is not a file", hint="name YAML files, or none for all"
        )
    rewrites, report = write_scene_ids(ProjectFiles(request.root), request.paths or None)
    print_findings(report)
    if not check:
        put_rewrites(request.root, rewrites)
    render = render_rewrites_json if as_json else render_rewrites_text
    click.echo(render(rewrites, written=not check), nl=False)
    if not rewrites and not report.has_errors:
        click.echo("nothing to write: every scene has an id", err=True)
    return exit_of_check(rewrites, report, check=check)
