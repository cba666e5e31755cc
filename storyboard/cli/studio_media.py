"""Puts files into a local studio, over HTTP or in this process, as the variables say."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from storyboard.cli.studio_reach import CONTROL, connected, studio_packages


def add_media(
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

        return asyncio.run(put())
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace)
    try:
        added = [studio.add_media(path, entry_id) for path in files]
        if captions is not None:
            studio.add_captions(added[0]["id"], captions)
        return added
    finally:
        studio.close()


def list_media(workspace: Path, variables: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the studio's media entries, newest first."""
    if variables.get(CONTROL):

        async def fetch() -> list[dict[str, Any]]:
            async with connected(variables) as control:
                return await control.objects("media")

        return asyncio.run(fetch())
    with studio_packages():
        from storyboard.studio.local import open_studio
    studio = open_studio(workspace)
    try:
        return studio.list_media()
    finally:
        studio.close()
