"""The door in front of every path: whose request may come in at all. Loopback is no trust boundary.

Host allow-list against rebinding, Origin and Sec-Fetch against other pages, strict headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storyboard.errors import UsageError
from storyboard.origins import LOOPBACK_NAMES, AddressFault, Origin, origin_of, origin_or_none
from storyboard.strict_json import is_storable
from storyboard.studio.api.failures import is_api, no_call
from storyboard.wire import LOCAL_STUDIO

_POWERS: Final = (
    *("camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "serial", "usb"),
)
"""What no page of the studio ever asks of a browser, nor of whoever frames it."""

HEADERS: Final = {
    LOCAL_STUDIO[0]: LOCAL_STUDIO[1],
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "origin-agent-cluster": "?1",
    "permissions-policy": ", ".join(f"{power}=()" for power in _POWERS),
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}
_OWN_SITE: Final = frozenset({"same-origin", "none"})
_CODING: Final = "content-encoding"
"""A small body that unfolds into a large one is not unfolded at all."""

_PRIVATE: Final = "/__studio/"

_PUBLIC: Final = {
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}
_MODE: Final = ("sec-fetch-mode", "sec-fetch-dest")
_LINK: Final = [["navigate"], ["document"]]
_UNFRAMED: Final = "x-frame-options"
_PREFLIGHT: Final = {
    "access-control-allow-methods": "GET, HEAD, POST",
    "access-control-allow-headers": "authorization, content-type, range",
    "access-control-max-age": "600",
}


def parse_origin(text: str) -> str:
    """Return an origin as browsers write it, `http://localhost:3000`; raises `UsageError`."""
    origin = origin_or_none(text)
    if origin is None or text.count("/") > 2 or set("@?#") & set(text):
        raise UsageError(
            f"'{text}' is not an origin",
            hint="write scheme, host and port, such as http://localhost:3000",
        )
    return str(origin)


def public_of(text: str) -> str:
    """Return an address that is given out, as it is compared; raises `UsageError`."""
    return parse_origin(text.removesuffix("/")) if text else ""


def own_origin(public_url: str) -> Origin:
    """Return where a studio says that it is; raises `UsageError`."""
    try:
        return origin_of(public_url)
    except AddressFault as fault:
        raise UsageError(f"the address of the studio {fault.message}", hint=fault.hint) from fault


_PORT: Final = re.compile(r":\d+\Z")


def own_hosts(public_url: str) -> tuple[str, ...]:
    """Return the exact `Host` values of a URL and of loopback on the same port."""
    origin = own_origin(public_url)
    names = (origin.host, *LOOPBACK_NAMES)
    return tuple(str(replace(origin, host=name)).partition("://")[2] for name in names)


def named_hosts(names: Iterable[str], public_url: str) -> frozenset[str]:
    """Return the `Host` values of names that were allowed, each with a port or without.

    One without a port is served on the port of the URL too, where clients are who know no proxy.
    """
    named = {name.lower() for name in names}
    port = origin_of(public_url).port
    here = {f"{name}:{port}" for name in named if not _PORT.search(name)}
    bare = {host.partition("://")[2] for host in served_origins(named)}
    return frozenset(named | here | bare)


def served_origins(hosts: Iterable[str]) -> Iterator[str]:
    """Return what browsers call the pages of this studio under `Host` values that were allowed.

    What ends TLS before the studio is not known here, so both schemes count.
    """
    for host in hosts:
        for scheme in ("http", "https"):
            origin = origin_or_none(f"{scheme}://{host.lower()}")
            if origin is not None:
                yield str(origin)


@dataclass(frozen=True, slots=True)
class OpenPaths:
    """What any page may ask for, by exact path.

    `code` it may load: modules that have no secret. `framed` it may frame: such a page says by
    whom in its own policy, and has no authority of its own. To `pages` it may lead as a link does:
    they know nothing before they are given a key.
    """

    code: frozenset[str] = frozenset()
    framed: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()

    def admit(self, scope: Scope, headers: Headers) -> bool:
        """Return whether a stranger may ask for this."""
        path, method = scope["path"], scope["method"]
        if path in self.code:
            return method in ("GET", "HEAD", "OPTIONS")
        is_link = [headers.getlist(name) for name in _MODE] == _LINK and "origin" not in headers
        return method in ("GET", "HEAD") and (
            path in self.framed or (path in self.pages and is_link)
        )

    def headers(self, scope: Scope) -> dict[str, str]:
        """Return what lets the scripts of any page read the code."""
        return _PUBLIC if scope["path"] in self.code else {}


class Door:
    """Wraps the whole application; refuses in plain text before any route is looked at."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str],
        origins: Iterable[str],
        guests: Iterable[str] = (),
        open_paths: OpenPaths = OpenPaths(),
    ) -> None:
        """Take the exact `Host` values to let in, and the origins of this studio's own pages.

        `guests` are origins of other pages that may use what Kaltura has too, the control plane
        never. All others get what `open_paths` names.
        """
        self._app = app
        self._hosts = frozenset(hosts)
        self._origins = frozenset(origins)
        self._guests = frozenset(guests)
        self._open = open_paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer 403, 404, 415 or 421."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request = Headers(scope=scope)
        guest = self._guest(request, scope["path"])
        is_open = self._open.admit(scope, request)
        app = self._refusal(request, scope["path"], is_welcome=is_open or guest is not None)
        is_let_in = is_open and app is None
        if app is None and (guest or is_open) and scope["method"] == "OPTIONS":
            app = Response(status_code=204, headers=_PREFLIGHT)

        async def strict(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                shared = self._open.headers(scope) if is_let_in else {}
                for name, value in (HEADERS | self._sharing(guest) | shared).items():
                    headers.setdefault(name, value)
                if is_let_in and scope["path"] in self._open.framed:
                    del headers[_UNFRAMED]
            await send(message)

        await (self._app if app is None else app)(scope, receive, strict)

    def _guest(self, headers: Headers, path: str) -> str | None:
        """Return the origin of the page that asks, where it is a guest's and may ask for this."""
        origins = [origin.lower() for origin in headers.getlist("origin")]
        is_guest = len(origins) == 1 and origins[0] in self._guests
        return origins[0] if is_guest and not path.startswith(_PRIVATE) else None

    def _sharing(self, guest: str | None) -> dict[str, str]:
        if not self._guests:
            return {}
        if guest is None:
            return {"vary": "origin"}
        return {
            "vary": "origin",
            "access-control-allow-origin": guest,
            "access-control-expose-headers": "content-range, x-kaltura",
            "cross-origin-resource-policy": "cross-origin",
        }

    def _refusal(self, headers: Headers, path: str, *, is_welcome: bool) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return PlainTextResponse(_stranger(hosts), 421)
        strange = None if is_welcome else self._strange(headers)
        return strange or _unknown(path) or _coded(headers, path)

    def _strange(self, headers: Headers) -> Response | None:
        for origin in headers.getlist("origin"):
            if origin.lower() not in self._origins:
                return PlainTextResponse("this studio takes no requests of other pages\n", 403)
        if any(site not in _OWN_SITE for site in headers.getlist("sec-fetch-site")):
            return PlainTextResponse("this studio takes no requests of other sites\n", 403)
        return None


def _stranger(hosts: list[str]) -> str:
    """Return the refusal of a host, with what lets it in if it can be one at all."""
    told = "this studio does not serve that host"
    if len(hosts) != 1 or origin_or_none(f"http://{hosts[0]}") is None:
        return f"{told}\n"
    return f"{told}: to have it served, start `storyboard studio` with --allow-host {hosts[0]}\n"


def _unknown(path: str) -> Response | None:
    """Return the refusal of a path that no database takes as an id: PostgreSQL keeps no such text.

    To look it up would fail as if the database did.
    """
    if is_storable(path):
        return None
    told = "no address has the character U+0000"
    return JSONResponse(no_call(404, told), 404) if is_api(path) else PlainTextResponse(told, 404)


def _coded(headers: Headers, path: str) -> Response | None:
    """Return the refusal of a body that has to be unfolded."""
    if all(coding.lower() in ("", "identity") for coding in headers.getlist(_CODING)):
        return None
    told = f"send the body as it is, without {_CODING}"
    if is_api(path):
        return JSONResponse(no_call(415, told), 415)
    return PlainTextResponse(f"{told}\n", 415)
