"""Serves what a page imports to embed the studio: loader, manifest, runtime module (guide §11).

Any page may load these: they are code without a secret. Knows nothing of what the studio holds.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storyboard import __version__
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.web.files import MEDIA_TYPES, is_own_name

LOADER: Final = Path(__file__).with_name("loader")
WIDGET: Final = "unisphere.widget.vod-avatars"
RUNTIME: Final = "studio"
MANIFEST: Final = "/v1/runtime.json"
LOADER_PATH: Final = "/v1/loader/index.esm.js"
RUNTIME_PATH: Final = "/v1/static/modules/vod-avatars/{version}/runtime/studio/{file}"
_FOLDER: Final = f"/v1/static/modules/vod-avatars/v{__version__}/runtime/{RUNTIME}"
MODULES: Final = MappingProxyType(
    {
        LOADER_PATH: "loader.js",
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

    async def module(self, request: Request) -> Response:
        """Answer with the module of exactly this path; there is one version of each."""
        name = MODULES.get(request.url.path)
        if name is None:
            return await no_widget(request)
        content = await run_in_threadpool((LOADER / name).read_bytes)
        return Response(content, headers={"content-type": MEDIA_TYPES[Path(name).suffix]})


async def no_widget(request: Request) -> Response:
    """Refuse a widget, or a version of it, that is not here."""
    refusal = Refusal(StudioCode.NOT_EMULATED, "This studio has one widget: see guide §11")
    return JSONResponse(error_payload(refusal), 404)
