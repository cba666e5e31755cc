"""`storyboard studio name`: tells what a workspace's part of a database, or of a place, is called.

It reads the workspace's `identity.json` alone, and asks neither of the two.
"""

from __future__ import annotations

from pathlib import Path

import click

from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import default_workspace, workspace_option
from storyboard.errors import StudioError
from storyboard.local_studio.opening import studio_packages


@click.command("name")
@click.argument("part", metavar="PART", type=click.Choice(["database", "files"]))
@workspace_option
@json_option
@click.pass_context
def part_name(ctx: click.Context, part: str, workspace: Path | None, as_json: bool) -> None:
    """Print what a workspace's PART of a shared place is called.

    PART is `database` for the schema in PostgreSQL that has its rows, or `files` for the folder in
    a bucket or shared folder that has its films. A backup of one workspace is a backup of these.
    """
    with studio_packages():
        from storyboard.studio.jobs.file_places import name_of
        from storyboard.studio.records.identity import find_identity
        from storyboard.studio.records.opening import schema_of
    place = workspace or default_workspace(ctx)
    identity = find_identity(place)
    if identity is None:
        raise StudioError(
            f"there is no studio in '{place}' yet",
            hint="start one: storyboard studio; or restore its identity.json",
        )
    told = schema_of(identity) if part == "database" else name_of(identity)
    print_result({"name": told}, f"{told}\n", as_json=as_json)
