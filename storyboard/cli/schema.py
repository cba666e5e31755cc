"""`storyboard schema`: the JSON Schemas that this version checks against."""

from __future__ import annotations

import click

from storyboard.commands.request import find_request
from storyboard.commands.schema import update_schemas
from storyboard.errors import ExitCode, UsageError
from storyboard.source.schema import schema_names, schema_text


@click.command("schema")
@click.argument("name", type=click.Choice(schema_names()), required=False)
@click.option("--update", is_flag=True, help="Update the project's copies of the schemas.")
@click.pass_context
def command(ctx: click.Context, name: str | None, update: bool) -> int:
    """Print a JSON Schema, or the names of all."""
    if update and name is not None:
        raise UsageError("'--update' takes no name", hint="run: storyboard schema --update")
    if update:
        _update(ctx.obj)
    elif name is None:
        click.echo("\n".join(schema_names()))
    else:
        click.echo(schema_text(name), nl=False)
    return ExitCode.OK


def _update(directory: str | None) -> None:
    written = update_schemas(find_request((), directory).root)
    for path in written:
        click.echo(f"wrote {path}")
    if not written:
        click.echo("the schemas are of this version already")
