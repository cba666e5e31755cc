"""HTTP exchanges for threads that wait: whole bodies out and in. Knows no actions, no sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from storyboard.counting import megabytes
from storyboard.deadline import Deadline
from storyboard.kaltura.bodies import BadBody
from storyboard.kaltura.exchange_failures import UNSENT, exchange_failure
from storyboard.kaltura.http_clients import CONNECT_SECONDS, open_clients
from storyboard.kaltura.http_library import httpx
from storyboard.kaltura.limits import Limits
from storyboard.kaltura.transport import Reply
from storyboard.origins import AddressFault, canonical, origin_of

_FAILURES: Final = (AddressFault, BadBody, TimeoutError, httpx.HTTPError, httpx.InvalidURL)
_UNPACKED: Final = ("", "identity")


class BlockingTransport:
    """Sends requests by connections that end with them, from any thread.

    `seconds` is the longest that an exchange may take. Raises `StudioError` for settings of the
    environment that no client can use.
    """

    def __init__(self, *, seconds: float, limits: Limits | None = None) -> None:
        self._seconds = seconds
        self._limits = limits or Limits()
        self._client, self._near = open_clients(
            httpx.Client,
            headers={"Accept-Encoding": "identity"},
            timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
            # A connection that is kept may have been closed by the server: between two writes of a
            # state lie minutes, and a first try that fails so would be one of unknown outcome.
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def send(
        self, method: str, url: str, *, content: bytes | None, headers: Mapping[str, str]
    ) -> Reply:
        """Send a body, or none, and return the whole reply; raises `NotSent` or `NoReply`."""
        with Deadline(self._seconds) as deadline:
            try:
                return self._sent(method, url, content, headers, deadline)
            except _FAILURES as cause:
                is_late = deadline.is_over and not isinstance(cause, UNSENT)
                raise exchange_failure(TimeoutError() if is_late else cause, url) from cause

    def _sent(
        self,
        method: str,
        url: str,
        content: bytes | None,
        headers: Mapping[str, str],
        deadline: Deadline,
    ) -> Reply:
        client = self._near if origin_of(url).is_loopback else self._client
        with client.stream(
            method,
            canonical(url),
            content=content,
            headers=dict(headers),
            extensions=dict(deadline.extensions),
        ) as response:
            told = {name.lower(): value for name, value in response.headers.items()}
            body = self._body(response)
        # A connection that was shut down ends like a body without a length: what came looks whole.
        if deadline.is_over:
            raise TimeoutError
        return Reply(response.status_code, told, body)

    def _body(self, response: httpx.Response) -> bytes:
        failed = response.status_code >= httpx.codes.BAD_REQUEST
        limit = self._limits.error_bytes if failed else self._limits.reply_bytes
        if response.headers.get("content-encoding", "").strip().lower() not in _UNPACKED:
            raise BadBody("the answer is packed, which was not asked for")
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > limit:
                break
        if len(body) > limit and not failed:
            raise BadBody(f"the answer is larger than {megabytes(limit)}")
        return bytes(body[:limit])
