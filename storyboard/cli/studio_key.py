"""`storyboard studio key`: tells the key that opens a studio's pages in a browser."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import default_workspace, rows_here, workspace_option


@click.command("key")
@workspace_option
@json_option
@click.pass_context
def key(ctx: click.Context, workspace: Path | None, as_json: bool) -> None:
    """Print the key of the studio's pages.

    All servers of the studio have the same key. Open `/studio/#key=KEY` to make videos as the user
    `local`, or `/__studio/#key=KEY` to see requests and films. Who has the key sees what all users
    do. It lasts until the app token of the user `local` is deleted.
    """
    with closing(rows_here(workspace or default_workspace(ctx))) as studio:
        told = studio.page_key
    print_result({"key": told}, f"{told}\n", as_json=as_json)
