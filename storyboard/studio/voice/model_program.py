"""Has a voice's network run by a program of its own, which is kept for the next narration.

What the program answers is not trusted: it runs a stranger's file. Knows no text and no language.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from storyboard.strict_json import parse_json
from storyboard.studio.voice.giving_up import Stopped, ended_by, never
from storyboard.studio.voice.levels import Samples
from storyboard.studio.voice.speech import VoiceError
from storyboard.studio.voice.speech_runtime import QUIET

WORKER: Final = (sys.executable, "-P", "-m", "storyboard.studio.voice.model_worker")

MEMORY: Final = 4 << 30
"""Bytes of addresses for a program: the runtime takes 1 GB of them, the largest voices another."""

TIMEOUT_SECONDS: Final = (60.0, 1.0)
"""So many for a narration, and so many more for each ten letters: a network of the largest kind
speaks as fast as people do, on a machine that does much else."""

_LONGEST_HEAD: Final = 4 << 20
_PASSED: Final = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP")
"""Variables that the program gets; all others are secrets, for all that is known."""


@dataclass(frozen=True, slots=True)
class Order:
    """Sentences to speak, each as the ids of a model's letters, with its scales and its speaker."""

    model: Path
    digest: str
    rate: int
    sentences: tuple[tuple[int, ...], ...]
    scales: tuple[float, float, float]
    speaker: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence's samples, and how long each id lasts in a unit of the model's, if it tells."""

    samples: Samples
    durations: tuple[float, ...] | None


class ModelPrograms:
    """Owns the programs that are idle; any number of threads use them, each for itself."""

    def __init__(
        self,
        worker: Sequence[str] = WORKER,
        memory: int = MEMORY,
        timeout: tuple[float, float] = TIMEOUT_SECONDS,
    ) -> None:
        self._worker = tuple(worker)
        self._memory = memory
        self._timeout = timeout
        self._lock = threading.Lock()
        self._idle: list[_Program] = []

    def say(self, order: Order, stopped: Stopped = never) -> tuple[Said, ...]:
        """Speak an order; raises `VoiceError`, which does not name the model.

        Soon after `stopped()` the program is ended, and that raised.
        """
        letters = sum(map(len, order.sentences))
        least, each = self._timeout
        request = {
            "model": str(order.model),
            "digest": order.digest,
            "memory": self._memory,
            "rate": order.rate,
            "sentences": order.sentences,
            "scales": order.scales,
            "speaker": order.speaker,
        }
        asked, seconds = json.dumps(request).encode(), least + each * letters / 10
        with suppress(_Idle), self._program() as program:
            return program.say(asked, seconds, stopped)
        with self._program() as program:
            return program.say(asked, seconds, stopped)

    def close(self) -> None:
        """End the programs that are idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for program in idle:
            program.close()

    @contextmanager
    def _program(self) -> Iterator[_Program]:
        with self._lock:
            program = self._idle.pop() if self._idle else None
        if program is not None and not program.lives():
            program.close()
            program = None
        program = program or _Program(self._worker)
        try:
            yield program
        finally:
            if program.is_fit():
                with self._lock:
                    self._idle.append(program)
            else:
                program.close()


class _Idle(VoiceError):
    """The program ended by itself, as one that is idle does, just when it was asked."""


class _Program:
    """One running program, which answers one order at a time."""

    def __init__(self, worker: Sequence[str]) -> None:
        given = {name: os.environ[name] for name in _PASSED if name in os.environ}
        path = os.pathsep.join(filter(None, sys.path))
        try:
            self._child = subprocess.Popen(
                worker,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=given | QUIET | {"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
            )
        except OSError as failure:
            raise VoiceError(f"the program that speaks cannot be started: {failure}") from failure
        self._is_fit = True

    def lives(self) -> bool:
        return self._child.poll() is None

    def is_fit(self) -> bool:
        return self._is_fit and self.lives()

    def say(self, request: bytes, seconds: float, stopped: Stopped) -> tuple[Said, ...]:
        self._is_fit = False
        late = threading.Event()

        def end() -> None:
            late.set()
            self._child.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            with ended_by(stopped, end):
                said = self._ask(request)
        except (OSError, EOFError) as failure:
            if late.is_set():
                raise VoiceError(f"it does not answer within {seconds:.0f} s") from failure
            status = self._child.wait()
            kind = VoiceError if status else _Idle
            raise kind(f"the program that runs it died with status {status}") from failure
        finally:
            timer.cancel()
            timer.join()
        self._is_fit = not late.is_set()
        return said

    def close(self) -> None:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        with suppress(OSError):
            self._child.stdin.close()
        if not self._is_fit:
            self._child.kill()
        self._child.wait()
        self._child.stdout.close()

    def _ask(self, request: bytes) -> tuple[Said, ...]:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(request + b"\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline(_LONGEST_HEAD)
        if not line:
            raise EOFError
        try:
            told = parse_json(line)
        except ValueError as garbage:
            raise _garbage() from garbage
        if isinstance(told, dict) and isinstance(told.get("error"), str):
            self._is_fit = True
            raise VoiceError(told["error"])
        return tuple(_said(told, self._child.stdout))


def _said(told: Any, stream: IO[bytes]) -> Iterator[Said]:
    try:
        for each in told["spoken"]:
            count, durations = int(each["samples"]), each["durations"]
            times = None if durations is None else tuple(map(float, durations))
            pcm = stream.read(4 * count)
            if len(pcm) != 4 * count:
                raise EOFError
            yield Said(np.frombuffer(pcm, np.float32), times)
    except (KeyError, TypeError, ValueError) as garbage:
        raise _garbage() from garbage


def _garbage() -> VoiceError:
    return VoiceError("the program that runs it gave an answer that cannot be read")


@cache
def model_programs() -> ModelPrograms:
    """Return this process's programs, which end with it."""
    programs = ModelPrograms()
    atexit.register(programs.close)
    return programs
