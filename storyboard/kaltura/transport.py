"""One HTTP exchange. Maps every foreign network error, once; knows no actions, no sessions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from storyboard.kaltura.bodies import ENCODING, BadBody, read_body, save_body
from storyboard.kaltura.exchange_failures import NoReply, exchange_failure
from storyboard.kaltura.http_clients import CONNECT_SECONDS, open_clients
from storyboard.kaltura.http_library import httpx
from storyboard.kaltura.limits import MOST_REPLY_VALUES, Limits
from storyboard.origins import AddressFault, canonical, is_same_origin, origin_of
from storyboard.strict_json import parse_json
from storyboard.whole_numbers import whole_number

_MAX_REDIRECTS = 6
"""A choice: a film's address leads to a host of its region, and that one to a file."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, lower-case headers, raw body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Parse the body; raises `ValueError` where it is no JSON, or too many values."""
        return parse_json(self.body, most=MOST_REPLY_VALUES)


class Transport:
    """Owns the connections, or calls an ASGI `app` in this process instead of the network.

    This machine is never reached by a proxy: it would see the session of a plain `http:` studio.
    No cookie is kept: a session is a header, and a server would set them without end.
    """

    def __init__(
        self,
        *,
        app: Any = None,
        read_seconds: float = 30.0,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Send `headers` with every request; wait `read_seconds` for each piece of a reply.

        Raises `StudioError` for settings that no client can use.
        """
        self._read_seconds = read_seconds
        self._limits = limits or Limits()
        self._client, self._near = open_clients(
            httpx.AsyncClient,
            is_network=app is None,
            transport=httpx.ASGITransport(app, raise_app_exceptions=False) if app else None,
            headers={"Accept-Encoding": ENCODING} | dict(headers or {}),
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS),
        )

    async def aclose(self) -> None:
        """Close the pools."""
        await self._client.aclose()
        await self._near.aclose()

    def whole_seconds(self, read_seconds: float | None = None) -> float:
        """Return how long a whole answer may take, of which no piece may take `read_seconds`."""
        return (read_seconds or self._read_seconds) * self._limits.whole_reads

    async def post(
        self,
        url: str,
        *,
        body: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        read_seconds: float | None = None,
    ) -> Reply:
        """Send JSON or a form; raises `NotSent` or `NoReply`."""
        extra: dict[str, Any] = {"read_seconds": read_seconds}
        if form is not None:
            extra["data"] = dict(form)
        else:
            extra["json"] = body
        return await self._exchange("POST", url, headers=headers, **extra)

    async def request(
        self, method: str, url: str, *, body: Any, headers: Mapping[str, str]
    ) -> Reply:
        """Send JSON, or nothing for `None`, by any method; raises `NotSent` or `NoReply`."""
        extra = {} if body is None else {"json": body}
        return await self._exchange(method, url, headers=headers, **extra)

    async def put_file(self, url: str, path: Path, *, headers: Mapping[str, str]) -> Reply:
        """Send a file as the raw body, streamed; the wait for the reply begins with its end."""
        deadline: list[Callable[[], None]] = []

        async def chunks() -> Any:
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    yield block
                    deadline[0]()

        return await self._exchange(
            "POST", url, headers=headers, content=chunks(), sending=deadline
        )

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Fetch a small resource."""
        return await self._exchange("GET", url, headers=headers)

    async def download(
        self,
        url: str,
        path: Path,
        *,
        headers: Mapping[str, str] | None = None,
        place: Callable[[str], str] = lambda url: url,
        on_bytes: Callable[[int, int | None], None] = lambda done, total: None,
    ) -> Reply:
        """Stream a resource into a new file; the reply of a film carries no body.


        `headers` stay with the URL's own origin: they hold a session, and a redirect to another
        scheme, host or port goes without. `on_bytes` gets the bytes so far and the total where the
        server tells it. `place` returns what is fetched for each URL, or raises. Raises
        `StoryboardError` where there is no room for the file.
        """
        kept, url = dict(headers or {}), place(url)
        for _ in range(_MAX_REDIRECTS):
            reply = await self._download_once(url, path, kept, on_bytes)
            target = reply.headers.get("location")
            if reply.status not in _REDIRECTS or not target:
                return reply
            target = place(_joined(url, target))
            kept = kept if is_same_origin(url, target) else {}
            url = target
        raise NoReply(f"the download was redirected more than {_MAX_REDIRECTS - 1} times")

    async def _download_once(
        self,
        url: str,
        path: Path,
        headers: Mapping[str, str],
        on_bytes: Callable[[int, int | None], None],
    ) -> Reply:
        packed = {"Accept-Encoding": "identity", **headers}
        async with self._opened("GET", url, self._read_seconds, headers=packed) as (got, deadline):
            told = _lower(got.headers)
            if got.status_code != httpx.codes.OK:
                return Reply(got.status_code, told, await self._body(got))
            # The length that the server tells would be of the packed file: nothing could prove it
            # whole.
            if told.get("content-encoding", "identity") != "identity":
                raise NoReply("the download is packed, which was not asked for")
            total = whole_number(told.get("content-length", ""))
            deadline.reschedule(asyncio.get_running_loop().time() + self._limits.slow_seconds)
            done = await save_body(got, path, total, self._limits, deadline, on_bytes)
            if total is not None and done < total:
                raise NoReply(f"the download ended after {done} of {total} bytes")
            return Reply(got.status_code, told, b"")

    async def _exchange(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None,
        read_seconds: float | None = None,
        sending: list[Callable[[], None]] | None = None,
        **extra: Any,
    ) -> Reply:
        """Send a request and read the whole reply; `sending` gets what moves the deadline on."""
        seconds = read_seconds or self._read_seconds
        extra["headers"] = dict(headers or {})
        async with self._opened(method, url, seconds, sending, **extra) as (response, _):
            return Reply(response.status_code, _lower(response.headers), await self._body(response))

    async def _body(self, response: httpx.Response) -> bytes:
        failed = response.status_code >= httpx.codes.BAD_REQUEST
        limit = self._limits.error_bytes if failed else self._limits.reply_bytes
        packing = response.headers.get("content-encoding", "")
        return await read_body(response, packing, limit, cut=failed)

    @asynccontextmanager
    async def _opened(
        self,
        method: str,
        url: str,
        seconds: float,
        sending: list[Callable[[], None]] | None = None,
        **extra: Any,
    ) -> AsyncIterator[tuple[httpx.Response, asyncio.Timeout]]:
        """Give a response and the deadline for all of it; foreign errors are ours from here on."""
        whole = self.whole_seconds(seconds)
        extra["timeout"] = httpx.Timeout(seconds, connect=CONNECT_SECONDS)
        try:
            async with asyncio.timeout(whole) as deadline:
                if sending is not None:
                    now = asyncio.get_running_loop().time
                    sending.append(lambda: deadline.reschedule(now() + whole))
                client = self._near if origin_of(url).is_loopback else self._client
                async with client.stream(method, canonical(url), **extra) as response:
                    yield response, deadline
        except (AddressFault, BadBody, TimeoutError, httpx.HTTPError, httpx.InvalidURL) as cause:
            raise exchange_failure(cause, url) from cause


def _joined(url: str, target: str) -> str:
    """Return where a redirect leads; a broken one is no answer."""
    try:
        return urljoin(url, target)
    except ValueError as cause:
        raise NoReply("the download was redirected to what is not an address") from cause


def _lower(headers: httpx.Headers) -> dict[str, str]:
    return {key.lower(): value for key, value in headers.items()}
