"""The local studio's control plane, over its HTTP interface. A remote studio has none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from storyboard.errors import ApiError, StudioError
from storyboard.kaltura.calls import bearer
from storyboard.kaltura.objects import FilmShare, MalformedReply, parse_objects
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

    async def put_media(self, entry_id: str | None, path: Path) -> dict[str, Any]:
        """Put a file into the studio, under an entry id of our choice or a new one."""
        query = urlencode({"name": path.name} | ({"entryId": entry_id} if entry_id else {}))
        headers = bearer(await self._session()) | {"Content-Type": "application/octet-stream"}
        reply = await self._transport.put_file(f"{self._url}/media?{query}", path, headers=headers)
        try:
            body = decode(reply)
        except ApiError as cause:
            raise StudioError(f"'{path.name}' is refused: {cause.message}") from cause
        return body if isinstance(body, dict) else {}

    async def put_captions(self, entry_id: str, path: Path, *, label: str = "stand-in") -> None:
        """Make a file, SRT or WebVTT, an entry's captions, in place of those of the same label."""
        url = f"{self._url}/media/{entry_id}/captions?{urlencode({'label': label})}"
        headers = bearer(await self._session()) | {"Content-Type": "text/vtt"}
        try:
            decode(await self._transport.put_file(url, path, headers=headers))
        except ApiError as cause:
            raise StudioError(f"'{path.name}' is refused: {cause.message}") from cause

    async def list_media(self) -> dict[str, str]:
        """Fetch entry id → sha256 (hex) of all media."""
        objects = parse_objects(await self._get("media"))
        return {str(o["id"]): str(o.get("sha256") or "") for o in objects}

    async def film_progress(self) -> dict[str, FilmShare]:
        """Fetch video id → how far its film is, of those being made."""
        return {str(o["id"]): _film_share(o) for o in parse_objects(await self._get("progress"))}

    async def failure_reason(self, video_id: str) -> str | None:
        """Fetch why a film failed, which the API itself never tells."""
        body = await self._get(f"videos/{video_id}")
        reason = body.get("reason") if isinstance(body, dict) else None
        return str(reason) if reason else None

    async def objects(self, path: str) -> list[dict[str, Any]]:
        """Fetch a list below the control plane."""
        try:
            return parse_objects(await self._get(path))
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


def _film_share(told: dict[str, Any]) -> FilmShare:
    scenes = [scene for scene in told.get("scenes") or () if scene["total"]]
    ready = sum(scene["done"] >= scene["total"] for scene in scenes)
    return FilmShare(float(told.get("progress") or 0.0), ready, len(scenes))


def _read(reply: Reply) -> Any:
    try:
        return decode(reply)
    except Unusable as cause:
        raise StudioError(f"what answers there is no local studio: {cause}") from cause
