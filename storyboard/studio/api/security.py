"""The door in front of every path: whose request may come in at all. Loopback is no trust boundary.

Host allow-list against rebinding, Origin and Sec-Fetch against other pages, strict headers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
_OWN_SITE: Final = frozenset({"same-origin", "none"})


class Door:
    """Wraps the whole application; refuses in plain text before any route is looked at."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], origins: Iterable[str]) -> None:
        """Take the exact `Host` values to let in, and the origins of this studio's own pages."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer 403 or 421."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope))

        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app = self._app if refusal is None else refusal
        await app(scope, receive, strict)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse("this studio does not serve that host\n", 421)
        for origin in headers.getlist("origin"):
            if origin.lower() not in self._origins:
                return PlainTextResponse("this studio takes no requests of other pages\n", 403)
        if any(site not in _OWN_SITE for site in headers.getlist("sec-fetch-site")):
            return PlainTextResponse("this studio takes no requests of other sites\n", 403)
        return None
