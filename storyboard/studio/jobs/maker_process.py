"""Has a program of its own speak and draw, which takes hundreds of megabytes, and ends when idle.

So the process that serves stays small, and what kills the program ends some calls and not the
studio.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from storyboard.errors import StudioError
from storyboard.studio.film.child_program import ChildProgram
from storyboard.studio.film.idle_end import IDLE_SECONDS, IdleEnd
from storyboard.studio.film.process_messages import LOOK_SECONDS, raise_told
from storyboard.studio.film.request import Cancelled, FilmError
from storyboard.studio.jobs.maker_messages import Begin, Next, Stop
from storyboard.studio.jobs.makers import FilmMaker, Makers, StoryboardWriter
from storyboard.studio.stage.rooms.backdrop import Backdrop
from storyboard.studio.voice.giving_up import never

if TYPE_CHECKING:
    from storyboard.studio.voice.own_voices import OwnVoices

WORKER: Final = (sys.executable, "-P", "-m", "storyboard.studio.jobs.maker_worker")


class MakerProcess:
    """Owns the program; its methods are makers of a studio, for any number of threads."""

    def __init__(self, worker: Sequence[str] = WORKER, idle_seconds: float = IDLE_SECONDS) -> None:
        """Take the words of such a program, and after how long unused it ends."""
        self._worker = tuple(worker)
        self._lock = threading.Lock()
        self._program: _Program | None = None
        self._users = 0
        self._idle_end = IdleEnd(idle_seconds, self._end_idle)

    def speech(
        self,
        narration: str,
        presenter: str,
        narrations: Sequence[str],
        voices: OwnVoices | None = None,
        locale: str | None = None,
    ) -> Iterator[bytes]:
        """Speak a narration as MP3, as `Speaker`."""
        told = _told(voices) if locale is None else (voices, locale)
        yield from self._pieces("speech", (narration, presenter, tuple(narrations), *told))

    def timing(
        self,
        narrations: Sequence[str],
        presenter: str,
        cache: Path,
        cancelled: Callable[[], bool],
        voices: OwnVoices | None = None,
    ) -> Sequence[float]:
        """Tell how long scenes last, as `Timer`."""
        given = (tuple(narrations), presenter, cache, *_told(voices))
        seconds: Sequence[float] = next(self._pieces("timing", given, cancelled))
        return seconds

    def portrait(self, presenter: str, backdrop: Backdrop) -> bytes:
        """Draw a presenter on a backdrop, as `Portraitist`."""
        given = (presenter, backdrop)
        try:
            drawn: bytes = next(self._pieces("portrait", given))
        except FilmError:  # another call may have killed it
            drawn = self._drawn_again(given)
        return drawn

    def makers(self, film: FilmMaker, storyboard: StoryboardWriter | None = None) -> Makers:
        """Return all makers of a studio, of which this one has three."""
        return Makers(film, self.speech, self.portrait, timing=self.timing, storyboard=storyboard)

    def close(self) -> None:
        """End the program, whatever it does."""
        self._idle_end.close()
        with self._lock:
            program, self._program = self._program, None
        if program is not None:
            program.close()

    def _pieces(
        self, maker: str, given: tuple[Any, ...], cancelled: Callable[[], bool] = never
    ) -> Iterator[Any]:
        """Yield what a maker makes; raises as it does, and `FilmError` where the program dies."""
        with self._idle_end.used():
            program = self._taken()
            try:
                yield from program.pieces(maker, given, cancelled)
            finally:
                with self._lock:
                    self._users -= 1

    def _drawn_again(self, given: tuple[str, Backdrop]) -> bytes:
        try:
            drawn: bytes = next(self._pieces("portrait", given))
        except FilmError as cause:
            raise StudioError(f"a picture could not be drawn: {cause}") from cause
        return drawn

    def _taken(self) -> _Program:
        with self._lock:
            if self._program is not None and not self._program.lives():
                self._program.close()
                self._program = None
            if self._program is None:
                self._program = _Program(self._worker)
            self._users += 1
            return self._program

    def _end_idle(self) -> None:
        with self._lock:
            if self._users or self._program is None:
                return
            program, self._program = self._program, None
        program.close()


class _Program:
    """One running program, and the calls that wait for its answers."""

    def __init__(self, worker: Sequence[str]) -> None:
        self._numbers = count()
        self._writing = threading.Lock()
        self._waiting: dict[int, SimpleQueue[Any]] = {}
        self._has_ended = False
        self._child = ChildProgram(worker, self._hear)

    def lives(self) -> bool:
        return self._child.lives() and not self._has_ended

    def pieces(
        self, maker: str, given: tuple[Any, ...], cancelled: Callable[[], bool]
    ) -> Iterator[Any]:
        call, answers = next(self._numbers), SimpleQueue[Any]()
        self._waiting[call] = answers
        try:
            self._send(Begin(call, maker, given))
            while True:
                self._send(Next(call))
                piece = self._answer(answers, cancelled)
                if piece is None:
                    return
                yield piece
        finally:
            del self._waiting[call]
            with suppress(FilmError):
                self._send(Stop(call))

    def close(self) -> None:
        self._child.close()

    def _answer(self, answers: SimpleQueue[Any], cancelled: Callable[[], bool]) -> Any:
        while not cancelled():
            try:
                made = answers.get(timeout=LOOK_SECONDS)
            except Empty:
                if self._has_ended and answers.empty():
                    raise _died() from None
                continue
            raise_told(made)
            return made
        raise Cancelled("it was canceled")

    def _send(self, said: Begin | Next | Stop) -> None:
        with self._writing:
            try:
                self._child.send(said)
            except (OSError, ValueError) as cause:
                raise _died() from cause

    def _hear(self, answer: Any) -> None:
        if answer is None:
            self._has_ended = True
            return
        call, made = answer
        waiting = self._waiting.get(call)
        if waiting is not None:
            waiting.put(made)


def _told(voices: OwnVoices | None) -> tuple[OwnVoices, ...]:
    return () if voices is None else (voices,)


def _died() -> FilmError:
    return FilmError("renderer-died", "the program that speaks and draws died; try again")
