"""`storyboard studio media`: b-roll for a studio, over HTTP or in this process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from storyboard.cli.event_loop import run_to_end
from storyboard.cli.studio_reach import (
    CONTROL,
    connected,
    default_workspace,
    workspace_option,
)
from storyboard.errors import UsageError
from storyboard.local_studio.opening import places_of, studio_packages
from storyboard.local_studio.quotas import quota_of
from storyboard.views.json_text import json_text


@click.group("media")
def media() -> None:
    """Put media into a local studio, or list its media.

    The studio is the one that STORYBOARD_STUDIO_CONTROL points to, else this project's own.
    """


@media.command("add")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--entry-id", metavar="ID", help="Give the entry this id; only with one FILE.")
@click.option(
    "--captions",
    metavar="VTT",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add captions (SRT or WebVTT); only with one FILE.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects with `id`.")
@workspace_option
@click.pass_context
def add(
    ctx: click.Context,
    files: tuple[Path, ...],
    entry_id: str | None,
    captions: Path | None,
    as_json: bool,
    workspace: Path | None,
) -> None:
    """Put files into the local studio as media entries."""
    if entry_id is not None and len(files) > 1:
        raise UsageError("--entry-id names one entry, and there are more files than one")
    if captions is not None and len(files) > 1:
        raise UsageError("--captions belong to one file, and there are more than one")
    place = workspace or default_workspace(ctx)
    variables = {} if workspace else os.environ
    added = _added(files, entry_id, place, variables, captions)
    _show(added, as_json=as_json)


@media.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool, workspace: Path | None) -> None:
    """List media entries, films included."""
    place = workspace or default_workspace(ctx)
    _show(_listed(place, {} if workspace else os.environ), as_json=as_json)


def _added(
    files: Sequence[Path],
    entry_id: str | None,
    workspace: Path,
    variables: Mapping[str, str],
    captions: Path | None = None,
) -> list[dict[str, Any]]:
    """Put files into the studio and return their entries; raises `StudioError`."""
    if variables.get(CONTROL):

        async def put() -> list[dict[str, Any]]:
            async with connected(variables) as control:
                added = [await control.put_media(entry_id, path) for path in files]
                if captions is not None:
                    await control.put_captions(added[0]["id"], captions, label="")
                return added

        return run_to_end(put())
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace, quota=quota_of(os.environ), **places_of(os.environ))
    try:
        added = [studio.add_media(path, entry_id) for path in files]
        if captions is not None:
            studio.add_captions(added[0]["id"], captions)
        return added
    finally:
        studio.close()


def _listed(workspace: Path, variables: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the studio's media entries, newest first."""
    if variables.get(CONTROL):

        async def fetch() -> list[dict[str, Any]]:
            async with connected(variables) as control:
                return await control.objects("media")

        return run_to_end(fetch())
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace, quota=quota_of(os.environ), **places_of(os.environ))
    try:
        return studio.list_media()
    finally:
        studio.close()


def _show(objects: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        click.echo(json_text(objects), nl=False)
        return
    for item in objects:
        seconds = f"{item['seconds']:.1f} s" if item["seconds"] else item["kind"]
        click.echo(f"{item['id']}\t{seconds}\t{item['name']}")
