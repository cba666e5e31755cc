"""`storyboard schema`: the JSON Schemas that this version checks against."""

from __future__ import annotations

import click

from storyboard.cli.options import print_result
from storyboard.cli.printed import printed_by
from storyboard.commands.request import find_request
from storyboard.commands.schema import update_schemas
from storyboard.errors import ExitCode, UsageError
from storyboard.nearest import did_you_mean
from storyboard.source.schema import schema_names, schema_text


def _complete(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    return [name for name in schema_names() if name.startswith(begun)]


@click.command("schema")
@click.argument("name", required=False, shell_complete=_complete)
@click.option("--update", is_flag=True, help="Update the project's copies of the schemas.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: schemas, and who prints it.")
@click.pass_context
def command(ctx: click.Context, name: str | None, update: bool, as_json: bool) -> int:
    """Print a JSON Schema, or the names of all."""
    if update and name is not None:
        raise UsageError("'--update' takes no name", hint="run: storyboard schema --update")
    if update:
        _update(ctx.obj, as_json=as_json)
    elif name is None:
        root = ctx.find_root().command
        printed = printed_by(root) if as_json and isinstance(root, click.Group) else {}
        rows = [{"name": each, "printedBy": printed.get(each, [])} for each in schema_names()]
        text = "".join(f"{each}\n" for each in schema_names())
        print_result({"schemas": rows, "written": []}, text, as_json=as_json)
    elif name not in schema_names():
        hint = did_you_mean(name, schema_names()) or "list all schemas with: storyboard schema"
        raise UsageError(f"there is no schema '{name}'", hint=hint)
    else:
        click.echo(schema_text(name), nl=False)
    return ExitCode.OK


def _update(directory: str | None, *, as_json: bool) -> None:
    written = update_schemas(find_request((), directory).root)
    text = "".join(f"wrote {path}\n" for path in written)
    none = "the schemas are of this version already\n"
    print_result({"schemas": [], "written": list(written)}, text or none, as_json=as_json)
