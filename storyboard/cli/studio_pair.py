"""`storyboard studio pair`: has a database and its files name each other again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import (
    database_option,
    default_workspace,
    files_option,
    workspace_option,
)
from storyboard.counting import NAMES_IN_LIST, counted, listed
from storyboard.kaltura.secrets import Secret
from storyboard.local_studio.opening import studio_packages

if TYPE_CHECKING:
    from storyboard.studio.jobs.pairing_again import Paired


@click.command("pair")
@workspace_option
@database_option
@files_option
@click.option(
    "--accept-loss", "accepts_loss", is_flag=True, help="Allow entries whose files are lost."
)
@json_option
@click.pass_context
def pair(
    ctx: click.Context,
    workspace: Path | None,
    database: str,
    files: str,
    accepts_loss: bool,
    as_json: bool,
) -> None:
    """Correct the pairing of a database and its files.

    Each names the other, so that no server uses the wrong ones. Use this where the object
    pairing.json was deleted, or all files with it, or where a restored copy of the database takes
    the place of the first one. A place of another database is never paired.
    """
    with studio_packages():
        from storyboard.studio.workspaces import pair_workspace
    paired = pair_workspace(
        workspace or default_workspace(ctx),
        database=Secret(database).reveal(),
        files=files,
        accepts_loss=accepts_loss,
    )
    told = {"files": paired.known, "wasPaired": paired.was_paired, "lost": [*paired.lost]}
    print_result(told, _text(paired), as_json=as_json)


def _text(paired: Paired) -> str:
    how = "were paired already" if paired.was_paired else "are paired again"
    lines = [f"the database and its files {how}"]
    if paired.lost:
        count = counted(len(paired.lost), "entry has", "entries have")
        lines.append(f"{count} no file: {listed(paired.lost, NAMES_IN_LIST)}")
    else:
        lines.append(f"{counted(paired.known, 'file is', 'files are')} there, and none is missing")
    return "".join(f"{line}\n" for line in lines)
