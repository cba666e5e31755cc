"""`storyboard schema`: the JSON Schemas that this version checks against."""

from __future__ import annotations

import click

from storyboard.source.schema import schema_names, schema_text


@click.command("schema")
@click.argument("name", type=click.Choice(schema_names()), required=False)
def command(name: str | None) -> None:
    """Print a JSON Schema, or the names of all."""
    if name is None:
        click.echo("\n".join(schema_names()))
    else:
        click.echo(schema_text(name), nl=False)
