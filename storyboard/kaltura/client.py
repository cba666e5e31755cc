"""The VOD Avatar API as methods that take and give values. Knows no plan and no state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from storyboard.errors import ApiError, StudioError
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.control import ControlPlane
from storyboard.kaltura.objects import (
    FilmShare,
    Principal,
    RemoteAvatar,
    RemoteEntry,
    RemoteTemplate,
    RemoteVideo,
    parse_objects,
)
from storyboard.wire import Action

_PAGE = 100
_T = TypeVar("_T")


class StudioClient:
    """Speaks to one studio as one user; `control` is there for a local studio only."""

    def __init__(
        self, calls: Calls, *, principal: Principal, control: ControlPlane | None = None
    ) -> None:
        self.principal = principal
        self._calls = calls
        self._control = control

    @property
    def is_local(self) -> bool:
        """Whether the studio takes stand-ins and tells its progress."""
        return self._control is not None

    async def list_templates(self) -> tuple[RemoteTemplate, ...]:
        """Fetch the presenters that the account may use."""
        objects = await self._calls.act(Action.TEMPLATE_LIST, {}, parse_objects)
        return tuple(RemoteTemplate(str(o["id"]), str(o.get("name") or "")) for o in objects)

    async def upsert_avatar(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Make or find the avatar with this template and background."""
        return await self._calls.act(Action.AVATAR_UPSERT, body, RemoteAvatar.parse)

    async def get_avatar(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        call = self._calls.act(Action.AVATAR_GET, {"id": avatar_id}, RemoteAvatar.parse)
        return await _found(call)

    async def preview_avatar(self, avatar_id: str) -> bytes:
        """Fetch the PNG of a presenter on its background."""
        return await self._calls.act_bytes(Action.AVATAR_PREVIEW, {"id": avatar_id}, "image/png")

    async def add_video(self, body: Mapping[str, Any]) -> RemoteVideo:
        """Create a video, once; raises `UnknownOutcomeError` where it may exist now."""
        return await self._calls.act(Action.VIDEO_ADD, body, RemoteVideo.parse)

    async def get_video(self, video_id: str) -> RemoteVideo | None:
        """Fetch a video; `None` where there is none."""
        return await _found(self._calls.act(Action.VIDEO_GET, {"id": video_id}, RemoteVideo.parse))

    async def list_videos(self, order_by: str = "-createdAt") -> tuple[RemoteVideo, ...]:
        """Fetch all videos of the user, page by page; read anew where they moved meanwhile."""
        for _ in range(3):
            videos, moved = await self._list_once(order_by)
            if not moved:
                break
        return videos

    async def update_video(self, video_id: str, fields: Mapping[str, Any]) -> RemoteVideo:
        """Replace the fields given; scenes are replaced as a whole."""
        body = {"id": video_id, **fields}
        return await self._calls.act(Action.VIDEO_UPDATE, body, RemoteVideo.parse)

    async def delete_video(self, video_id: str) -> None:
        """Delete a video; one that is not there counts as deleted."""
        await _found(self._calls.act(Action.VIDEO_DELETE, {"id": video_id}, lambda body: body))

    async def generate(self, video_id: str) -> RemoteVideo:
        """Start the rendering, once; raises `UnknownOutcomeError` where it may have started."""
        return await self._calls.act(Action.VIDEO_GENERATE, {"id": video_id}, RemoteVideo.parse)

    async def compose(self, video_id: str, body: Mapping[str, Any]) -> RemoteVideo:
        """Start the composition, once; raises `UnknownOutcomeError` where it may have started."""
        full = {"id": video_id, **body}
        return await self._calls.act(Action.VIDEO_COMPOSE, full, RemoteVideo.parse)

    async def reset_status(self, video_id: str) -> RemoteVideo:
        """Lead a failed video back to where it can be tried again."""
        body = {"id": video_id}
        return await self._calls.act(Action.VIDEO_RESET_STATUS, body, RemoteVideo.parse)

    async def preview_audio(self, video_id: str, scene: int) -> bytes:
        """Fetch the MP3 of a scene's narration; `scene` counts from 0."""
        body = {"id": video_id, "sceneId": scene}
        return await self._calls.act_bytes(Action.VIDEO_PREVIEW_AUDIO, body, "audio/mpeg")

    async def check_configuration(self) -> Any:
        """Fetch the account's own checks, as the studio words them."""
        return await self._calls.act(Action.CHECK_CONFIGURATION, {}, lambda body: body)

    async def get_entry(self, entry_id: str) -> RemoteEntry | None:
        """Fetch a media entry's facts; `None` where there is none."""
        form = {"entryId": entry_id}
        return await _found(self._calls.service("media", "get", form, RemoteEntry.parse))

    async def download_entry(
        self,
        entry_id: str,
        path: Path,
        on_bytes: Callable[[int, int | None], None] = lambda done, total: None,
    ) -> None:
        """Save an entry's file under `path`, whole or not at all."""
        entry = await self.get_entry(entry_id)
        if entry is None or entry.download_url is None:
            raise StudioError(f"entry '{entry_id}' has nothing to download")
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.part")
        try:
            await self._calls.download(entry.download_url, partial, on_bytes)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    async def put_media(self, entry_id: str, path: Path) -> None:
        """Put a stand-in under an entry id of our choice; local studio only."""
        if self._control is None:
            raise StudioError("only the local studio takes stand-ins for entries")
        await self._control.put_media(entry_id, path)

    async def put_captions(self, entry_id: str, path: Path) -> None:
        """Give an entry its captions, in place of those put before; local studio only."""
        if self._control is None:
            raise StudioError("only the local studio takes captions for entries")
        await self._control.put_captions(entry_id, path)

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex) of the local studio's media; empty for a remote one."""
        return {} if self._control is None else await self._control.list_media()

    async def film_progress(self, video_ids: Sequence[str]) -> dict[str, FilmShare]:
        """Fetch video id → how far its film is, where the studio tells it."""
        shares = {} if self._control is None else await self._control.film_progress()
        return {key: shares[key] for key in video_ids if key in shares}

    async def failure_reason(self, video_id: str) -> str | None:
        """Fetch why a film failed where the studio tells it: the API itself never does."""
        return None if self._control is None else await self._control.failure_reason(video_id)

    async def _list_once(self, order_by: str) -> tuple[tuple[RemoteVideo, ...], bool]:
        found: dict[str, RemoteVideo] = {}
        total, offset, moved = 1, 0, False
        while offset < total:
            body = {"filter": {"orderBy": order_by}, "pager": {"offset": offset, "limit": _PAGE}}
            count, page = await self._calls.act(Action.VIDEO_LIST, body, _parse_page)
            moved = moved or (offset > 0 and total != count)
            total = count
            found.update((video.id, video) for video in page)
            if not page:
                break
            offset += len(page)
        return tuple(found.values()), moved or len(found) < total


def _parse_page(body: Any) -> tuple[int, tuple[RemoteVideo, ...]]:
    videos = tuple(RemoteVideo.parse(item) for item in parse_objects(body))
    return int(body.get("totalCount", len(videos))), videos


async def _found(call: Awaitable[_T]) -> _T | None:
    """Await a call; `None` where the studio says that there is no such object."""
    try:
        return await call
    except ApiError as cause:
        if cause.code.endswith("NOT_FOUND") or cause.status == 404:
            return None
        raise
