"""Serves the page's own files, to whom the door lets in. Knows nothing of what the studio holds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

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


async def start(request: Request) -> Response:
    """Answer with the page."""
    return await _file(_START)


async def part(request: Request) -> Response:
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
