"""The local studio's control plane, over its HTTP interface. A remote studio has none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from storyboard.errors import ApiError, StudioError
from storyboard.kaltura.calls import bearer
from storyboard.kaltura.fields import MalformedReply, id_of, list_of, number_of, text_of
from storyboard.kaltura.objects import FilmShare
from storyboard.kaltura.replies import Unusable, decode
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.transport import Reply, Transport


class ControlPlane:
    """Speaks `/__studio/` with an admin session of that studio."""

    def __init__(
        self, url: str, transport: Transport, session: Callable[[], Awaitable[Secret]]
    ) -> None:
        self._url = url.rstrip("/")
        self._transport = transport
        self._session = session

    async def put_media(
        self, entry_id: str | None, path: Path, name: str | None = None
    ) -> dict[str, Any]:
        """Put a file into the studio, under an entry id of our choice or a new one.

        `name` is what it is called, if its path does not tell.
        """
        called = name or path.name
        query = urlencode({"name": called} | ({"entryId": entry_id} if entry_id else {}))
        headers = bearer(await self._session()) | {"Content-Type": "application/octet-stream"}
        reply = await self._transport.put_file(f"{self._url}/media?{query}", path, headers=headers)
        try:
            body = decode(reply)
        except ApiError as cause:
            raise StudioError(f"'{called}' is refused: {cause.message}") from cause
        return body if isinstance(body, dict) else {}

    async def put_captions(
        self, entry_id: str, path: Path, name: str | None = None, *, label: str = "stand-in"
    ) -> None:
        """Make a file, SRT or WebVTT, an entry's captions, in place of those of the same label."""
        url = f"{self._url}/media/{quote(entry_id, safe='')}/captions?{urlencode({'label': label})}"
        headers = bearer(await self._session()) | {"Content-Type": "text/vtt"}
        try:
            decode(await self._transport.put_file(url, path, headers=headers))
        except ApiError as cause:
            raise StudioError(f"'{name or path.name}' is refused: {cause.message}") from cause

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex) of all media."""
        return {id_of(o): text_of(o, "sha256") for o in list_of(await self._get("media"))}

    async def film_progress(self) -> dict[str, FilmShare]:
        """Fetch video id → how far its film is, of those being made."""
        return {id_of(o): _film_share(o) for o in list_of(await self._get("progress"))}

    async def failure_reason(self, video_id: str) -> str | None:
        """Fetch why a video failed, with what only the operator may know."""
        body = await self._get(f"videos/{quote(video_id, safe='')}")
        reason = body.get("reason") if isinstance(body, dict) else None
        return str(reason) if reason else None

    async def objects(self, path: str) -> list[dict[str, Any]]:
        """Fetch a list below the control plane."""
        try:
            return list_of(await self._get(path))
        except MalformedReply as cause:
            raise StudioError(f"what answers there is no local studio: {cause}") from cause

    async def call(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Do something below the control plane; raises `StudioError` with what it says."""
        headers = bearer(await self._session())
        reply = await self._transport.request(
            method, f"{self._url}/{path}", body=body, headers=headers
        )
        told = _read(reply)
        return told if isinstance(told, dict) else {}

    async def _get(self, path: str) -> Any:
        headers = bearer(await self._session())
        return _read(await self._transport.get(f"{self._url}/{path}", headers=headers))


def _film_share(told: Mapping[str, Any]) -> FilmShare:
    scenes = told.get("scenes") or []
    if not isinstance(scenes, list) or not all(isinstance(scene, dict) for scene in scenes):
        raise MalformedReply("the scenes of a film's progress are not a list of objects")
    parts = [(number_of(scene, "done"), number_of(scene, "total")) for scene in scenes]
    ready = [done >= total for done, total in parts if total]
    share, lacks_worker = min(number_of(told, "progress"), 1.0), told.get("lacksWorker") is True
    return FilmShare(share, sum(ready), len(ready), lacks_worker)


def _read(reply: Reply) -> Any:
    try:
        return decode(reply)
    except Unusable as cause:
        raise StudioError(f"what answers there is no local studio: {cause}") from cause
