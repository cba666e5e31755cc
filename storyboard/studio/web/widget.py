"""Serves what a page imports to embed the studio: loader, manifest, runtime module (guide §11).

Any page may load these: they are code without a secret. Knows nothing of what the studio holds.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard import __version__
from storyboard.studio.web.files import MEDIA_TYPES, is_own_name

LOADER: Final = Path(__file__).with_name("loader")
WIDGET: Final = "unisphere.widget.vod-avatars"
RUNTIME: Final = "studio"
MANIFEST: Final = "/v1/runtime.json"
_FOLDER: Final = f"/v1/static/modules/vod-avatars/v{__version__}/runtime/{RUNTIME}"
MODULES: Final = MappingProxyType(
    {
        "/v1/loader/index.esm.js": "loader.js",
        f"{_FOLDER}/index.esm.js": "runtime.js",
        f"{_FOLDER}/settings.js": "settings.js",
    }
)
"""Where each module is looked for: the addresses follow from the manifest's names."""

PATHS: Final = frozenset({MANIFEST, *MODULES})


class Widget:
    """The modules and the manifest of a studio that has one address of its own."""

    def __init__(self, public_url: str) -> None:
        self._public_url = public_url

    async def manifest(self, request: Request) -> Response:
        """Tell which widget there is, and where the studio is that it shows.

        Under another of the machine's names, the frame has to go to the studio's own.
        """
        runtimes = {RUNTIME: {"version": __version__}}
        told = {
            "env": "local",
            "_version": "1",
            "versions": {"widgets": {WIDGET: {"runtimes": runtimes}}},
        }
        if is_own_name(self._public_url, request):
            told["studio"] = self._public_url
        return JSONResponse(told)

    def module(self, path: str) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with the module of a path."""
        file = LOADER / MODULES[path]

        async def answer(request: Request) -> Response:
            content = await run_in_threadpool(file.read_bytes)
            return Response(content, headers={"content-type": MEDIA_TYPES[file.suffix]})

        return answer
