"""What the scene builder asks beside the API: how long texts take to speak, and a video as a file.

Looks at the caller's own videos; changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard.speech_rates import estimate_seconds
from storyboard.studio.api.bodies import read_json
from storyboard.studio.api.fields import Field, Kind, faults
from storyboard.studio.api.payloads import avatar_payload, video_payload
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.jobs.workspace import Workspace
from storyboard.studio.records import avatars, entries, videos
from storyboard.studio.records.session import Principal
from storyboard.studio.records.store import Transaction
from storyboard.studio.records.videos import Video
from storyboard.wire import MAX_NARRATION, MAX_SCENES

_TEXTS: Final = {
    "texts": Field(
        Kind.LIST,
        required=True,
        maximum=MAX_SCENES,
        items=Field(Kind.TEXT, maximum=MAX_NARRATION),
    )
}


class Drafting:
    """What the builder of one studio may ask."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def lengths(self, request: Request) -> Response:
        """Answer with the seconds that each of some texts probably takes to speak, ±25 %."""
        body = await read_json(request)
        wrong = faults(body, _TEXTS, refuse_unknown=True)
        if wrong:
            raise Refusal(StudioCode.VALIDATION_ERROR, "; ".join(wrong[:20]))

        def estimate() -> list[float]:
            return [round(estimate_seconds(text, None), 2) for text in body["texts"]]

        return JSONResponse({"seconds": await run_in_threadpool(estimate)})

    async def storyboard(self, request: Request) -> Response:
        """Answer with a video as the text of a storyboard file, or with why no file can be it."""
        write = self._workspace.makers.storyboard
        if write is None:
            raise Refusal(StudioCode.NOT_EMULATED, "This studio was opened to write no files")
        owner = request.state.session.principal
        video_id = request.path_params["video"]

        def written() -> dict[str, Any]:
            with self._workspace.store.read() as tx:
                video = videos.find(tx, video_id, owner)
                if video is None:
                    message = f"Video '{video_id}' not found"
                    raise Refusal(StudioCode.VIDEO_NOT_FOUND, message, {"id": video_id})
                payload = video_payload(video, self._workspace.contract)
                cast = list(_cast(tx, owner, video))
                names = dict(_entry_names(tx, video, cast))
            storyboard = write(payload, cast, names)
            return {
                "file": storyboard.file,
                "text": storyboard.text,
                "reasons": list(storyboard.reasons),
            }

        return JSONResponse(await run_in_threadpool(written))


def _cast(tx: Transaction, owner: Principal, video: Video) -> Iterator[dict[str, Any]]:
    """Yield the avatars that a video names, as the API shows them."""
    named = [(scene.get("narration") or {}).get("avatarId") for scene in video.scenes]
    for wanted in filter(None, dict.fromkeys([video.avatar_id, *named])):
        avatar = avatars.find(tx, owner, wanted)
        if avatar is not None:
            yield avatar_payload(avatar)


def _entry_names(
    tx: Transaction, video: Video, cast: list[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield the entries that a video names, each with its own name."""
    shown = [(scene.get("broll") or {}).get("entryId") for scene in video.scenes]
    behind = [avatar["background"].get("entryId") for avatar in cast]
    for wanted in filter(None, dict.fromkeys([*shown, *behind])):
        entry = entries.find(tx, wanted)
        if entry is not None:
            yield wanted, entry.name
