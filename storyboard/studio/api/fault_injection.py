"""Carries a fault out on a request: the one place where replies are spoilt on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from storyboard.studio.api.cut_connections import DROP, RESET, cut
from storyboard.studio.behavior.faults import Fault, FaultKind

UNANSWERED: Final = frozenset(
    {FaultKind.DROP_BEFORE, FaultKind.RESET, FaultKind.STATUS, FaultKind.CODE}
)
"""Faults in place of the answer: nothing was done."""


class _Cut(Response):
    """Ends a connection without an answer, or after half of one."""

    def __init__(self, half: Response | None = None, way: str = DROP) -> None:
        super().__init__()
        self._half = half
        self._way = way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._half is not None:
            body = await _whole(self._half)
            start = {
                "type": "http.response.start",
                "status": self._half.status_code,
                "headers": self._half.raw_headers,
            }
            await send(start)
            part = body[: len(body) // 2]
            await send({"type": "http.response.body", "body": part, "more_body": True})
            await asyncio.sleep(0.05)
        await cut(scope, receive, "the connection was cut by an injected fault", self._way)


async def _whole(response: Response) -> bytes:
    """Return the body of an answer, also of one that is made as it is sent."""
    if not isinstance(response, StreamingResponse):
        return bytes(response.body)
    pieces = [piece async for piece in response.body_iterator]
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


async def suffer(
    fault: Fault, request: Request, answer: Callable[[], Awaitable[Response]]
) -> Response:
    """Return what the caller gets instead of, or after, the real answer."""
    await asyncio.sleep(fault.delay)
    match fault.kind:
        case FaultKind.DELAY:
            return await answer()
        case FaultKind.DROP_BEFORE:
            return _Cut()
        case FaultKind.RESET:
            return _Cut(way=RESET)
        case FaultKind.DROP_AFTER:
            await answer()
            return _Cut()
        case FaultKind.TRUNCATE:
            return _Cut(await answer())
        case FaultKind.GARBAGE:
            await answer()
            return Response(b"\x00<html>\xff not json {", media_type="application/json")
        case FaultKind.EMPTY:
            await answer()
            return Response(b"", media_type="application/json")
        case FaultKind.STATUS:
            headers = dict(fault.headers or {})
            return Response(fault.message, fault.status, headers, media_type="text/plain")
        case FaultKind.CODE:
            error = {
                "objectType": "KalturaAPIException",
                "code": fault.code,
                "message": fault.message,
                "args": [],
            }
            return JSONResponse(error)


def told_instead(fault: Fault) -> tuple[int | None, str | None]:
    """Return the status and the code that a fault answers in place of the studio, if it does."""
    match fault.kind:
        case FaultKind.STATUS:
            return fault.status, None
        case FaultKind.CODE:
            return 200, fault.code
        case _:
            return None, None
