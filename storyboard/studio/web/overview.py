"""What the page shows of a studio, all users' at once: one look, pictures, captions. Reads only."""

from __future__ import annotations

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.studio.api.authentication import bearer_token, user_name, visit_of
from storyboard.studio.api.avatar_actions import picture
from storyboard.studio.api.hard_work import HardWork
from storyboard.studio.api.payloads import (
    avatar_payload,
    job_payload,
    medium_payload,
    timestamp,
)
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, captions, entries, queue, videos
from storyboard.studio.records.avatars import Avatar
from storyboard.studio.records.captions import CHAPTERS, CaptionFormat
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.videos import Video
from storyboard.studio.web.key import PageKey
from storyboard.wire import ErrorCode

MOST: Final = 200
"""How many videos, avatars and media one look has at most, the newest."""

MOST_BYTES: Final = 4 << 20
"""About how many bytes of videos: two hundred of the largest had 140 MB, asked for each second."""


class Look:
    """What the page of one studio may ask for."""

    def __init__(self, workspace: Workspace, hard: HardWork, key: PageKey) -> None:
        """Take the studio, and the key by whose user the page looks: all see the same."""
        self._workspace = workspace
        self._hard = hard
        self._key = key

    async def session(self, request: Request) -> Response:
        """Give whoever sends the page's key as bearer token a session that only looks."""
        ks = await run_in_threadpool(self._key.open, *self._knock(request))
        return JSONResponse({"ks": ks})

    async def user_session(self, request: Request) -> Response:
        """Give whoever sends the page's key a session of the local user, for `/studio/`."""
        ks = await run_in_threadpool(self._key.open_as_user, *self._knock(request))
        return JSONResponse({"ks": ks, "partnerId": self._workspace.identity.partner_id})

    def _knock(self, request: Request) -> tuple[str | None, str]:
        token = bearer_token(request.headers.get("authorization"))
        return token, visit_of(request).address

    async def overview(self, request: Request) -> Response:
        """Tell of videos with their jobs and films, of avatars, and of uploaded media.

        The query may name one `video` that is told of although it is not among the newest.
        """
        wanted = request.query_params.get("video", "")

        def read() -> dict[str, Any]:
            with self._workspace.store.read() as tx:
                told = _overview(tx, self._workspace.identity.partner_id, wanted)
            return told | {"userId": self._key.user_id}

        return JSONResponse(await run_in_threadpool(read))

    async def portrait(self, request: Request) -> Response:
        """Answer with the PNG of anybody's avatar."""
        avatar_id = request.path_params["avatar"]

        def draw() -> bytes:
            with self._workspace.store.read() as tx:
                avatar = avatars.find(tx, None, avatar_id)
            if avatar is None:
                raise Refusal(ErrorCode.AVATAR_NOT_FOUND, f"Avatar '{avatar_id}' not found")
            return picture(self._workspace, avatar)

        caller = user_name(request.state.session)
        picture_of_it = await self._hard.do(caller, draw, request.is_disconnected)
        return Response(picture_of_it, media_type="image/png")

    async def subtitles(self, request: Request) -> Response:
        """Answer with the text of captions."""
        asset_id = request.path_params["captions"]

        def read() -> str:
            with self._workspace.store.read() as tx:
                if captions.find(tx, asset_id) is None:
                    raise Refusal(
                        StudioCode.CAPTION_ASSET_ID_NOT_FOUND,
                        f'The caption asset id "{asset_id}" not found',
                    )
                return captions.content_of(tx, asset_id)

        return Response(await run_in_threadpool(read), media_type="text/plain")


def _overview(tx: Transaction, partner_id: int, wanted: str) -> dict[str, Any]:
    count, newest = videos.latest(tx, MOST)
    shown, _ = videos.find_first(tx, newest, MOST_BYTES)
    if wanted and all(video.id != wanted for video in shown):
        shown += videos.find_first(tx, [wanted], MOST_BYTES)[0]
    media_count, uploads = entries.latest_uploads(tx, MOST)
    avatar_count, made = avatars.latest(tx, MOST)
    return {
        "partnerId": partner_id,
        "most": MOST,
        "videos": [_video(tx, video) for video in shown],
        "videoCount": count,
        "avatars": [_avatar(avatar, owner) for avatar, owner in made],
        "avatarCount": avatar_count,
        "media": [
            medium_payload(entry)
            | {"userId": entry.owner.user_id, "createdAt": timestamp(entry.created_at)}
            | {"captions": _captions(tx, entry.id)}
            for entry in uploads
        ],
        "mediaCount": media_count,
    }


def _video(tx: Transaction, video: Video) -> dict[str, Any]:
    entry, job = entries.find(tx, video.entry_id or ""), queue.last_of(tx, video.id)
    film = entry if entry is not None and entry.has_content else None
    return {
        "id": video.id,
        "userId": video.owner.user_id,
        "status": video.status.value,
        "name": video.name,
        "avatarId": video.avatar_id,
        "scenes": video.scenes,
        "composeParams": video.compose_params,
        "reason": video.reason,
        "createdAt": timestamp(video.created_at),
        "updatedAt": timestamp(video.updated_at),
        "film": None
        if film is None
        else medium_payload(film) | {"captions": _captions(tx, film.id)},
        "job": None if job is None else job_payload(job),
    }


def _avatar(avatar: Avatar, owner: Principal) -> dict[str, Any]:
    return avatar_payload(avatar) | {"userId": owner.user_id}


def _captions(tx: Transaction, entry_id: str) -> list[dict[str, Any]]:
    """Return an entry's captions that a browser can show."""
    return [
        {
            "id": asset.id,
            "language": asset.language,
            "label": asset.label,
            "isChapters": asset.label == CHAPTERS,
        }
        for asset in captions.of_entry(tx, entry_id)
        if asset.format is CaptionFormat.WEBVTT and asset.size
    ]
