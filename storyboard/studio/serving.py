"""Serves a studio on a port with uvicorn: from a socket that is bound first, until told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import ssl
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from storyboard.errors import UsageError
from storyboard.studio.api.security import own_origin
from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.connections import Connection, Connections
from storyboard.studio.encrypted import EncryptedConnection
from storyboard.studio.open_files import allow_more_files

_GRACE_SECONDS = 3
_QUEUE: Final = 2048
_TAKEN_AT_ONCE: Final = 16
"""Each is a file before it is counted: two thousand at once are more than a process may have."""

_ONE_LISTENER: Final = (
    (socket.SO_EXCLUSIVEADDRUSE, 1)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE")
    else (socket.SO_REUSEADDR, 1)
)
"""On Windows, where `SO_REUSEADDR` lets a program of another user take over a port in use."""

_NO_FILE: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
_TOLD_AGAIN_AFTER: Final = 60.0
_STEPS_OF_A_NEW_CONNECTION: Final = 3
"""Turns of the loop from where a socket was taken to where its protocol knows of it."""
_LOG: Final = logging.getLogger("storyboard.studio")


Drain = Callable[[Callable[[], bool]], Awaitable[None]]
"""Ends what was begun, or leaves it once the function given says that nobody waits any more."""


async def _nothing_to_end(is_hurried: Callable[[], bool]) -> None:
    """End at once."""


@dataclass(frozen=True, slots=True)
class Tls:
    """A certificate and its key, two PEM files that were found to fit."""

    certificate: Path
    key: Path


def load_tls(certificate: Path, key: Path) -> Tls:
    """Return the pair, once a server could use it; raises `UsageError`."""
    try:
        _context(Tls(certificate, key))
    except OSError as cause:  # of which `ssl.SSLError` is one
        raise UsageError(
            f"'{certificate}' and '{key}' are not a certificate and its key",
            hint="give two PEM files, the key without a password",
        ) from cause
    return Tls(certificate, key)


def _context(tls: Tls) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.certificate, tls.key, password="")
    return context


_ANOTHER_PORT: Final = "choose another --port, or leave it out for a free one"


def bind(host: str, port: int, hint: str = _ANOTHER_PORT) -> socket.socket:
    """Return a listening socket, `port` 0 for a free one; raises `UsageError` with the `hint`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, *_ONE_LISTENER)
        listener.bind((host, port))
        listener.listen(_QUEUE)
    except OSError as cause:
        listener.close()
        raise UsageError(
            f"the studio cannot listen on {host}:{port}: {cause.strerror or cause}",
            hint=hint,
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
    app: ASGIApp, tls: Tls | None = None, limits: ConnectionLimits | None = None
) -> uvicorn.Server:
    """Return a server that logs nothing by itself and takes no signals."""
    connections = Connections(limits)
    protocol: Any = partial(Connection, connections)
    if tls is not None:
        protocol = partial(EncryptedConnection, connections, _context(tls))
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
        backlog=_TAKEN_AT_ONCE,
    )
    return _Server(config)


def serve(
    app: ASGIApp,
    listener: socket.socket,
    ready: Callable[[], None],
    tls: Tls | None = None,
    drain: Drain = _nothing_to_end,
) -> tuple[str, ...]:
    """Serve until SIGINT or SIGTERM; `ready` is called once requests are taken.

    On SIGTERM `drain` is awaited before: requests are answered meanwhile. A second signal of either
    kind ends at once. Returns the names of the signals that came.
    """

    allow_more_files()
    came: list[str] = []

    async def run() -> None:
        server = build_server(app, tls)
        loop = asyncio.get_running_loop()
        draining: list[asyncio.Task[None]] = []

        def stop() -> None:
            server.should_exit = True

        def interrupt() -> None:
            came.append(signal.SIGINT.name)
            stop()

        async def stop_later() -> None:
            await drain(lambda: server.should_exit)
            stop()

        def stop_in_order() -> None:
            came.append(signal.SIGTERM.name)
            if draining:
                stop()
            else:
                draining.append(loop.create_task(stop_later()))

        loop.add_signal_handler(signal.SIGINT, interrupt)
        loop.add_signal_handler(signal.SIGTERM, stop_in_order)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not task.done():
            await asyncio.sleep(0.01)
        ready()
        await task
        await asyncio.gather(*draining)

    asyncio.run(run())
    return tuple(came)


class _Server(uvicorn.Server):
    _told = -_TOLD_AGAIN_AFTER

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen; the queue before the sockets is as long as it was."""
        asyncio.get_running_loop().set_exception_handler(self._note)
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(_QUEUE)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and begin with those that were taken, so that they are closed.

        A server of asyncio that is closed in between forgets them, open as they are.
        """
        loop = asyncio.get_running_loop()
        for each in (each for server in self.servers for each in server.sockets):
            with suppress(NotImplementedError):  # Windows
                loop.remove_reader(each.fileno())
        for _ in range(_STEPS_OF_A_NEW_CONNECTION):
            await asyncio.sleep(0)
        await super().shutdown(sockets)

    def _note(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say in one line that no file is left, which is found again at each attempt.

        asyncio attempts it after a second once more, even for a server that has closed its socket.
        """
        cause = context.get("exception")
        is_retry = isinstance(context.get("handle"), asyncio.TimerHandle)
        if self.should_exit and is_retry and isinstance(cause, ValueError):
            return
        if not isinstance(cause, OSError) or cause.errno not in _NO_FILE:
            loop.default_exception_handler(context)
        elif loop.time() - self._told >= _TOLD_AGAIN_AFTER:
            self._told = loop.time()
            _LOG.error("connections have to wait: %s; 'ulimit -n' may allow more", cause.strerror)

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        """Leave the signals to whoever runs the server."""
        return nullcontext()
