"""`storyboard studio cache`: what films left behind to be quick, and throwing it away."""

from __future__ import annotations

import json
from pathlib import Path

import click

from storyboard.cli.studio_reach import studio_packages


def show_cache(workspace: Path, *, as_json: bool) -> None:
    """Print a row for each kind of thing that the workspace's cache keeps."""
    with studio_packages():
        from storyboard.studio.film.cache import Cache
    shelves = Cache(workspace / "cache").shelves()
    if as_json:
        rows = [{"kind": each.kind, "files": each.files, "bytes": each.size} for each in shelves]
        click.echo(json.dumps(rows, indent=2))
        return
    for each in shelves:
        click.echo(f"{each.kind:<10} {each.files:>6} files  {_megabytes(each.size)}")
    total = sum(each.size for each in shelves)
    click.echo(f"{'total':<10} {sum(each.files for each in shelves):>6} files  {_megabytes(total)}")


def clean_cache(workspace: Path, limit: int | None) -> None:
    """Delete the cache, or what was used longest ago until `limit` bytes are left."""
    with studio_packages():
        from storyboard.studio.film.cache import Cache
    cache = Cache(workspace / "cache")
    freed = cache.clean() if limit is None else cache.trim(limit)
    click.echo(f"freed {_megabytes(freed).strip()}")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:>9.1f} MB"
