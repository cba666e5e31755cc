"""The program that speaks and draws for a studio: calls on stdin, pieces on stdout, pickled.

Any number of calls go on at once, a piece at a time, as their callers ask for pieces: one program,
so that what it loaded is there once. Once stdin ends nobody waits, and it ends too.
"""

from __future__ import annotations

import logging
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from storyboard.printing import guarded_streams
from storyboard.studio.film.process_messages import Broken, told_of
from storyboard.studio.film.process_worker import (
    Answers,
    answers_to_parent,
    leave_signals_to_parent,
)
from storyboard.studio.film.program_log import log_to_parent
from storyboard.studio.jobs import makers
from storyboard.studio.jobs.maker_messages import Begin, Next, Stop
from storyboard.studio.stage.rooms.backdrop import Backdrop

Cancelled = Callable[[], bool]
Pieces = Callable[..., Iterator[Any]]

_LOG: Final = logging.getLogger("storyboard.studio")
_AT_ONCE: Final = 64
"""Threads; whoever asks sees to it that few of them work at the same time."""


def speak(given: Sequence[Any], cancelled: Cancelled) -> Iterator[bytes]:
    """Yield the MP3 of a narration."""
    return makers.speech(*given)


def time_scenes(given: Sequence[Any], cancelled: Cancelled) -> Iterator[Any]:
    """Yield the seconds of all scenes at once."""
    narrations, presenter, cache, *voices = given
    yield tuple(makers.timing(narrations, presenter, cache, cancelled, *voices))


def draw(given: tuple[str, Backdrop], cancelled: Cancelled) -> Iterator[bytes]:
    """Yield a portrait."""
    yield makers.portrait(*given)


MAKERS: Final[Mapping[str, Pieces]] = {"speech": speak, "timing": time_scenes, "portrait": draw}


class Calls:
    """Owns the calls that are begun, and the threads that make their pieces."""

    def __init__(self, answers: Answers, made_by: Mapping[str, Pieces]) -> None:
        self._answers = answers
        self._made_by = made_by
        self._pool = ThreadPoolExecutor(_AT_ONCE, "maker")
        self._begun: dict[int, tuple[Iterator[Any], threading.Event]] = {}

    def hear(self, said: Begin | Next | Stop) -> None:
        """Do what the parent says, without waiting for it."""
        match said:
            case Begin(call, maker, given):
                stopped = threading.Event()
                self._begun[call] = (self._made_by[maker](given, stopped.is_set), stopped)
            case Next(call):
                self._pool.submit(self._make, call, self._begun[call][0])
            case Stop(call):
                self._begun.pop(call)[1].set()

    def _make(self, call: int, pieces: Iterator[Any]) -> None:
        try:
            made = next(pieces, None)
        except Exception as cause:  # the program's outermost frame: the bug is told, not swallowed
            made = told_of(cause)
            if isinstance(made, Broken):
                _LOG.exception("speech or a picture broke")
        self._answers.tell((call, made))


def main(made_by: Mapping[str, Pieces] = MAKERS) -> None:
    """Make pieces until stdin ends."""
    leave_signals_to_parent()
    answers = Answers(answers_to_parent())
    log_to_parent(answers.tell)
    calls = Calls(answers, made_by)
    with guarded_streams():
        try:
            while True:
                calls.hear(pickle.load(sys.stdin.buffer))
        except EOFError:
            os._exit(0)


if __name__ == "__main__":
    main()
