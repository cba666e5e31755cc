"""Serves the application in a browser: one page at two doors, its parts by names of content.

The parts of one state of the code are a folder that is named by what they are, so that browsers
keep them for good. Knows nothing of what the studio holds.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from storyboard.studio.web.files import MEDIA_TYPES, is_other_name, policy

WEB: Final = Path(__file__).parent
OWN_PAGE: Final = "/studio/"
FRAME: Final = "/v1/studio/"
PARTS: Final = "/v1/studio/files/"
_FOLDERS: Final = ("app", "vendor")
_PAGE: Final = "app/index.html"
_KEPT: Final = "public, max-age=31536000, immutable"
_MOST: Final = 3
"""How many states of the code are held: a page that was opened just before an edit goes on."""

FRAMED: Final = "http: https: file:"
"""Who may frame: any page, for the frame has no authority but what that page gives it.

A plain `*` leaves out pages of `file:`.
"""

_FRAME_HEADERS: Final = {
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-resource-policy": "cross-origin",
}
"""Without these a page that is isolated from other origins, as those with threads are, shows no
frame. The frame itself loads from its own origin alone."""

_FILMS_ELSEWHERE: Final = {"cross-origin-embedder-policy": "credentialless"}
"""Buckets do not say that pages may show their films; without a login, none has to."""

Parts = Mapping[str, bytes]


def read_parts() -> Parts:
    """Return every file of the application by its path, which is what may be asked for."""
    return {
        path.relative_to(WEB).as_posix(): path.read_bytes()
        for folder in _FOLDERS
        for path in sorted((WEB / folder).rglob("*"))
        if path.suffix in MEDIA_TYPES
    }


def name_of(parts: Parts) -> str:
    """Return a name that other parts do not have."""
    digest = hashlib.sha256()
    for path, content in parts.items():
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:20]


class Application:
    """The pages and parts, for one address: what is served belongs to one state of the code."""

    def __init__(self, public_url: str, actions: str, films: str = "") -> None:
        """Serve for this address; `actions` says which generation of the API the page speaks to.

        Films are fetched from the origin `films`, where it is one.
        """
        self._films = films
        self._public_url = public_url
        self._actions = actions.encode()
        self._states: OrderedDict[str, Parts] = OrderedDict()

    async def own_page(self, request: Request) -> Response:
        """Answer with the page for the person at this machine, which nothing may frame."""
        if is_other_name(self._public_url, request):
            return RedirectResponse(f"{self._public_url}{request.url.path}", 307)
        return await self._page(policy("'none'", self._films), {})

    async def lead(self, request: Request) -> Response:
        """Lead from the bare address to the page; a browser takes along what stands behind `#`."""
        return RedirectResponse(OWN_PAGE, 307)

    async def frame(self, request: Request) -> Response:
        """Answer with the page that the widget's module frames in another."""
        headers = _FRAME_HEADERS | (_FILMS_ELSEWHERE if self._films else {})
        return await self._page(policy(FRAMED, self._films), headers)

    async def part(self, request: Request) -> Response:
        """Answer with a script, style or picture, by the name of its state and its exact path."""
        state, path = request.path_params["state"], request.path_params["rest"]
        if state not in self._states:
            await run_in_threadpool(self._read)
        content = self._states.get(state, {}).get(path)
        if content is None or path == _PAGE:
            return Response(status_code=404)
        kind = MEDIA_TYPES[Path(path).suffix]
        return Response(content, headers={"content-type": kind, "cache-control": _KEPT})

    async def _page(self, csp: str, more: Mapping[str, str]) -> Response:
        name, parts = await run_in_threadpool(self._read)
        page = parts[_PAGE].replace(b"{files}", f"{PARTS}{name}".encode())
        page = page.replace(b"{actions}", self._actions)
        kind = MEDIA_TYPES[".html"]
        return Response(
            page, headers={"content-security-policy": csp, "content-type": kind, **more}
        )

    def _read(self) -> tuple[str, Parts]:
        parts = read_parts()
        name = name_of(parts)
        self._states[name] = parts
        self._states.move_to_end(name)
        while len(self._states) > _MOST:
            self._states.popitem(last=False)
        return name, parts
