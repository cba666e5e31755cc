"""Reads a list that comes in pages and may move meanwhile. Sends nothing itself."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from storyboard.counting import counted
from storyboard.errors import StudioError
from storyboard.kaltura.fields import MalformedReply, id_of, list_of, number_of
from storyboard.kaltura.objects import RemoteVideo

PAGE: Final = 100
"""Videos, or other objects, asked for at once."""

_READINGS: Final = 3
"""Of a list that moved while it was read; a choice: somebody who works there moves it seldom
twice."""
_MOST_PAGES: Final = 1000
"""A hundred thousand videos of one user; a list that goes on has no end."""

_MOST_SIZE = 512 << 20
"""Of a whole list: seventy thousand videos of 10 scenes, or those that others fill memory with."""

_VALUE_SIZE = 20
"""Bytes that a value counts beside its characters: memory is what is bounded."""


Needed = Callable[[str, str], bool]
"""Whether the caller must be able to read a video, by its id and name."""


def nobody(video_id: str, name: str) -> bool:
    """Need no video: for whoever takes what can be read."""
    return False


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the videos, and how many there are by the studio's word, if it gave one.

    A video of a form that is not known is there by its id alone. `size` is what they take,
    about.
    """

    videos: tuple[RemoteVideo | str, ...]
    total: int | None
    size: int = 0


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one reading found: whether it moved meanwhile, and what it says of its own length."""

    videos: tuple[RemoteVideo | str, ...]
    moved: bool
    short: bool
    contradictory: bool

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(map(_id_of, self.videos))


def parse_page(body: Any, needed: Needed = nobody) -> Page:
    """Read one page of videos; raises `MalformedReply`, also for a needed one of unknown form."""
    videos = tuple(_video(item, needed) for item in list_of(body))
    return Page(videos, total_of(body), _size(body["objects"]))


def _video(item: Mapping[str, Any], needed: Needed) -> RemoteVideo | str:
    """Read a video; of one that cannot be read and is nobody's concern, the id.

    The studio knows more statuses and layouts over time than we do, and has other authors.
    """
    try:
        return RemoteVideo.parse(item)
    except MalformedReply as cause:
        video_id, name = id_of(item), item.get("name")
        if needed(video_id, name if isinstance(name, str) else ""):
            raise MalformedReply(
                f"video '{video_id}' cannot be read: {cause.message}",
                hint="look at the video in the studio; a newer version of storyboard may know it",
            ) from cause
        return video_id


async def read_pages(fetch: Callable[[int], Awaitable[Page]]) -> tuple[RemoteVideo, ...]:
    """Fetch all videos from offset to offset; read anew where they moved meanwhile.

    Raises `StudioError` for a list that tells of fewer videos than it has, or that moved each time:
    what is missing from it would be taken for gone, and made again. One that is short of its own
    count is believed if it stays the same: some studios count what they do not show.
    """
    seen = frozenset[str]()
    for _ in range(_READINGS):
        reading = await _read_once(fetch)
        stays = reading.ids == seen
        if not (reading.moved or reading.contradictory or (reading.short and not stays)):
            break
        seen = reading.ids
    else:
        told = f"the studio's list of videos changed each of the {_READINGS} times that it was read"
        if reading.contradictory:
            told = f"the studio lists {counted(len(reading.videos), 'video')} and counts fewer"
        hint = "run the command again; if it happens again, report it to who runs the studio"
        raise StudioError(told, hint=hint)
    return tuple(video for video in reading.videos if isinstance(video, RemoteVideo))


def is_end(came: int, offset: int, total: int | None) -> bool:
    """Whether a page is a list's last: so many `came` on it, and `offset` with those before it.

    By the studio's count if it gives one; else a page that is not full is the last.
    """
    return came < PAGE if total is None else not came or offset >= total


def total_of(body: Mapping[str, Any]) -> int | None:
    """Return how many objects a list has by the studio's word, if it gave one."""
    return None if body.get("totalCount") is None else int(number_of(body, "totalCount"))


def _size(objects: list[dict[str, Any]]) -> int:
    text = json.dumps(objects, ensure_ascii=False)
    return len(text) + _VALUE_SIZE * sum(map(text.count, "[{,"))


async def _read_once(fetch: Callable[[int], Awaitable[Page]]) -> _Reading:
    found: dict[str, RemoteVideo | str] = {}
    offset, size, totals, contradictory = 0, 0, set[int](), False
    for _ in range(_MOST_PAGES):
        page = await fetch(offset)
        before = len(found)
        found.update((_id_of(each), each) for each in page.videos)
        # By what came, not by what was asked for: a studio may give fewer a page.
        offset += len(page.videos)
        size += page.size
        if size > _MOST_SIZE:
            raise StudioError(
                f"the studio's list of videos is larger than {_MOST_SIZE >> 20} MiB",
                hint="delete videos that are not needed, or apply as a user with fewer videos",
            )
        # A page without a new video: the end, or a studio that ignores the offset.
        is_last = len(found) == before
        if page.total is not None:
            totals.add(page.total)
            contradictory = contradictory or page.total < offset
        if is_last or is_end(len(page.videos), offset, page.total):
            break
    else:
        raise StudioError(f"the studio's list of videos has no end: {offset:,} were read")
    short = len(found) < max(totals, default=0)
    return _Reading(tuple(found.values()), len(totals) > 1, short, contradictory)


def _id_of(video: RemoteVideo | str) -> str:
    return video if isinstance(video, str) else video.id
