"""The program that makes films for another process: orders on stdin, answers on stdout, pickled.

Once stdin ends nobody waits for a film any more: the one in work is cancelled, and the program
ends. So it outlives nobody, however its parent died.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import threading
from queue import SimpleQueue
from typing import IO, Any, Final

from storyboard.printing import guarded_streams
from storyboard.studio.film.process_messages import told_of
from storyboard.studio.film.program_log import log_to_parent
from storyboard.studio.film.request import Cancelled, FilmError, FilmOrder

NICENESS: Final = 5
"""Films give way to the API, and to whoever works on the machine; 19 could starve them. A choice.
"""
_GRACE_SECONDS = 5.0
_LOG: Final = logging.getLogger("storyboard.studio")


class _Orders:
    """Reads orders in a thread of its own, to see at once that no more will come."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._orders: SimpleQueue[FilmOrder | None] = SimpleQueue()
        self._over = threading.Event()
        threading.Thread(target=self._read, name="orders", daemon=True).start()

    def next(self) -> FilmOrder | None:
        return self._orders.get()

    def are_over(self) -> bool:
        return self._over.is_set()

    def _read(self) -> None:
        try:
            while True:
                self._orders.put(pickle.load(self._stream))
        except EOFError:
            self._over.set()
            self._orders.put(None)
        threading.Event().wait(_GRACE_SECONDS)
        os._exit(1)


def leave_signals_to_parent() -> None:
    """Go on when a terminal, or systemd, tells all processes to end: the parent may wait for us."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def answers_to_parent() -> IO[bytes]:
    """Return stdout for answers alone: what else prints there goes to stderr from now on."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


class Answers:
    """Tells the parent whole objects, from any thread; ends this program once nobody hears them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._lock = threading.Lock()

    def tell(self, answer: Any) -> None:
        """Tell the parent an object."""
        said = pickle.dumps(answer)
        try:
            with self._lock:
                self._stream.write(said)
                self._stream.flush()
        except BrokenPipeError:
            os._exit(1)


def main() -> None:
    """Make films until stdin ends."""
    leave_signals_to_parent()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    orders = _Orders(sys.stdin.buffer)
    with answers_to_parent() as stream, guarded_streams():
        answers = Answers(stream)
        log_to_parent(answers.tell)
        while (order := orders.next()) is not None:
            _make(order, orders, answers)


def _make(order: FilmOrder, orders: _Orders, answers: Answers) -> None:
    from storyboard.studio.film.make import make_ordered

    try:
        film = make_ordered(order, answers.tell, orders.are_over)
    except Cancelled:
        return
    except (FilmError, OSError) as cause:
        answers.tell(told_of(cause))
    except Exception as cause:  # the program's outermost frame: the bug is told, not swallowed
        _LOG.exception("a film broke")
        answers.tell(told_of(cause))
    else:
        answers.tell(film)


if __name__ == "__main__":
    main()
