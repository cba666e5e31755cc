"""What applying asks of a studio: one seam for the client and for whatever stands in for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from storyboard.caption_files import Cue
from storyboard.kaltura.captions import RemoteCaptions
from storyboard.kaltura.objects import (
    FilmShare,
    Principal,
    RemoteAvatar,
    RemoteEntry,
    RemoteVideo,
)
from storyboard.kaltura.pages import Needed, nobody


class Studio(Protocol):
    """A studio's calls; `StudioClient` has them all.

    `add_video`, `generate` and `compose` raise `UnknownOutcomeError` where they may have worked.
    """

    principal: Principal

    async def upsert_avatar(self, body: Mapping[str, Any]) -> RemoteAvatar: ...

    async def add_video(self, body: Mapping[str, Any]) -> RemoteVideo: ...

    async def get_video(self, video_id: str) -> RemoteVideo | None: ...

    async def list_videos(
        self, order_by: str = "-createdAt", *, needed: Needed = nobody
    ) -> tuple[RemoteVideo, ...]: ...

    async def update_video(self, video_id: str, fields: Mapping[str, Any]) -> RemoteVideo: ...

    async def delete_video(self, video_id: str) -> None: ...

    async def generate(self, video_id: str, *, burns_captions: bool = False) -> RemoteVideo: ...

    async def compose(self, video_id: str, body: Mapping[str, Any]) -> RemoteVideo: ...

    async def reset_status(self, video_id: str) -> RemoteVideo: ...

    async def get_entry(self, entry_id: str) -> RemoteEntry | None: ...

    async def list_captions(self, entry_ids: Sequence[str]) -> tuple[RemoteCaptions, ...]: ...

    async def get_captions(self, captions: RemoteCaptions) -> tuple[Cue, ...]: ...

    async def download_film(
        self,
        entry_id: str,
        path: Path,
        *,
        look: Callable[[Path, float], str | None] = ...,
        inside: Path | None = None,
    ) -> None: ...

    async def film_progress(self, video_ids: Sequence[str]) -> dict[str, FilmShare]: ...

    @property
    def is_local(self) -> bool: ...

    async def failure_reason(self, video: RemoteVideo) -> str | None: ...
