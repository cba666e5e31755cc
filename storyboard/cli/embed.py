"""`storyboard embed`: the page that shows the studio's widget, Kaltura's or the local one."""

from __future__ import annotations

import click

from storyboard.cli.options import environment_option, json_option
from storyboard.commands.compiled_project import project_environment
from storyboard.commands.embed import embedding_of
from storyboard.commands.request import find_request
from storyboard.errors import ExitCode
from storyboard.views.embed import render_embedding_json, render_embedding_page
from storyboard.wire import STUDIO_PORT


@click.command("embed")
@environment_option
@click.option("--set", "assignments", multiple=True, metavar="NAME=VALUE",
              help="Choose a setting of the widget.")  # fmt: skip
@click.option("--partner-id", type=click.IntRange(0), metavar="NUMBER",
              help="Use this account, if no setting tells it.")  # fmt: skip
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    environment: str,
    assignments: tuple[str, ...],
    partner_id: int | None,
    as_json: bool,
) -> int:
    """Print an HTML page with the studio in it.

    It loads the widget of the environment's region, or of the local studio. It never holds a
    session: your server puts one where KALTURA_KS stands.
    """
    request = find_request((), ctx.find_root().obj, environment=environment)
    embedding = embedding_of(
        project_environment(request),
        assignments,
        near_url=f"http://127.0.0.1:{STUDIO_PORT}",
        partner=partner_id,
    )
    render = render_embedding_json if as_json else render_embedding_page
    click.echo(render(embedding), nl=False)
    return ExitCode.OK
