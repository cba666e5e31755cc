"""Requests of the studio, whole: line, headers, body. No request ends in a 5xx or an exception.

An input is one request or several, parted by lines `=== next`. `KS`, `ADMIN`, `VIDEO`, `AVATAR`,
`ENTRY` and `TOKEN` between `%` stand for what the studio has.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree

from storyboard.studio.local import Studio
from storyboard.wire import Action
from tests.contract.studio_rig import HELLO, caller, open_test_studio, write_movie
from tests.fuzz.surface import Broken, Law, Surface, words

_NEXT: Final = b"=== next\n"
_NAMED: Final = re.compile(rb"%([A-Z]+)%")
_LINE: Final = re.compile(rb"[A-Z]+ /[!-~]*")
_NAME: Final = re.compile(rb"[a-z0-9-]+")
_VALUE: Final = re.compile(rb"[\t -~\x80-\xff]*")
_AWAY: Final = re.compile(rb"/__studio/(reset|snapshots|hold|clock)")
"""What would take the others' objects away, or stop the studio's clock."""


@contextmanager
def _opened(folder: Path) -> Iterator[Law]:
    with open_test_studio(folder / "workspace", workers=1) as studio, asyncio.Runner() as runner:
        known = _known(studio, folder)

        def law(text: bytes) -> None:
            for each in text.split(_NEXT)[:4]:
                head, _, body = each.partition(b"\n\n")
                if _AWAY.search(unquote(head.decode("latin-1")).encode()):
                    continue
                whole = _NAMED.sub(lambda found: known.get(found[1], found[0]), each)
                head, _, body = whole.partition(b"\n\n")
                runner.run(_send(studio, head, body))
                if b"faults" in head:
                    runner.run(_send(studio, known[b"CLEAR"], b""))

        yield law


def _known(studio: Studio, folder: Path) -> Mapping[bytes, bytes]:
    """Return what the placeholders stand for."""
    user = caller(studio)
    admin, video = studio.admin_session(), user.video(HELLO)
    studio.add_media(write_movie(folder / "clip.mp4", 1), "1_clip")
    token = user.service("uploadToken.add", ks=user.ks)
    texts = {
        "KS": user.ks, "ADMIN": admin, "VIDEO": video, "AVATAR": user.avatar(), "ENTRY": "1_clip",
        "TOKEN": str(token["id"]), "SECRET": studio.admin_secret, "PARTNER": str(studio.partner_id),
        "CLEAR": f"DELETE /__studio/faults\nauthorization: Bearer {admin}",
    }  # fmt: skip
    return {name.encode(): text.encode() for name, text in texts.items()}


async def _send(studio: Studio, head: bytes, body: bytes) -> None:
    """Give a request to the application and look at its answer."""
    line, *rest = head.split(b"\n")
    method, _, target = line.partition(b" ")
    path, _, query = target.partition(b"?")
    if not _LINE.fullmatch(line):
        return  # no server would take it for a request
    pairs = [
        (name.strip().lower(), value.strip())
        for name, _, value in (row.partition(b":") for row in rest)
    ]
    headers = [pair for pair in pairs if _NAME.fullmatch(pair[0]) and _VALUE.fullmatch(pair[1])]
    host = studio.public_url.removeprefix("http://").encode()
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http",
        "method": method.decode("latin-1"), "path": unquote(path.decode("latin-1")),
        "raw_path": path, "query_string": query, "headers": [(b"host", host), *headers],
        "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 80), "root_path": "",
    }  # fmt: skip
    sent: list[Mapping[str, Any]] = []
    given = [
        {"type": "http.request", "body": body[:100], "more_body": True},
        {"type": "http.request", "body": body[100:], "more_body": False},
    ]

    async def receive() -> Mapping[str, Any]:
        return given.pop(0) if given else {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    try:
        await studio.app(scope, receive, send)  # type: ignore[arg-type]
    except ConnectionResetError:
        return  # a fault that was asked for
    _check(sent, is_fault=b"faults" in path)


def _check(sent: list[Mapping[str, Any]], is_fault: bool) -> None:
    if not sent:
        raise Broken("no answer")
    status, headers = sent[0]["status"], dict(sent[0]["headers"])
    if status >= 500 and not is_fault:
        raise Broken(f"HTTP {status}")
    body = b"".join(message.get("body", b"") for message in sent[1:])
    kind = headers.get(b"content-type", b"")
    if body and kind.startswith(b"application/json"):
        json.loads(body, parse_constant=_no_constant)
    if body and kind.startswith(b"text/xml"):
        ElementTree.fromstring(body)


def _no_constant(name: str) -> None:
    raise Broken(f"'{name}' is no JSON")


SURFACE = Surface(
    "requests",
    _opened,
    (
        *(f"/api/v1/{action.value}".encode() for action in Action),
        *words("""POST GET PUT DELETE %KS% %ADMIN% %VIDEO% %AVATAR% %ENTRY% %TOKEN% %SECRET%
        %PARTNER% content-type: authorization: Bearer application/json multipart/form-data
        boundary=x --x --x-- Content-Disposition: form-data; name="fileData" filename="a.mp4"
        name="json" format=1 format=2 ks= filter:idEqual filter[idIn] filter:objectType a:b:c:d
        a[b][c] [] :: pager:pageSize pager:pageIndex entryId uploadTokenId resume resumeAt
        privileges actionslimit:1 iprestrict: urirestrict: expiry type userId partnerId secret
        id name avatarId scenes layoutType narration text avatar broll entryId startTime templateId
        background color library entry entryIds formatType duration userBrief generateName
        orderBy -createdAt offset limit sceneId full-screen null true [] {} 1e999 -0 1.5
        /api_v3/service/session/action/start /api_v3/service/media/action/list
        /api_v3/service/uploadToken/action/upload /api_v3/service/caption_captionAsset/action/add
        /api_v3/service/elasticsearch_esearch/action/searchEntry /api_v3/service/multirequest
        1:service 1:action 2:entryId {1:result:id} {1:result:objects:0:id} {1:result} searchParams
        searchOperator operator searchItems 0 1 itemType fieldName searchTerm addHighlight
        KalturaESearchEntryItem KalturaESearchCaptionItem KalturaESearchEntryOperator orderBy
        orderItems sortField sortOrder objectStatuses objectIds greaterThan content start_time
        /api_v3/service/caption_captionAsset/action/serve/captionAssetId/x/ks/%KS%
        range: bytes=0- bytes=-1 bytes=5-2 content-length: content-range: \\ud800 \\u0000 %00 %ff
        /__studio/media /__studio/seed /__studio/journal /__studio/faults"""),
        b"\r\n", b"\n\n", b"=== next\n", b'"\\ud800"', b"[" * 3000, b'{"a":' * 900,
    ),
    rounds=2500,
    longest=16_384,
)  # fmt: skip
