"""Compiles many storyboards on all cores: each process takes its share, and hands it back in order.

Only where processes can be forked, so that a child has all that was read and need not be sent it.
A child that dies takes nothing along: what it owes is compiled here.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any, BinaryIO, Final, TypeVar

from storyboard.cores import cores

_T = TypeVar("_T")


def _same(done: _T) -> _T:
    return done


WORTH_IT: Final = 24
"""Files from which on two processes are quicker than one: forking and piping takes 30 ms."""


def in_order(
    work: Callable[[str], _T], paths: Sequence[str], plain: Callable[[_T], _T] = _same
) -> Iterator[_T]:
    """Yield what becomes of each path, in their order.

    `plain` makes of it what another process can hand over.
    """
    count = min(cores(), len(paths) // (WORTH_IT // 2))
    if count < 2 or not _can_fork():
        yield from map(work, paths)
        return
    with ExitStack() as stack:
        shares = [paths[number::count] for number in range(count)]
        children = [
            stack.enter_context(_child(lambda path: plain(work(path)), share)) for share in shares
        ]
        for number, path in enumerate(paths):
            yield _next(children[number % count], work, path)


def _next(child: BinaryIO, work: Callable[[str], _T], path: str) -> _T:
    """Return a child's next result. Nobody else can write to its pipe: so it may be a pickle."""
    try:
        found: _T = pickle.load(child)
    except (EOFError, OSError, pickle.UnpicklingError):
        return work(path)
    return found


@contextmanager
def _child(work: Callable[[str], Any], paths: Sequence[str]) -> Iterator[BinaryIO]:
    """Lend the results of a process of its own; it ends with the block."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        _serve(work, paths, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as results:
        try:
            yield results
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def _serve(work: Callable[[str], Any], paths: Sequence[str], writing: int) -> None:
    """Write the results of a child, and end it: nothing of the parent's may run on in it."""
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with os.fdopen(writing, "wb") as results:
            for path in paths:
                pickle.dump(work(path), results, pickle.HIGHEST_PROTOCOL)
                results.flush()
        code = 0
    finally:
        os._exit(code)


def _can_fork() -> bool:
    """Whether a process can be forked safely.

    macOS has libraries that do not survive it, and a lock that another thread holds is never
    released in a child.
    """
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1
