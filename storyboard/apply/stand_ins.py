"""Puts local stand-ins for b-roll into the local studio. A remote studio has its own entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from storyboard.caption_files import beside
from storyboard.checks.absent_entries import with_absent
from storyboard.checks.shown_entries import used_alone
from storyboard.disk.inside import FileRefused, cannot_read
from storyboard.errors import CredentialsError, StoryboardError
from storyboard.language.clip import uses_of
from storyboard.local_studio.media import CAPTIONS, captions_beside
from storyboard.source.file_facts import FileFacts
from storyboard.source.files import ProjectFiles
from storyboard.stand_in import StandIn, Use
from storyboard.video import Address, Video
from storyboard.wire import MAX_MEDIA_BYTES


class MediaStudio(Protocol):
    """What putting a stand-in needs of a client."""

    async def put_media(self, entry_id: str, path: Path, name: str) -> None:
        """Put a file of a name under an entry id."""
        ...

    async def put_captions(self, entry_id: str, path: Path, name: str) -> None:
        """Make a file the captions of an entry, in place of those put before."""
        ...

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex)."""
        ...


def digest_stand_ins(
    files: ProjectFiles, facts: FileFacts, videos: Iterable[Video]
) -> dict[str, str]:
    """Return entry id → sha256 (hex) of the stand-ins' files; what cannot be read is left out."""
    found: dict[str, str] = {}
    for stand_in in _stand_ins(videos):
        try:
            found[stand_in.entry_id] = _digest(files, facts, stand_in)
        except (FileRefused, OSError):
            continue
    return found


async def hold_absent(studio: MediaStudio, videos: Sequence[Video]) -> Sequence[Video]:
    """Hold the videos that need an entry which the local studio has not, and no file stands in for.

    Only the studio knows: a file may have been put into it by `storyboard studio media add`.
    """
    if not any(used_alone(video) for video in videos):
        return videos
    there = await studio.list_media()
    return [with_absent(video, there) for video in videos]


async def put_stand_ins(
    studio: MediaStudio, files: ProjectFiles, facts: FileFacts, videos: Iterable[Video]
) -> Mapping[Address, StoryboardError]:
    """Bring the studio's media up to the files; return the videos that lack some now, and why.

    What scenes are composed from gets its captions too: the `.vtt` or `.srt` beside the file. One
    file's failure is that of the videos that show it. Raises `StoryboardError` where the studio
    does not even tell what it has.
    """
    videos = [video for video in videos if not video.holds]
    wanted = _stand_ins(videos)
    if not wanted:
        return {}
    there = await studio.list_media()
    uses = [(video, stand_in, use) for video in videos for stand_in, use in uses_of(video)]
    sources = {stand_in.entry_id for _, stand_in, use in uses if use is Use.SOURCE}
    failed: dict[str, StoryboardError] = {}
    for stand_in in wanted:
        try:
            with files.pinned(stand_in.path, MAX_MEDIA_BYTES) as (path, opened):
                if there.get(stand_in.entry_id) != facts.digest(path, opened=opened):
                    await studio.put_media(stand_in.entry_id, opened, path.name)
            if stand_in.entry_id in sources:
                await _put_captions(studio, files, stand_in)
        # The same for each file: one message, not one a video.
        except CredentialsError:
            raise
        except StoryboardError as cause:
            failed[stand_in.entry_id] = _placed(cause, stand_in)
        except OSError as problem:
            failed[stand_in.entry_id] = _placed(cannot_read(stand_in.path, problem), stand_in)
    return {
        video.address: failed[stand_in.entry_id]
        for video, stand_in, use in uses
        if use is not Use.NAMED and stand_in.entry_id in failed
    }


def clip_files(videos: Iterable[Video], root: Path) -> dict[Path, str]:
    """Return the files that stand in for entries, each with what it is, for a message.

    So too where the captions of each are, or would be.
    """
    found: dict[Path, str] = {}
    for stand_in in _stand_ins(videos):
        path = (root / stand_in.path).resolve()
        found[path] = f"the `media` of entry '{stand_in.entry_id}'"
        for captions in (Path(beside(str(path), suffix)) for suffix in CAPTIONS):
            found.setdefault(captions, f"the captions of entry '{stand_in.entry_id}'")
    return found


async def _put_captions(studio: MediaStudio, files: ProjectFiles, stand_in: StandIn) -> None:
    captions = captions_beside(files, stand_in.path)
    if captions is not None:
        with files.pinned(captions, MAX_MEDIA_BYTES) as (path, opened):
            await studio.put_captions(stand_in.entry_id, opened, path.name)


def _stand_ins(videos: Iterable[Video]) -> tuple[StandIn, ...]:
    by_entry = {s.entry_id: s for video in videos for s in video.stand_ins}
    return tuple(by_entry.values())


def _digest(files: ProjectFiles, facts: FileFacts, stand_in: StandIn) -> str:
    with files.pinned(stand_in.path, MAX_MEDIA_BYTES) as (path, opened):
        return facts.digest(path, opened=opened)


def _placed(cause: StoryboardError, stand_in: StandIn) -> StoryboardError:
    """Return the failure with the author's place: the studio knows only the file."""
    place = f"{stand_in.span.file}:{stand_in.span.line}"
    hint = cause.hint or f"check the `media` of entry '{stand_in.entry_id}'"
    return StoryboardError(f"{place}: {cause.message}", hint=hint)
