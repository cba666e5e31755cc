"""`storyboard init`: a first project on disk, that compiles and applies at once."""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.commands.init import new_project
from storyboard.errors import ExitCode, StoryboardError
from storyboard.shell import word
from storyboard.views.json_text import json_text


@click.command("init")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(directory: Path, as_json: bool) -> int:
    """Write a small project that works at once."""
    try:
        written = new_project(directory)
    except OSError as cause:
        raise StoryboardError(f"'{directory}' cannot be written: {cause.strerror}") from cause
    if as_json:
        click.echo(json_text({"written": [str(path) for path in written]}), nl=False)
        return ExitCode.OK
    for path in written:
        click.echo(f"wrote {path}")
    if not written:
        click.echo("everything is there already")
    elif directory == Path():
        click.echo("next: storyboard apply", err=True)
    else:
        click.echo(f"next: storyboard -C {word(directory)} apply", err=True)
    return ExitCode.OK
