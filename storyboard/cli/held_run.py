"""Runs what holds a state so that it gives the lock back, however it is asked to end.

A first Ctrl-C or SIGTERM detaches: what was begun is recorded, and the outcome is shown. A second
one says where things stand, and ends with no more time than giving the lock back needs; a third
does not even wait for that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

import click

from storyboard.apply.standing import Standing
from storyboard.cli.asking import SIGNALS
from storyboard.cli.event_loop import run_to_end
from storyboard.cli.recovery import spelled_here
from storyboard.cli.telling import telling_here
from storyboard.errors import ExitCode
from storyboard.views.standing import FIRST, standing_lines
from storyboard.views.wording import printable

_T = TypeVar("_T")

_TO_GIVE_BACK: Final = 3.0
"""Seconds: a place that hangs holds the thread that asks it, which the loop would wait for. A lock
that is not given back is taken over later. A choice."""


def run_held(
    work: Coroutine[Any, Any, _T],
    standing: Standing | None = None,
    command: str = "storyboard apply",
) -> _T:
    """Run to an end in order; SIGTERM is as Ctrl-C is, so that the lock is given back.

    A job of CI that is canceled gets one of the two, and a few seconds. `standing` hears of the
    run, and `command` is what goes on after it.
    """
    heed = _Heed(standing or Standing(), command)
    before = {number: signal.getsignal(number) for number in SIGNALS}

    async def heeding() -> _T:
        heed.task, heed.loop = asyncio.current_task(), asyncio.get_running_loop()
        for number, handler in before.items():
            if handler not in (signal.SIG_IGN, None):  # as in the background of a shell
                signal.signal(number, heed)
        return await work

    try:
        return run_to_end(heeding())
    except (asyncio.CancelledError, click.Abort, KeyboardInterrupt):
        heed.tell()
        raise KeyboardInterrupt from None
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is heed:
                signal.signal(number, handler)


class _Heed:
    """Heeds the signals of one run: by the first it is canceled, and left by the second."""

    def __init__(self, standing: Standing, command: str) -> None:
        self.task: asyncio.Task[Any] | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self._standing = standing
        self._command = command
        self._count = 0
        self._is_told = False
        self._telling = telling_here()

    def __call__(self, number: int, *_: object) -> None:
        """Take a signal."""
        self._count += 1
        if number == signal.SIGTERM:
            self._telling.is_terminated = True
        is_terminated = self._telling.is_terminated
        code = ExitCode.TERMINATED if is_terminated else ExitCode.INTERRUPTED
        if self._count > 2:
            os._exit(code)
        if self._count == 2:
            ending = threading.Timer(_TO_GIVE_BACK, os._exit, (code,))
            ending.daemon = True
            ending.start()
        if self._count == 2 or self.task is None or self.loop is None:
            self.tell()
            raise KeyboardInterrupt
        if self._standing.has_begun:
            _printed(FIRST)
        self.task.cancel()
        self.loop.call_soon_threadsafe(lambda: None)  # wakes the loop: a signal alone does not

    def tell(self) -> None:
        """Say where things stand, unless that is said."""
        if not self._is_told:
            lines = "\n".join(standing_lines(self._standing, self._command))
            self._is_told = _printed(spelled_here(lines))


def _printed(text: str) -> bool:
    """Print lines on stderr; whether that worked: a signal may come in the middle of a write."""
    try:
        for line in text.splitlines():
            click.echo(printable(line), err=True)
    except (OSError, ValueError, RuntimeError):
        return False
    return True
