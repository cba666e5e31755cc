"""A studio whose calls are made a few at once, and only while the state is held.

A studio cannot be told that a lock is lost, and would take a call from whoever lost it: no call
outlives the lock.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from storyboard.apply.remote import Studio
from storyboard.caption_files import Cue
from storyboard.errors import LockedError, LostLockError
from storyboard.kaltura.captions import RemoteCaptions
from storyboard.kaltura.objects import (
    FilmShare,
    Principal,
    RemoteAvatar,
    RemoteEntry,
    RemoteVideo,
)
from storyboard.kaltura.pages import Needed, nobody
from storyboard.state.store import Store

_ENOUGH: Final = 20.0
"""Seconds that the lock has to be held for sure when a call begins: most take one. A choice, below
what is left of a lease of 60 s just before it is renewed."""

_MARGIN: Final = 5.0
"""Seconds before the end of the lock at which a call is given up: what was sent is on its way."""

_LOOK: Final = 1.0
"""Seconds between two looks at a lock that may have been lost or renewed meanwhile."""

_T = TypeVar("_T")


class LeasedStudio:
    """Passes calls on to a studio, as long as the store is held.

    Each raises `LockedError` where the lock is lost. A call that changes something waits for a
    renewal where little is left, and is given up before the lock ends, as one of unknown outcome.
    No more than `at_once` are under way, downloads aside: what waits for its record to be kept
    takes no call's place.
    """

    def __init__(
        self,
        studio: Studio,
        store: Store,
        sleep: Callable[[float], Awaitable[None]],
        at_once: int,
    ) -> None:
        self.principal: Principal = studio.principal
        self._studio = studio
        self._store = store
        self._sleep = sleep
        self._gate = asyncio.Semaphore(max(1, at_once))

    async def upsert_avatar(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Make or find an avatar."""
        return await self._changing(lambda: self._studio.upsert_avatar(body))

    async def add_video(self, body: Mapping[str, Any]) -> RemoteVideo:
        """Create a video."""
        return await self._changing(lambda: self._studio.add_video(body))

    async def get_video(self, video_id: str) -> RemoteVideo | None:
        """Fetch a video."""
        return await self._reading(lambda: self._studio.get_video(video_id))

    async def list_videos(
        self, order_by: str = "-createdAt", *, needed: Needed = nobody
    ) -> tuple[RemoteVideo, ...]:
        """Fetch all videos."""
        return await self._reading(lambda: self._studio.list_videos(order_by, needed=needed))

    async def update_video(self, video_id: str, fields: Mapping[str, Any]) -> RemoteVideo:
        """Edit a video."""
        return await self._changing(lambda: self._studio.update_video(video_id, fields))

    async def delete_video(self, video_id: str) -> None:
        """Delete a video."""
        await self._changing(lambda: self._studio.delete_video(video_id))

    async def generate(self, video_id: str, *, burns_captions: bool = False) -> RemoteVideo:
        """Start a film."""
        return await self._changing(
            lambda: self._studio.generate(video_id, burns_captions=burns_captions)
        )

    async def compose(self, video_id: str, body: Mapping[str, Any]) -> RemoteVideo:
        """Start a composition."""
        return await self._changing(lambda: self._studio.compose(video_id, body))

    async def reset_status(self, video_id: str) -> RemoteVideo:
        """Lead a failed video back."""
        return await self._changing(lambda: self._studio.reset_status(video_id))

    async def get_entry(self, entry_id: str) -> RemoteEntry | None:
        """Fetch a media entry."""
        return await self._reading(lambda: self._studio.get_entry(entry_id))

    async def list_captions(self, entry_ids: Sequence[str]) -> tuple[RemoteCaptions, ...]:
        """Fetch the captions that entries have."""
        return await self._reading(lambda: self._studio.list_captions(entry_ids))

    async def get_captions(self, captions: RemoteCaptions) -> tuple[Cue, ...]:
        """Fetch the cues of captions."""
        return await self._reading(lambda: self._studio.get_captions(captions))

    async def download_film(
        self,
        entry_id: str,
        path: Path,
        *,
        look: Callable[[Path, float], str | None] = lambda path, seconds: None,
        inside: Path | None = None,
    ) -> None:
        """Save a film; nobody else is in its way."""
        self._store.seconds_left()
        await self._studio.download_film(entry_id, path, look=look, inside=inside)

    async def film_progress(self, video_ids: Sequence[str]) -> dict[str, FilmShare]:
        """Fetch how far films are."""
        self._store.seconds_left()
        return await self._studio.film_progress(video_ids)

    @property
    def is_local(self) -> bool:
        """Whether who applies has the control plane of the studio."""
        return self._studio.is_local

    async def failure_reason(self, video: RemoteVideo) -> str | None:
        """Fetch why a video failed."""
        self._store.seconds_left()
        return await self._studio.failure_reason(video)

    async def _reading(self, call: Callable[[], Awaitable[_T]]) -> _T:
        async with self._gate:
            self._store.seconds_left()
            return await call()

    async def _changing(self, call: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
        async with self._gate:
            while (left := self._store.seconds_left()) < _ENOUGH:
                await self._sleep(_LOOK)
            return await call() if math.isinf(left) else await self._bounded(call())

    async def _bounded(self, call: Coroutine[Any, Any, _T]) -> _T:
        """Await a call for as long as the lock is held, and give it up before the lock ends."""
        sent = asyncio.ensure_future(call)
        try:
            while (left := self._left()) > _MARGIN:
                done, _ = await asyncio.wait({sent}, timeout=min(left - _MARGIN, _LOOK))
                if done:
                    return sent.result()
        finally:
            if not sent.done():
                sent.cancel()
                # A call that is only asked to end may still send: it has to be over before the
                # lock is.
                await asyncio.wait({sent})
        raise LostLockError(
            "the lock of the state was lost before the studio answered",
            hint="apply again: what was begun is found and continued",
        )

    def _left(self) -> float:
        try:
            return self._store.seconds_left()
        except LockedError:
            return 0.0
