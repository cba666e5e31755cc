"""What the studio holds now, as a value, and how it is fetched. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Protocol, TypeVar

from storyboard.errors import StudioError
from storyboard.kaltura.at_once import AT_ONCE, some_at_once
from storyboard.kaltura.objects import Principal, RemoteAvatar, RemoteVideo
from storyboard.kaltura.pages import Needed, nobody
from storyboard.plan.nonce_mark import carriers, nonce_of
from storyboard.plan.shown import avatar_ids
from storyboard.state.model import State
from storyboard.texts import name_key, normal_text
from storyboard.video import Avatar, Background
from storyboard.wire import VideoStatus

_FEW: Final = AT_ONCE
"""Videos that a list may lack before it is rather asked once more: they are asked for together."""
_T = TypeVar("_T")


class Lister(Protocol):
    """What fetching videos needs of a client."""

    async def list_videos(
        self, order_by: str = "-createdAt", *, needed: Needed = nobody
    ) -> tuple[RemoteVideo, ...]:
        """Fetch all videos of the user."""
        ...

    async def get_video(self, video_id: str) -> RemoteVideo | None:
        """Fetch a video; `None` where there is none."""
        ...


class Reader(Lister, Protocol):
    """What fetching needs of a client."""

    principal: Principal

    async def get_avatar(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        ...

    async def film_dates(self, entry_ids: Sequence[str]) -> dict[str, float]:
        """Fetch entry id → when it was made, in seconds since 1970, where that is told."""
        ...


@dataclass(frozen=True)
class Current:
    """A studio's videos of one user, and the definitions of the avatars that ours name.

    `made_at` maps the entries of films that no state knows to when they were made, in seconds since
    1970; those that the studio does not date are not in it.
    Without slots, since what it finds them by is made once: each address of a plan asks for some.
    """

    principal: Principal
    videos: tuple[RemoteVideo, ...]
    avatars: Mapping[str, Avatar] = field(default_factory=dict)
    made_at: Mapping[str, float | None] = field(default_factory=dict)

    def video(self, video_id: str | None) -> RemoteVideo | None:
        """Return the video with an id."""
        return None if video_id is None else self._by_id.get(video_id)

    def named(self, name: str) -> Sequence[RemoteVideo]:
        """Return the videos of a name, by what names compare by."""
        return self._by_name.get(normal_text(name), ())

    def marked(self, nonce: str) -> list[RemoteVideo]:
        """Return the videos whose names carry a nonce, the oldest first."""
        return carriers(self._by_nonce.get(nonce, ()), nonce)

    @cached_property
    def _by_id(self) -> Mapping[str, RemoteVideo]:
        # Of two with one id, as pages that shift may give, the first counts, as it does for
        # `video`.
        return {video.id: video for video in reversed(self.videos)}

    @cached_property
    def _by_name(self) -> Mapping[str, list[RemoteVideo]]:
        return _grouped((normal_text(video.name), video) for video in self.videos)

    @cached_property
    def _by_nonce(self) -> Mapping[str, list[RemoteVideo]]:
        marked = ((nonce_of(video.name), video) for video in self.videos)
        return _grouped((nonce, video) for nonce, video in marked if nonce is not None)


async def fetch_current(
    client: Reader, state: State, names: Collection[str] = frozenset()
) -> Current:
    """Fetch the user's videos, each avatar that one of ours names, and dates of unknown films.

    `names` are those by which videos are ours where names are keys, as `name_key` has them.
    """
    videos = await fetch_videos(client, state.object_ids, ours(state, names))
    ids = state.video_ids
    mine = [v for v in videos if v.id in ids or nonce_of(v.name) or _has_name(v.name, names)]
    filmed = [v for v in mine if v.id in ids or _has_name(v.name, names)]
    avatars = await fetch_avatars(client, mine)
    return Current(client.principal, videos, avatars, await _film_dates(client, state, filmed))


async def _film_dates(
    client: Reader, state: State, videos: Iterable[RemoteVideo]
) -> dict[str, float]:
    """Ask when films were made that the state lacks; not all services tell, and none has to."""
    known = {film.entry_id for record in state.videos.values() for film in record.films}
    ready = [video.entry_id for video in videos if video.status is VideoStatus.READY]
    asked = [entry for entry in ready if entry is not None and entry not in known]
    if not asked:
        return {}
    try:
        return await client.film_dates(asked)
    # The dates prove films that a state lacks; without them such a film is made again, as ever.
    except StudioError:
        return {}


async def fetch_videos(
    client: Lister, ids: Collection[str], needed: Needed = nobody
) -> tuple[RemoteVideo, ...]:
    """Fetch the user's videos with one list; one of `ids` that it lacks is asked for by itself.

    A list may lag, be empty for once, or miss what moved between two pages: a video is gone only
    where the studio, asked for its id, says so too.
    """
    found = {video.id: video for video in await client.list_videos(needed=needed)}
    if len(set(ids) - found.keys()) > _FEW:
        # So many were rather missed by the list than deleted: one more may save hundreds of calls.
        found |= {video.id: video for video in await client.list_videos(needed=needed)}
    missing = sorted(set(ids) - found.keys())
    asked = await some_at_once(missing, client.get_video)
    return (*found.values(), *(video for video in asked if video is not None))


def ours(state: State, names: Collection[str] = frozenset()) -> Needed:
    """Return which videos must be read: those recorded, and those of an add that is still open.

    So must those that have one of the names.
    """
    ids = state.video_ids
    nonces = {operation.nonce for operation in state.operations}
    return lambda video_id, name: (
        video_id in ids or nonce_of(name) in nonces or _has_name(name, names)
    )


def _has_name(name: str, names: Collection[str]) -> bool:
    return bool(names) and name_key(name) in names


async def fetch_avatars(client: Reader, videos: Iterable[RemoteVideo]) -> dict[str, Avatar]:
    """Fetch the definitions of all avatars that videos name, each once."""
    wanted = list(dict.fromkeys(id_ for video in videos for id_ in avatar_ids(video)))
    remotes = await some_at_once(wanted, client.get_avatar)
    found = {id_: parse_avatar(remote) for id_, remote in zip(wanted, remotes, strict=True)}
    return {id_: avatar for id_, avatar in found.items() if avatar is not None}


def _grouped(pairs: Iterable[tuple[str, RemoteVideo]]) -> Mapping[str, list[RemoteVideo]]:
    groups: dict[str, list[RemoteVideo]] = {}
    for key, video in pairs:
        groups.setdefault(key, []).append(video)
    return groups


def parse_avatar(remote: RemoteAvatar | None) -> Avatar | None:
    """Read an avatar's definition; `None` for one that is gone or of a kind unknown to us."""
    if remote is None:
        return None
    try:
        return Avatar(remote.template_id, Background.from_payload(remote.background))
    except (KeyError, ValueError):
        return None
