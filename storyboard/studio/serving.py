"""Serves a studio on a port with uvicorn: from a socket that is bound first, until told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from storyboard.errors import UsageError
from storyboard.studio.api.security import own_origin
from storyboard.studio.connections import Connection, Connections, Patience

_GRACE_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Tls:
    """A certificate and its key, two PEM files that were found to fit."""

    certificate: Path
    key: Path


def load_tls(certificate: Path, key: Path) -> Tls:
    """Return the pair, once a server could use it; raises `UsageError`."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password="")
    except OSError as cause:  # of which `ssl.SSLError` is one
        raise UsageError(
            f"'{certificate}' and '{key}' are not a certificate and its key",
            hint="give two PEM files, the key without a password",
        ) from cause
    return Tls(certificate, key)


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket, `port` 0 for a free one; raises `UsageError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as cause:
        listener.close()
        raise UsageError(
            f"the studio cannot listen on {host}:{port}: {cause.strerror or cause}",
            hint="choose another --port, or leave it out for a free one",
        ) from cause
    return listener


def url_of(listener: socket.socket, host: str, tls: Tls | None = None) -> str:
    """Return the base URL of a listening socket, in the spelling that clients ask for.

    Raises `UsageError` for a host that no address can have.
    """
    shown = f"[{host}]" if ":" in host else host
    scheme = "http" if tls is None else "https"
    return str(own_origin(f"{scheme}://{shown}:{listener.getsockname()[1]}"))


def build_server(
    app: ASGIApp, tls: Tls | None = None, patience: Patience | None = None
) -> uvicorn.Server:
    """Return a server that logs nothing by itself and takes no signals."""
    protocol: Any = partial(Connection, Connections(patience))
    config = uvicorn.Config(
        app,
        http=protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",  # a warning is about a request: whoever sends one could fill the log
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ssl_certfile=None if tls is None else tls.certificate,
        ssl_keyfile=None if tls is None else tls.key,
    )
    return _Server(config)


def serve(
    app: ASGIApp, listener: socket.socket, ready: Callable[[], None], tls: Tls | None = None
) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is called once requests are taken."""

    async def run() -> None:
        server = build_server(app, tls)
        loop = asyncio.get_running_loop()

        def stop() -> None:
            server.should_exit = True

        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        ready()
        await task

    asyncio.run(run())


class _Server(uvicorn.Server):
    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave the signals to whoever runs the server."""
        return nullcontext()
