"""Has films made by programs of their own, so that nobody else in this process waits for one.

A program keeps what it loaded for the next film, for a while, and gives way to everything else that
runs. What kills it, a decoder or the memory, ends one film and not the studio. Knows no film.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Final

from storyboard.studio.film.child_program import ChildProgram
from storyboard.studio.film.idle_end import IDLE_SECONDS, IdleEnd
from storyboard.studio.film.process_messages import LOOK_SECONDS, raise_told
from storyboard.studio.film.request import (
    Cancelled,
    Film,
    FilmError,
    FilmOrder,
    OnProgress,
    Progress,
)

WORKER: Final = (sys.executable, "-P", "-m", "storyboard.studio.film.process_worker")
_ATTEMPTS: Final = 2
"""A program that was killed for its memory may come through when others have ended. A choice."""
SILENT_SECONDS: Final = 900.0
"""After which a program that tells nothing is taken for one that hangs. Each scene that is spoken
and each second of frames is told: the longest scene takes some minutes on a slow machine. A choice.
"""
_LOG = logging.getLogger("storyboard.studio")


class FilmProcesses:
    """Owns the programs, one for each film that is made at once; is a film maker itself."""

    def __init__(
        self,
        worker: Sequence[str] = WORKER,
        idle_seconds: float = IDLE_SECONDS,
        silent_seconds: float = SILENT_SECONDS,
    ) -> None:
        """Take the words of such a program, after how long unused they all end, and hang."""
        self._worker, self._silent_seconds = tuple(worker), silent_seconds
        self._idle_end = IdleEnd(idle_seconds, self._end_idle)
        self._lock = threading.Lock()
        self._idle: list[_Program] = []

    def __call__(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        """Make a film as `make_film` does; one whose program dies twice is a `FilmError`."""
        output = order.output
        made = output.with_name(f".{output.name}.made")
        for _ in range(_ATTEMPTS):
            try:
                with self._idle_end.used(), self._program() as program:
                    film = program.make(replace(order, output=made), on_progress, cancelled)
                made.replace(output)
                return replace(film, path=output)
            except _Died as death:
                _LOG.warning("the %s", death)
            finally:
                made.unlink(missing_ok=True)
        raise FilmError("renderer-died", f"the renderer died {_ATTEMPTS} times")

    def close(self) -> None:
        """End the programs, which make no film now."""
        self._idle_end.close()
        self._end_idle()

    def _end_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for program in idle:
            program.close()

    def __enter__(self) -> FilmProcesses:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _program(self) -> Iterator[_Program]:
        """Lend a program; it is kept for the next film where it answered to the end."""
        with self._lock:
            program = self._idle.pop() if self._idle else None
        if program is not None and not program.lives():
            program.close()
            program = None
        program = program or _Program(self._worker, self._silent_seconds)
        try:
            yield program
        finally:
            if program.has_answered():
                with self._lock:
                    self._idle.append(program)
            else:
                program.close()


class _Died(Exception):
    """The program ended without an answer."""


class _Program:
    """One running program that makes films."""

    def __init__(self, worker: Sequence[str], silent_seconds: float) -> None:
        self._answered, self._silent_seconds = True, silent_seconds
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._child = ChildProgram(worker, self._answers.put)

    def lives(self) -> bool:
        return self._child.lives()

    def has_answered(self) -> bool:
        return self._answered

    def make(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        """Raise what the program raised, and `_Died` where it ended without a word, or hangs."""
        self._answered = False
        self._send(order)
        heard = time.monotonic()
        while not cancelled():
            try:
                answer = self._answers.get(timeout=LOOK_SECONDS)
            except Empty:
                if time.monotonic() - heard < self._silent_seconds:
                    continue
                told = f"renderer told nothing for {self._silent_seconds:.0f} seconds and is ended"
                raise _Died(told) from None
            heard = time.monotonic()
            if isinstance(answer, Progress):
                on_progress(answer)
                continue
            self._answered = answer is not None
            if isinstance(answer, Film):
                return answer
            raise_told(answer)
            raise self._death()
        raise Cancelled("the film was canceled")

    def close(self) -> None:
        """Let the program stop what it does and tidy up; it is killed where it does not."""
        self._child.close()

    def _send(self, order: FilmOrder) -> None:
        try:
            self._child.send(order)
        except OSError as cause:
            raise self._death() from cause

    def _death(self) -> _Died:
        return _Died(f"renderer died with status {self._child.ended_with()}")
