"""Has films made by programs of their own, so that nobody else in this process waits for one.

A program keeps what it loaded for the next film, and gives way to everything else that runs. What
kills it, a decoder or the memory, ends one film and not the studio. Knows no film.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Final

from storyboard.studio.film.process_messages import Broken, Refused
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
_LOOK_SECONDS = 0.1
_GRACE_SECONDS = 10.0
"""For what a program has begun to write, before it is killed: a picture, or the end of a segment.
"""
_LOG = logging.getLogger("storyboard.studio")


class FilmProcesses:
    """Owns the programs, one for each film that is made at once; is a film maker itself."""

    def __init__(self, worker: Sequence[str] = WORKER) -> None:
        self._worker = tuple(worker)
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
                with self._program() as program:
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
        if program is None or not program.lives():
            program = _Program(self._worker)
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
    """One running program: orders go in by stdin, and its end means that nobody waits any more."""

    def __init__(self, worker: Sequence[str]) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        self._child = subprocess.Popen(
            worker,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )
        self._answered = True
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="film-answers", daemon=True)
        self._reader.start()

    def lives(self) -> bool:
        return self._child.poll() is None

    def has_answered(self) -> bool:
        return self._answered

    def make(
        self, order: FilmOrder, on_progress: OnProgress, cancelled: Callable[[], bool]
    ) -> Film:
        """Raise what the program raised, and `_Died` where it ended without a word."""
        self._answered = False
        self._send(order)
        while not cancelled():
            try:
                answer = self._answers.get(timeout=_LOOK_SECONDS)
            except Empty:
                continue
            if isinstance(answer, Progress):
                on_progress(answer)
                continue
            self._answered = answer is not None
            match answer:
                case Film():
                    return answer
                case Refused(code, message, scene):
                    raise FilmError(code, message, scene=scene)
                case Broken(message):
                    raise FilmError("internal", message)
                case OSError():
                    raise answer
                case _:
                    raise self._death()
        raise Cancelled("the film was canceled")

    def close(self) -> None:
        """Let the program stop what it does and tidy up; it is killed where it does not."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        with suppress(OSError):
            self._child.stdin.close()
        try:
            self._child.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._reader.join()
        self._child.stdout.close()

    def _send(self, order: FilmOrder) -> None:
        assert self._child.stdin is not None
        try:
            pickle.dump(order, self._child.stdin)
            self._child.stdin.flush()
        except OSError as cause:
            raise self._death() from cause

    def _death(self) -> _Died:
        return _Died(f"renderer died with status {self._child.wait()}")

    def _read(self) -> None:
        assert self._child.stdout is not None
        try:
            while True:
                self._answers.put(pickle.load(self._child.stdout))
        except (EOFError, OSError, pickle.UnpicklingError):
            self._answers.put(None)
