"""The heartbeat of what a thread has in hand: a job, or a scene of another machine's film."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from storyboard.errors import StudioError
from storyboard.studio.film.request import Progress
from storyboard.studio.jobs.outages import Outage
from storyboard.studio.records import queue

_LOG = logging.getLogger("storyboard.studio")


def _nothing() -> None:
    pass


class Pulse:
    """Owns a heartbeat thread, which also writes how far the work is.

    `beat` returns whether the work is still this worker's.
    """

    def __init__(self, beat: Callable[[Progress], bool], video_id: str) -> None:
        self._tell, self._video_id = beat, video_id
        self._progress = Progress("starting", 0, 0)
        self._act: Callable[[], object] = _nothing
        self._over = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def note(self, progress: Progress) -> None:
        """Take the latest progress; cheap, from any thread."""
        self._progress = progress

    @contextmanager
    def acting(self, act: Callable[[], object]) -> Iterator[None]:
        """Do something after each beat, in the heartbeat's thread, until the block ends."""
        self._act = act
        try:
            yield
        finally:
            self._act = _nothing

    def is_lost(self) -> bool:
        """Return whether the work is another's now, or cancelled."""
        return self._lost.is_set()

    def _beat(self) -> None:
        away = Outage("a heartbeat could not be written", "heartbeats are written again")
        while not self._over.wait(queue.HEARTBEAT_SECONDS):
            try:
                held = self._tell(self._progress)
                away.over()
                if held:
                    self._act()
            except StudioError as cause:
                away.note(cause)
                continue
            except Exception:  # without a next one, the job would be taken up beside this thread
                _LOG.exception("the heartbeat of video %s goes on after a bug", self._video_id)
                continue
            if not held:
                self._lost.set()
                return
