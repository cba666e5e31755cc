"""Puts local stand-ins for b-roll into the local studio. A remote studio has its own entries."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from storyboard.errors import ProjectError
from storyboard.video import StandIn, Video

_CAPTIONS = (".vtt", ".srt")


class MediaStudio(Protocol):
    """What putting a stand-in needs of a client."""

    async def put_media(self, entry_id: str, path: Path) -> None:
        """Put a file under an entry id."""
        ...

    async def put_captions(self, entry_id: str, path: Path) -> None:
        """Make a file the captions of an entry, in place of those put before."""
        ...

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex)."""
        ...


def digest_stand_ins(root: Path, videos: Iterable[Video]) -> dict[str, str]:
    """Return entry id → sha256 (hex) of the stand-ins' files; a missing one is left out."""
    found: dict[str, str] = {}
    for stand_in in _stand_ins(videos):
        path = root / stand_in.path
        if path.is_file():
            found[stand_in.entry_id] = _digest(path)
    return found


async def put_stand_ins(studio: MediaStudio, root: Path, videos: Iterable[Video]) -> None:
    """Bring the studio's media up to the files; raises `ProjectError` for a missing file.

    What scenes are composed from gets its captions too: the `.vtt` or `.srt` beside the file.
    """
    videos = tuple(videos)
    wanted = _stand_ins(videos)
    composed = {id_ for v in videos if v.compose is not None for id_ in v.compose.entry_ids}
    if not wanted:
        return
    there = await studio.list_media()
    for stand_in in wanted:
        path = root / stand_in.path
        if not path.is_file():
            raise ProjectError(
                f"{stand_in.span.file}:{stand_in.span.line}: there is no file '{stand_in.path}'",
                hint=f"it stands in for entry '{stand_in.entry_id}' in the local studio",
            )
        if there.get(stand_in.entry_id) != _digest(path):
            await studio.put_media(stand_in.entry_id, path)
        captions = next(filter(Path.is_file, map(path.with_suffix, _CAPTIONS)), None)
        if captions is not None and stand_in.entry_id in composed:
            await studio.put_captions(stand_in.entry_id, captions)


def _stand_ins(videos: Iterable[Video]) -> tuple[StandIn, ...]:
    by_entry = {s.entry_id: s for video in videos for s in video.stand_ins}
    return tuple(by_entry.values())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
