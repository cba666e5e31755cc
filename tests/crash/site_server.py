"""Run as a program: one of a studio's servers, at a listening socket that it is given.

`python -m tests.crash.site_server WORKSPACE DATABASE URL SOCKET HABIT`: a name of `HABITS` says
what it, or what is before it, does to calls; what a gateway does to one is told on stderr. It says
when it serves, and makes no films. At SIGUSR1 and SIGUSR2 its clock jumps.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storyboard.local_studio.opening import places_of
from storyboard.studio.records.postgres import PostgresStore
from storyboard.studio.serving import serve
from tests.contract.studio_rig import open_test_studio
from tests.crash.server_process import AFTER, BEFORE, Doom
from tests.crash.worker_process import heed_jumps


class Gateway:
    """Sends a call of the API on twice, or once and tells nothing of its first answer."""

    def __init__(self, app: ASGIApp, *, sends_twice: bool) -> None:
        self._app, self._sends_twice = app, sends_twice
        self._lost: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a call is known by its path and its body."""
        if not scope.get("path", "").startswith("/api/v1/"):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        call = scope["path"].encode() + body
        if self._sends_twice:
            await self._app(scope, _again(body), _to_nobody)
            print(did(TWICE, scope["path"]), file=sys.stderr, flush=True)
        elif call not in self._lost:
            self._lost.add(call)
            await self._app(scope, _again(body), _to_nobody)
            print(did(LOSES, scope["path"]), file=sys.stderr, flush=True)
            await send({"type": "http.response.start", "status": 502, "headers": []})
            await send({"type": "http.response.body", "body": b"bad gateway"})
            return
        await self._app(scope, _again(body), send)


async def _body(receive: Receive) -> bytes:
    whole = b""
    while True:
        message = await receive()
        whole += message.get("body", b"")
        if not message.get("more_body"):
            return whole


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    return receive


async def _to_nobody(message: Message) -> None:
    """Lose an answer."""


def _dying(moment: str) -> Callable[[ASGIApp], ASGIApp]:
    def dying(app: ASGIApp) -> ASGIApp:
        doom = Doom(app, "/video/generate", 2, moment)
        doom.watch(PostgresStore)
        return doom

    return dying


NOTHING: Final = "nothing fails"
DIES_BEFORE: Final = f"a server is killed in a generation {BEFORE}"
DIES_AFTER: Final = f"a server is killed in a generation {AFTER}"
TWICE: Final = "a gateway sends each call twice"
LOSES: Final = "a gateway loses the first answer to each call"
HABITS: Final[Mapping[str, Callable[[ASGIApp], ASGIApp]]] = {
    NOTHING: lambda app: app,
    DIES_BEFORE: _dying(BEFORE),
    DIES_AFTER: _dying(AFTER),
    TWICE: lambda app: Gateway(app, sends_twice=True),
    LOSES: lambda app: Gateway(app, sends_twice=False),
}


def did(habit: str, path: str) -> str:
    """Return the line that says that a call met with a habit."""
    return f"{habit}: {path}"


def main() -> None:
    heed_jumps()
    workspace, database, url, number, habit = sys.argv[1:]
    listener = socket.socket(fileno=int(number))
    places = places_of(os.environ) | {"database": database}
    with open_test_studio(Path(workspace), public_url=url, workers=0, **places) as studio:
        serve(HABITS[habit](studio.app), listener, lambda: print("works", flush=True))


if __name__ == "__main__":
    main()
