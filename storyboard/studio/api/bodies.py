"""Reads what a request carries, within limits; a body that is too large stops being read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from storyboard.strict_json import NotJson, parse_json
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.whole_numbers import whole_number
from storyboard.wire import MAX_MEDIA_BYTES

MAX_JSON_BYTES: Final = 1 << 20
_WRITTEN_AT_ONCE: Final = 1 << 20
MOST_VALUES: Final = 20_000
"""Of a body: a video of 20 scenes has 300. A megabyte of empty objects took a third of a second."""

READ_AT_ONCE: Final = 8 << 10
"""Bytes, which take a millisecond at most; a larger body is read beside other requests."""


CheckRoom = Callable[[Path, int], None]
"""Raises where a folder has no room for a file of so many bytes, of which most are there."""


Beside = Callable[[Callable[[], dict[str, Any]], int], Awaitable[dict[str, Any]]]
"""Reads a body of so many bytes in another thread."""


async def _beside(read: Callable[[], dict[str, Any]], length: int) -> dict[str, Any]:
    return await run_in_threadpool(read)


def _unchecked(folder: Path, size: int) -> None:
    """Leave it to the disk to say that it is full."""


async def read_body(request: Request, limit: int = MAX_JSON_BYTES) -> bytes:
    """Return the whole body; answers 413 where it is larger than the limit."""
    _check_length(request, limit)
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise HTTPException(413, "the body is too large")
        chunks.append(chunk)
    return b"".join(chunks)


async def take_whole(request: Request) -> None:
    """Take a request that needs nothing of its body: who hangs up before its end changes nothing.

    Answers 413 where there is more of it than anybody sends.
    """
    await read_body(request)


async def read_json(request: Request, beside: Beside = _beside) -> dict[str, Any]:
    """Return the JSON object of a request; answers 415 where it is declared as anything else.

    `beside` does what takes longer than a moment in another thread.
    """
    if content_type(request) != "application/json":
        raise HTTPException(415, "send application/json")
    body = await read_body(request)
    if len(body) > READ_AT_ONCE:
        return await beside(partial(_object_of, body), len(body))
    return _object_of(body)


def _object_of(body: bytes) -> dict[str, Any]:
    try:
        value = parse_json(body, most=MOST_VALUES) if body.strip() else {}
    except NotJson as cause:
        raise Refusal(StudioCode.VALIDATION_ERROR, f"the body is no JSON: {cause}") from cause
    if not isinstance(value, dict):
        raise Refusal(StudioCode.VALIDATION_ERROR, "the body is no JSON object")
    return value


async def save_body(
    request: Request, path: Path, limit: int = MAX_MEDIA_BYTES, check_room: CheckRoom = _unchecked
) -> int:
    """Stream the body to a file and return its size in bytes; answers 413 past the limit."""
    _check_length(request, limit)
    return await save_blocks(request.stream(), path, limit, check_room)


async def save_blocks(
    blocks: AsyncIterator[bytes], path: Path, limit: int, check_room: CheckRoom = _unchecked
) -> int:
    """Write blocks to a file and return its size in bytes; answers 413 past the limit.

    A disk that is busy keeps a thread waiting and no other request. `check_room` raises where
    there is no room for more.
    """
    size, held, waiting = 0, 0, list[bytes]()
    with path.open("wb") as file:

        def write() -> None:
            check_room(path.parent, size)
            file.write(b"".join(waiting))

        async for block in blocks:
            size += len(block)
            if size > limit:
                raise HTTPException(413, "the file is too large")
            waiting.append(block)
            held += len(block)
            if held >= _WRITTEN_AT_ONCE:
                await run_in_threadpool(write)
                waiting.clear()
                held = 0
        await run_in_threadpool(write)
    return size


def content_type(request: Request) -> str:
    """Return the declared type without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _check_length(request: Request, limit: int) -> None:
    declared = whole_number(request.headers.get("content-length", "0"))
    if declared is None or declared > limit:
        raise HTTPException(413, "the body is too large")
