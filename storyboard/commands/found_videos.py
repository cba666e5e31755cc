"""Finds the videos of a studio that are to be exported, and what it takes to write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from storyboard.counting import counted
from storyboard.errors import StoryboardError, StudioError, UsageError
from storyboard.export.taken import Left, Taken, take_video
from storyboard.globs import matches
from storyboard.kaltura.objects import Principal, RemoteVideo
from storyboard.language.names import did_you_mean
from storyboard.plan.current import fetch_avatars
from storyboard.texts import name_key, normal_text
from storyboard.video import Avatar

if TYPE_CHECKING:
    from storyboard.kaltura.client import StudioClient

_SHARED: Final = (
    "another video of this user has this name, and this environment finds videos by name"
)


@dataclass(frozen=True, slots=True)
class FoundVideos:
    """Videos in our terms, the oldest first, and those that no storyboard can have.

    `avatars` maps ids to definitions. `entries` are the ids of all entries that the videos name;
    `names` has those that the account lists, None if it does not tell. `shared` are the names, as
    keys, that several videos of the user have, whether they were asked for or not.
    """

    principal: Principal
    taken: tuple[Taken, ...]
    left: tuple[Left, ...]
    avatars: Mapping[str, Avatar]
    entries: tuple[str, ...]
    names: Mapping[str, str] | None
    shared: frozenset[str] = frozenset()

    def told_apart_by_name(self) -> FoundVideos:
        """Leave out each video of a shared name: where names are keys, any of them could be
        taken for another, and be overwritten with its scenes."""
        twins = tuple(v for v in self.taken if name_key(v.remote.name) in self.shared)
        left = tuple(Left(v.remote.id, v.remote.name, (_SHARED,)) for v in twins)
        taken = tuple(video for video in self.taken if video not in twins)
        return replace(self, taken=taken, left=(*self.left, *left))


async def find_videos(
    client: StudioClient, patterns: Sequence[str], told: Callable[[str], None]
) -> FoundVideos:
    """Fetch the videos that patterns name, by name or id, or all where there are none.

    One list tells all of the videos; each avatar is asked for once, and entries by the hundred.
    Raises `UsageError` for a pattern that names none, and `StoryboardError` where there are none.
    """
    remotes, unread, shared = await _chosen(client, patterns)
    found = counted(len(remotes) + len(unread), "video")
    told(f"found {found} of {client.principal.named}")
    if not remotes and not unread:
        raise StoryboardError(
            "there is nothing to export: this user has no videos in the studio",
            hint="check the account, the user and the region: storyboard doctor",
        )
    avatars = await fetch_avatars(client, remotes)
    judged = [take_video(remote, avatars) for remote in remotes]
    taken = tuple(each for each in judged if isinstance(each, Taken))
    entries = tuple(dict.fromkeys(entry for video in taken for entry in video.entries))
    names = await _entry_names(client, entries)
    told(f"read {counted(len(avatars), 'avatar')}, {counted(len(entries), 'entry', 'entries')}")
    left = (*unread, *(each for each in judged if isinstance(each, Left)))
    return FoundVideos(client.principal, taken, left, avatars, entries, names, shared)


async def _chosen(
    client: StudioClient, patterns: Sequence[str]
) -> tuple[list[RemoteVideo], list[Left], frozenset[str]]:
    """Return the videos that are asked for, the oldest first, those that cannot be read, and the
    names that several of all have."""
    unread: dict[str, str] = {}

    def noted(video_id: str, name: str) -> bool:
        unread[video_id] = name
        return False  # an error would keep all others back

    videos = await client.list_videos("createdAt", needed=noted)
    videos = tuple(sorted(videos, key=lambda video: (video.created_at, video.id)))
    chosen = [v for v in videos if _is_chosen(v.id, v.name, patterns)]
    told = "it is of a form that this version does not know"
    left = [
        Left(id_, name, (told,)) for id_, name in unread.items() if _is_chosen(id_, name, patterns)
    ]
    for pattern in patterns:
        names = {v.id: v.name for v in videos} | unread
        if not any(_is_chosen(id_, name, [pattern]) for id_, name in names.items()):
            hint = did_you_mean(pattern, map(normal_text, names.values()))
            raise UsageError(
                f"no video of the studio has the name or id '{pattern}'",
                hint=hint or f"pass --all for all {counted(len(names), 'video')}",
            )
    counts = Counter(name_key(name) for name in (*(v.name for v in videos), *unread.values()))
    return chosen, left, frozenset(key for key, times in counts.items() if times > 1)


def _is_chosen(video_id: str, name: str, patterns: Sequence[str]) -> bool:
    if not patterns:
        return True
    plain = normal_text(name)
    return any(p in (video_id, name, plain) or matches(plain, p) for p in patterns)


async def _entry_names(client: StudioClient, entries: Sequence[str]) -> Mapping[str, str] | None:
    """Return the names of entries by id; None if the service does not tell."""
    try:
        return await client.list_entry_names(entries)
    except StudioError:
        return None
