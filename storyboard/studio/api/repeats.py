"""A request that comes twice under one mark is carried out once, and answered twice.

Browsers send a POST again by themselves if a connection that served before breaks without an
answer. Nobody who wrote the page can stop them: without a mark, `video/add` makes two videos.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

MARK: Final = "idempotency-key"
"""The header of the mark: new for each request, the same where one request is sent again."""

KEPT_SECONDS: Final = 60.0
"""A browser sends again at once; who asks later asks for something else."""

_LARGEST: Final = 8 << 20
"""Bytes of all answers that are kept: some twenty of the longest videos."""

_BESIDE: Final = 1000
"""Bytes that an answer takes beside its body, about: its key and its headers."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was answered, and when."""

    at: float
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + _BESIDE

    def again(self) -> Response:
        response = Response(self.body, self.status)
        response.raw_headers = list(self.headers)
        return response


def _never() -> int:
    return 0


class Repeats:
    """Owns the answers of the last minute whose requests had a mark; for one event loop.

    `resets` tells, in a thread, how often all that a studio has was deleted, at any of its servers:
    what was answered before that is of something that is gone. It raises `StudioError`.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, resets: Callable[[], int] = _never
    ) -> None:
        self._now, self._resets = now, resets
        self._going: dict[str, asyncio.Event] = {}
        self._kept: OrderedDict[str, _Answer] = OrderedDict()
        self._size = 0

    async def once(
        self,
        request: Request,
        sender: str,
        asked: Any,
        answer: Callable[[], Awaitable[Response]],
        check: Callable[[], object],
    ) -> Response:
        """Return the answer to a request; that of before, where it came before.

        `check` is called, in a thread, before an answer of before is given: the session may have
        ended since. What it raises is raised.

        `sender` is the session that it came with, `asked` what it asked: the same mark of another
        sender, or with other words, is another request. What `answer` raises is not kept, nor is
        anything for who has no session: that makes nothing that is there twice.
        """
        mark = request.headers.get(MARK)
        if not mark or not sender:
            return await answer()
        count = await run_in_threadpool(self._resets)
        key = _key(request.url.path, sender, mark, count, asked)
        while (going := self._going.get(key)) is not None:
            await going.wait()
        self._forget_old()
        if (known := self._kept.get(key)) is not None:
            await run_in_threadpool(check)
            return known.again()
        self._going[key] = done = asyncio.Event()
        try:
            response = await answer()
            self._keep(key, response)
            return response
        finally:
            del self._going[key]
            done.set()

    def _keep(self, key: str, response: Response) -> None:
        if isinstance(response, StreamingResponse):  # only reads are made as they are sent
            return
        headers, body = tuple(response.raw_headers), bytes(response.body)
        answer = _Answer(self._now(), response.status_code, headers, body)
        if answer.size > _LARGEST:
            return
        self._kept[key] = answer
        self._size += answer.size
        while self._size > _LARGEST:
            self._forget_oldest()

    def _forget_old(self) -> None:
        since = self._now() - KEPT_SECONDS
        while self._kept and next(iter(self._kept.values())).at < since:
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        _, oldest = self._kept.popitem(last=False)
        self._size -= oldest.size


def _key(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
