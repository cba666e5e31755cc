"""Runs a command against a studio that lives as long as the command. Passes its exit code on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from starlette.types import ASGIApp

from storyboard.studio.connection_limits import ConnectionLimits
from storyboard.studio.local import Studio
from storyboard.studio.serving import Tls, build_server

_NOT_EXECUTABLE, _NOT_FOUND = 126, 127
_SIGNALLED = 128
"""What shells add to the number of a signal that ended a program."""
_PASSED_ON: Final = tuple(
    getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)
)


@contextmanager
def served(
    studio: Studio,
    listener: socket.socket,
    limits: ConnectionLimits | None = None,
    tls: Tls | None = None,
) -> Iterator[None]:
    """Serve the studio from a thread of its own, and render, until the block ends."""
    with studio, answering(studio.app, listener, limits, tls):
        yield


@contextmanager
def answering(
    app: ASGIApp,
    listener: socket.socket,
    limits: ConnectionLimits | None = None,
    tls: Tls | None = None,
) -> Iterator[None]:
    """Answer requests from a thread of its own until the block ends."""
    server = build_server(app, tls, limits)
    thread = threading.Thread(
        target=asyncio.run, args=(server.serve(sockets=[listener]),), name="studio", daemon=True
    )
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


def environment_for(
    variables: Mapping[str, str],
    inherited: Mapping[str, str] = os.environ,
    *,
    withheld: Collection[str] = (),
) -> dict[str, str]:
    """Return the command's environment: ours over the inherited one, without what is withheld."""
    kept = {name: value for name, value in inherited.items() if name not in withheld}
    return kept | dict(variables)


def run_command(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the command and return its exit code, 128 + n where signal n ended it.

    An interrupt from the terminal reaches the command by itself; one that somebody sent is passed
    on, as SIGTERM and SIGHUP are.
    """
    previous: dict[int, Any] = {}
    children: list[subprocess.Popen[bytes]] = []
    early: list[int] = []

    def passed_on(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and _is_before_a_terminal():
            return
        for started in children:
            started.send_signal(number)
        if not children:
            early.append(number)

    for number in (signal.SIGINT, *_PASSED_ON):
        previous[number] = signal.signal(number, passed_on)
    try:
        child = subprocess.Popen(command, env=dict(environment))
    except FileNotFoundError:
        return _NOT_FOUND
    except OSError:
        return _NOT_EXECUTABLE
    else:
        children.append(child)
        for number in early:
            child.send_signal(number)
        code = child.wait()
        return code if code >= 0 else _SIGNALLED - code
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _is_before_a_terminal() -> bool:
    """Return whether a terminal sends its interrupts to this process and its command alike."""
    if not hasattr(os, "tcgetpgrp"):
        return True
    try:
        terminal = os.open(os.ctermid(), os.O_RDONLY | os.O_NOCTTY)
    except OSError:
        return False
    try:
        return os.tcgetpgrp(terminal) == os.getpgrp()
    except OSError:
        return False
    finally:
        os.close(terminal)
