"""A studio in memory for the tests of planning and applying: real HTTP, scripted bad days."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from storyboard.kaltura.attempts import Pace
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.client import StudioClient
from storyboard.kaltura.objects import Principal
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import GivenSession, Sessions
from storyboard.kaltura.transport import Transport
from storyboard.studio.serving import bind, url_of
from tests.support.small_films import film

BASE = "http://studio.test"
PRINCIPAL = Principal(101, "maker", f"{BASE}/api/v1")


@dataclass
class Fault:
    """What goes wrong with the next call of an action: see `TinyStudio._answer`."""

    action: str
    kind: str
    times: int = 1


@dataclass
class Download:
    """What is sent in the place of a film."""

    body: bytes
    status: int = 200
    kind: str = "video/mp4"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CaptionAsset:
    """Captions as Kaltura's services list and serve them; `fields` beside the ids."""

    fields: dict[str, Any]
    cues: tuple[dict[str, Any], ...]


def caption_asset(text: str, language: str = "en", **fields: Any) -> CaptionAsset:
    told = {"languageCode": language, "format": "1", "status": 2, "isDefault": False, **fields}
    return CaptionAsset(told, ({"startTime": 0, "endTime": 900, "content": [{"text": text}]},))


@dataclass
class TinyStudio:
    """Videos, avatars and films of one user.

    `ready_edits`: `to-draft`, `stays` (and then generate refuses), `stays-and-films` (and then it
    does not) or `refused`. A film takes
    `film_polls` looks; the next `failing_films` end in
    generate-error, and so does every one with the text `cursed`; `reason` is told of either.
    `rewrites` makes quotes typographic, collapses space, rounds numbers and cuts names at 60
    characters. `shows` has what each film shows, by its entry: the avatar and the scenes that the
    generation began with. With `dates_films`, the service tells when entries were made;
    `session_user` is whose session it tells that this is. With `entry_names`, the service lists
    these entries, and no others. `captions` are those of each entry, and of every other one under
    `""`.
    """

    ready_edits: str = "to-draft"
    film_polls: int = 2
    failing_films: int = 0
    cursed: str = ""
    reason: Any = None
    dates_films: bool = False
    session_user: str = ""
    trims: bool = False
    rewrites: bool = False
    faults: list[Fault] = field(default_factory=list)
    downloads: list[Download] = field(default_factory=list)
    film_address: str = ""
    videos: dict[str, dict[str, Any]] = field(default_factory=dict)
    avatars: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    films: list[tuple[str, str]] = field(default_factory=list)
    compositions: list[tuple[str, str]] = field(default_factory=list)
    shows: dict[str, dict[str, Any]] = field(default_factory=dict)
    made_at: dict[str, int] = field(default_factory=dict)
    entry_names: dict[str, str] = field(default_factory=dict)
    captions: dict[str, tuple[CaptionAsset, ...]] | None = field(default_factory=dict)
    most_at_once: int = 0
    _now: int = 0
    _at_once: int = 0
    _looks: dict[str, int] = field(default_factory=dict)

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/v1/{noun}/{verb}", self._call, methods=["POST"]),
                Route("/api_v3/service/media/action/get", self._entry, methods=["POST"]),
                Route("/api_v3/service/media/action/list", self._entries, methods=["POST"]),
                Route("/api_v3/service/session/action/get", self._session, methods=["POST"]),
                Route(
                    "/api_v3/service/caption_captionAsset/action/{verb}",
                    self._captions,
                    methods=["POST"],
                ),
                Route("/download/{entry}", self._download),
            ]
        )

    def count(self, action: str) -> int:
        return self.calls.count(action)

    def by_name(self, name: str) -> dict[str, Any]:
        [video] = [video for video in self.videos.values() if video["name"] == name]
        return video

    def edit(self, video_id: str, **fields: Any) -> None:
        """Be somebody in the browser studio."""
        self.videos[video_id].update(json.loads(json.dumps(fields)), updatedAt=self._tick())

    async def _call(self, request: Request) -> Response:
        action = f"{request.path_params['noun']}/{request.path_params['verb']}"
        self.calls.append(action)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await asyncio.sleep(0)
            return self._answer(action, await request.json())
        finally:
            self._at_once -= 1

    def _answer(self, action: str, body: dict[str, Any]) -> Response:
        fault = next((f for f in self.faults if f.action == action and f.times), None)
        if fault is None:
            return JSONResponse(self._act(action, body))
        fault.times -= 1
        before, _, after = fault.kind.partition(":")
        if before == "after":
            self._act(action, body)
        match after:
            case "500":
                return PlainTextResponse("oops", 500)
            case "garbage":
                return PlainTextResponse("<html>")
            case "empty":
                return PlainTextResponse("")
            case code:
                return JSONResponse({"code": code, "message": "as scripted"})

    def _act(self, action: str, body: dict[str, Any]) -> Any:
        handler = getattr(self, "_" + action.replace("/", "_"))
        return handler(body)

    def _avatarTemplate_list(self, body: dict[str, Any]) -> Any:
        return {"objects": [{"id": "jane", "name": "Jane"}], "totalCount": 1}

    def _partner_checkConfiguration(self, body: dict[str, Any]) -> Any:
        return {"objects": [{"name": "PARTNER_ENABLED", "valid": True}]}

    def _avatar_upsert(self, body: dict[str, Any]) -> Any:
        if body["templateId"] == "nobody":
            return {"code": "AVATAR_TEMPLATE_NOT_FOUND", "message": "no such template"}
        for avatar in self.avatars.values():
            if all(avatar[key] == body[key] for key in ("templateId", "background")):
                return avatar
        avatar = {"id": f"av{len(self.avatars) + 1}", **body}
        self.avatars[avatar["id"]] = avatar
        return avatar

    def _avatar_get(self, body: dict[str, Any]) -> Any:
        return self.avatars.get(body["id"]) or {"code": "AVATAR_NOT_FOUND", "message": "none"}

    def _video_add(self, body: dict[str, Any]) -> Any:
        now = self._tick()
        video = {
            "id": f"v{self._now}",
            "userId": "maker",
            "status": "draft",
            "entryId": None,
            "createdAt": now,
            "updatedAt": now,
            "scenes": [],
            **body,
        }
        self.videos[video["id"]] = self._stored(video)
        return self.videos[video["id"]]

    def _video_get(self, body: dict[str, Any]) -> Any:
        return self._looked(body["id"])

    def _video_list(self, body: dict[str, Any]) -> Any:
        order = body["filter"]["orderBy"]
        for video_id in list(self.videos):
            self._looked(video_id)
        key = order.lstrip("-")
        found = sorted(self.videos.values(), key=lambda v: v[key], reverse=order[0] == "-")
        start = body["pager"]["offset"]
        page = found[start : start + body["pager"]["limit"]]
        return {"objects": page, "totalCount": len(found)}

    def _video_update(self, body: dict[str, Any]) -> Any:
        video = self.videos.get(body["id"])
        if video is None:
            return {"code": "VIDEO_NOT_FOUND", "message": "none"}
        if set(body) - {"id", "name"}:
            if video["status"] in ("generating", "composing"):
                return {"code": "VIDEO_IS_PROCESSING", "message": "busy"}
            if video["status"] == "ready" and self.ready_edits == "refused":
                return {"code": "VIDEO_IS_PROCESSING", "message": "ready"}
            if video["status"] == "ready" and self.ready_edits == "to-draft":
                video.update(status="draft", entryId=None)
        video.update(self._stored(body), updatedAt=self._tick())
        return video

    def _video_delete(self, body: dict[str, Any]) -> Any:
        gone = self.videos.pop(body["id"], None)
        return None if gone else {"code": "VIDEO_NOT_FOUND", "message": "none"}

    def _video_generate(self, body: dict[str, Any]) -> Any:
        video = self.videos[body["id"]]
        if video["status"] == "generating":
            return {"code": "VIDEO_IS_BEING_GENERATED", "message": "busy"}
        also = ("ready",) if self.ready_edits == "stays-and-films" else ()
        if video["status"] not in ("draft", "composed", *also):
            return {"code": "VIDEO_CANNOT_GENERATE", "message": video["status"]}
        video.update(status="generating", updatedAt=self._tick())
        self._looks[video["id"]] = self.film_polls
        self.films.append((video["id"], json.dumps(video["scenes"], sort_keys=True)))
        return video

    def _video_compose(self, body: dict[str, Any]) -> Any:
        video = self.videos[body["id"]]
        if video["status"] not in ("draft", "composed"):
            return {"code": "VIDEO_CANNOT_COMPOSE", "message": video["status"]}
        asked = {key: value for key, value in body.items() if key != "id"}
        video.update(status="composing", composeParams=asked, updatedAt=self._tick())
        self._looks[video["id"]] = self.film_polls
        self.compositions.append((video["id"], json.dumps(asked, sort_keys=True)))
        return video

    def _video_resetStatus(self, body: dict[str, Any]) -> Any:
        video = self.videos[body["id"]]
        if video["status"] != "generate-error":
            return {"code": "CANNOT_RESET_STATUS", "message": video["status"]}
        video.update(status="draft", updatedAt=self._tick())
        return video

    def _looked(self, video_id: str) -> Any:
        """Whoever looks at a video brings its film a step on."""
        video = self.videos.get(video_id)
        if video is None:
            return {"code": "VIDEO_NOT_FOUND", "message": "none"}
        answer = dict(video)
        if video["status"] == "generating":
            self._looks[video_id] -= 1
            if self._looks[video_id] <= 0:
                self._end_film(video)
        if video["status"] == "composing":
            self._looks[video_id] -= 1
            if self._looks[video_id] <= 0:
                text = f"These are highlights for {video['composeParams'].get('userBrief')}."
                scenes = [{"layoutType": "full-screen", "narration": {"text": text}}]
                video.update(status="composed", scenes=scenes, updatedAt=self._tick())
        return answer

    def _end_film(self, video: dict[str, Any]) -> None:
        if self.failing_films or (self.cursed and self.cursed in json.dumps(video["scenes"])):
            self.failing_films = max(0, self.failing_films - 1)
            told = {} if self.reason is None else {"reason": self.reason}
            video.update(status="generate-error", updatedAt=self._tick(), **told)
        else:
            now = self._tick()
            video.update(status="ready", entryId=f"1_e{self._now}", updatedAt=now)
            content = {key: video.get(key) for key in ("avatarId", "scenes")}
            self.shows[video["entryId"]] = json.loads(json.dumps(content))
            self.made_at[video["entryId"]] = int(datetime.fromisoformat(now).timestamp())

    def _stored(self, body: dict[str, Any]) -> dict[str, Any]:
        stored: dict[str, Any] = json.loads(json.dumps(body))
        for scene in stored.get("scenes", []) if self.trims else []:
            scene["narration"]["text"] = scene["narration"]["text"].upper()
        return _rewritten(stored) if self.rewrites else stored

    async def _session(self, request: Request) -> Response:
        if not self.session_user:
            return PlainTextResponse("no such service", 404)
        return JSONResponse({"userId": self.session_user})

    async def _entries(self, request: Request) -> Response:
        if not (self.dates_films or self.entry_names):
            return PlainTextResponse("no such service", 404)
        self.calls.append("media/list")
        asked = parse_qs((await request.body()).decode())["filter:idIn"][0].split(",")
        if self.entry_names:
            names = {entry: self.entry_names[entry] for entry in asked if entry in self.entry_names}
            named = [{"id": entry, "name": name} for entry, name in names.items()]
            return JSONResponse({"objects": named, "totalCount": len(named)})
        made = [{"id": entry, "createdAt": self.made_at[entry]} for entry in asked]
        return JSONResponse({"objects": made, "totalCount": len(made)})

    async def _captions(self, request: Request) -> Response:
        if self.captions is None:
            return PlainTextResponse("no such service", 404)
        verb = request.path_params["verb"]
        self.calls.append(f"captions/{verb}")
        form = {name: each[0] for name, each in parse_qs((await request.body()).decode()).items()}
        if verb == "serveAsJson":
            entry, _, number = form["captionAssetId"].rpartition("_")
            return JSONResponse({"objects": list(self._captions_of(entry)[int(number)].cues)})
        told = [
            {"id": f"{entry}_{number}", "entryId": entry, **asset.fields}
            for entry in form["filter:entryIdIn"].split(",")
            for number, asset in enumerate(self._captions_of(entry))
        ]
        return JSONResponse({"objects": told, "totalCount": len(told)})

    def _captions_of(self, entry: str) -> tuple[CaptionAsset, ...]:
        captions = self.captions or {}
        return captions.get(entry, captions.get("", ()))

    async def _entry(self, request: Request) -> Response:
        entry = parse_qs((await request.body()).decode())["entryId"][0]
        url = self.film_address or f"{request.base_url}download/{entry}"
        body = {"id": entry, "name": entry, "msDuration": 12_500, "status": 2, "downloadUrl": url}
        return JSONResponse(self.told("media/get", body))

    def told(self, action: str, truth: Any) -> Any:
        """Return what is answered: the truth, unless a test has a studio that lies."""
        return truth

    async def _download(self, request: Request) -> Response:
        self.calls.append("download")
        if self.downloads:
            sent = self.downloads.pop(0)
            return Response(sent.body, sent.status, sent.headers, sent.kind)
        return Response(film(12.5, f"film {request.path_params['entry']}"), media_type="video/mp4")

    def _tick(self) -> str:
        self._now += 1
        minutes, seconds = divmod(self._now, 60)
        return f"2026-01-01T{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.000Z"

    def pass_time(self, hours: int) -> None:
        self._now += 3600 * hours


def _rewritten(stored: dict[str, Any]) -> dict[str, Any]:
    if "name" in stored:
        stored["name"] = " ".join(stored["name"].split())[:60]
    for scene in stored.get("scenes", []):
        words = " ".join(scene["narration"]["text"].split())
        scene["narration"]["text"] = words.replace(" '", " ‘").replace("'", "’")
        if "broll" in scene:
            scene["broll"]["startTime"] = round(scene["broll"]["startTime"])
    return stored


async def _no_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


def connect(
    studio: TinyStudio | str, *, principal: Principal = PRINCIPAL
) -> tuple[StudioClient, Transport]:
    """Return the real client of a studio, in process or at a URL; close the transport."""
    base = studio if isinstance(studio, str) else BASE
    transport = Transport(app=None if isinstance(studio, str) else studio.app)
    service = f"{base}/api_v3"
    sessions = Sessions(GivenSession(Secret("ks-of-the-tests")), service, transport)
    calls = Calls(
        avatar_url=f"{base}/api/v1",
        service_url=service,
        sessions=sessions,
        transport=transport,
        pace=Pace(_no_sleep, lambda: 0.0),
    )
    return StudioClient(calls, principal=principal), transport


class _Server:
    """Owns a port, and serves one studio after the other: to start and to end takes a moment."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        # Not by `create_server`: of its sockets asyncio does not know that they are of TCP, so that
        # the second half of each reply would wait 40 ms for the client's delayed ACK of the first.
        self._listener = bind("127.0.0.1", 0)
        self.url = url_of(self._listener, "127.0.0.1")
        config = uvicorn.Config(
            self._answer, interface="asgi3", log_level="critical", lifespan="off"
        )
        run = uvicorn.Server(config).run
        threading.Thread(target=run, kwargs={"sockets": [self._listener]}, daemon=True).start()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.app is not None:
            await self.app(scope, receive, send)


_IDLE: Final[list[_Server]] = []


@contextmanager
def serving(studio: TinyStudio) -> Iterator[str]:
    """Serve a studio on a loopback port, for clients in other processes."""
    server = _IDLE.pop() if _IDLE else _Server()
    server.app = studio.app
    try:
        yield server.url
    finally:
        server.app = None
        _IDLE.append(server)
