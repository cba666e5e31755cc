"""Serves the page's own files, to whom the door lets in. Knows nothing of what the studio holds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storyboard.studio.api.security import own_hosts

SITE: Final = Path(__file__).with_name("site")
_START: Final = "index.html"
_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""Nothing inline, nothing from elsewhere; the last two forbid scripts to write HTML at all."""


class Files:
    """The page's files, for one address: pages of all others are strangers to the door."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url
        self._own_host, *self._other_names = own_hosts(public_url)

    async def start(self, request: Request) -> Response:
        """Answer with the page, or lead from another name of this machine to the studio's own.

        A browser takes the key along, which stands behind the `#`.
        """
        host = request.headers["host"].lower()
        if host != self._own_host and host in self._other_names:
            return RedirectResponse(f"{self._public_url}{request.url.path}", 307)
        return await _file(_START)

    async def part(self, request: Request) -> Response:
        """Answer with a style, a script or a picture of the page."""
        return await _file(request.path_params["file"])


async def _file(name: str) -> Response:
    """Answer with the file of exactly this name: what is asked for never becomes a path."""

    def read() -> bytes | None:
        found = {file.name: file for file in SITE.iterdir() if file.suffix in _TYPES}.get(name)
        return None if found is None else found.read_bytes()

    content = await run_in_threadpool(read)
    if content is None:
        return Response(status_code=404)
    return Response(
        content,
        headers={"content-security-policy": POLICY, "content-type": _TYPES[Path(name).suffix]},
    )
