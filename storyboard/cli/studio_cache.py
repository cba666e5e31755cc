"""`storyboard studio cache`: what films left behind to be quick, and throwing it away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyboard.cli.options import json_option, print_result
from storyboard.cli.studio_reach import default_workspace, workspace_option
from storyboard.local_studio.opening import places_of, studio_packages
from storyboard.views.json_text import json_text

if TYPE_CHECKING:
    from storyboard.studio.film.cache import Cache


@click.group("cache")
def cache() -> None:
    """Show or delete the cache of films."""


@cache.command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@workspace_option
@click.pass_context
def stats(ctx: click.Context, as_json: bool, workspace: Path | None) -> None:
    """Show the size of the cache by kind."""
    _show(workspace or default_workspace(ctx), as_json=as_json)


@cache.command("clean")
@click.option(
    "--keep",
    metavar="MB",
    type=click.IntRange(0),
    help="Keep the MB that were used last, and delete the rest.",
)
@json_option
@workspace_option
@click.pass_context
def clean(ctx: click.Context, keep: int | None, as_json: bool, workspace: Path | None) -> None:
    """Delete the cache; published films stay."""
    limit = None if keep is None else keep * 1_000_000
    freed = _clean(workspace or default_workspace(ctx), limit)
    text = f"freed {_megabytes(freed).strip()}\n"
    print_result({"freedBytes": freed}, text, as_json=as_json)


def _show(workspace: Path, *, as_json: bool) -> None:
    """Print a row for each kind of thing that the workspace's cache keeps."""
    shelves = _cache(workspace).shelves()
    if as_json:
        rows = [{"kind": each.kind, "files": each.files, "bytes": each.size} for each in shelves]
        click.echo(json_text(rows), nl=False)
        return
    for each in shelves:
        click.echo(f"{each.kind:<10} {each.files:>6} files  {_megabytes(each.size)}")
    total = sum(each.size for each in shelves)
    click.echo(f"{'total':<10} {sum(each.files for each in shelves):>6} files  {_megabytes(total)}")


def _clean(workspace: Path, limit: int | None) -> int:
    """Delete the cache, or what was used longest ago beyond `limit` bytes; return how much."""
    cache = _cache(workspace)
    return cache.clean() if limit is None else cache.trim(limit)


def _cache(workspace: Path) -> Cache:
    """Return the cache of a workspace, an empty one where there is none yet."""
    with studio_packages():
        from storyboard.studio.film.cache import Cache
        from storyboard.studio.jobs.file_places import cache_of
    return Cache(cache_of(workspace, places_of(os.environ)["files"]))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:>9.1f} MB"
