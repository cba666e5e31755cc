"""Serves the page's own files, to whom the door lets in. Knows nothing of what the studio holds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storyboard.studio.api.security import own_hosts

SITE: Final = Path(__file__).with_name("site")
_SHARED: Final = ("app/media_paths.js", "app/search_words.js")
"""Modules of the application that the console imports too."""

_START: Final = "index.html"
MEDIA_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def site_files() -> dict[str, Path]:
    """Return the console's files by their names, which are all that may be asked for."""
    shared = [SITE.parent / path for path in _SHARED]
    return {file.name: file for file in (*SITE.iterdir(), *shared) if file.suffix in MEDIA_TYPES}


def policy(framed_by: str, films: str = "") -> str:
    """Return the policy of a page: nothing inline, and from elsewhere the origin of `films` alone.

    The last two forbid scripts to write HTML at all.
    """
    own = f"'self' blob: {films}".rstrip()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            f"img-src {own}",
            f"media-src {own}",
            "connect-src 'self'",
            "form-action 'none'",
            f"frame-ancestors {framed_by}",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def is_own_name(public_url: str, request: Request) -> bool:
    """Return whether a request is for the studio's own name, or another of this machine's."""
    return request.headers["host"].lower() in own_hosts(public_url)


def is_other_name(public_url: str, request: Request) -> bool:
    """Return whether a page was asked for under another of this machine's names.

    Such a page would be a stranger to the door.
    """
    own = own_hosts(public_url)[0]
    return is_own_name(public_url, request) and request.headers["host"].lower() != own


class Files:
    """The page's files, for one address: pages of all others are strangers to the door."""

    def __init__(self, public_url: str, films: str = "") -> None:
        """Serve for this address; films are fetched from the origin `films`, where it is one."""
        self._public_url = public_url
        self._policy = policy("'none'", films)

    async def start(self, request: Request) -> Response:
        """Answer with the page, or lead from another name of this machine to the studio's own.

        A browser takes the key along, which stands behind the `#`.
        """
        if is_other_name(self._public_url, request):
            return RedirectResponse(f"{self._public_url}{request.url.path}", 307)
        return await self._file(_START)

    async def part(self, request: Request) -> Response:
        """Answer with a style, a script or a picture of the page."""
        return await self._file(request.path_params["file"])

    async def _file(self, name: str) -> Response:
        """Answer with the file of exactly this name: what is asked for never becomes a path."""

        def read() -> bytes | None:
            found = site_files().get(name)
            return None if found is None else found.read_bytes()

        content = await run_in_threadpool(read)
        if content is None:
            return Response(status_code=404)
        return Response(
            content,
            headers={
                "content-security-policy": self._policy,
                "content-type": MEDIA_TYPES[Path(name).suffix],
            },
        )
