"""How often an address has been wrong about a secret, and how long that makes it wait.

Who is right never waits: every secret of the studio has 128 random bits or more, so that nobody
guesses one at any pace, and on loopback all programs have one address. What is slowed down is the
work and the noise of guessing.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.studio.records.networks import network_of

FREE: Final = 30
"""Wrong guesses that cost nothing: more than a client with an old session ever makes."""

LONGEST: Final = 30.0
"""Seconds that the next guess has to wait at most."""

MOST_ADDRESSES: Final = 4096
_FORGOTTEN_AFTER: Final = 300.0
_FIRST_WAIT: Final = 0.25


class Guess(Enum):
    """What can be guessed."""

    SECRET = "secret"
    APP_TOKEN = "app token"
    SIGNATURE = "signature of a session"
    PAGE_KEY = "key of the page"


class TooManyGuesses(Exception):
    """This address was wrong too often; `seconds` until it should try again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many wrong guesses: try again in {seconds:.0f} seconds")
        self.seconds = seconds


@dataclass(slots=True)
class _Record:
    last: float
    said: int = 0
    wrong: int = 0


class Guesses:
    """Owns the counts of one process; safe from any number of threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: OrderedDict[tuple[str, Guess], _Record] = OrderedDict()

    def note_wrong(self, address: str, kind: Guess, said: str) -> None:
        """Count a wrong guess; raises `TooManyGuesses` past the free ones.

        The same again is no new guess: a client that goes on with an old session is not one.
        """
        now, key = self._clock(), (network_of(address), kind)
        with self._lock:
            record = self._records.pop(key, None)
            if record is None or now - record.last > _FORGOTTEN_AFTER:
                record = _Record(now)
            self._records[key] = record
            while len(self._records) > MOST_ADDRESSES:
                self._records.popitem(last=False)
            record.last, before, record.said = now, record.said, hash(said)
            if before == record.said:
                return
            record.wrong += 1
            over = record.wrong - FREE
        if over > 0:
            raise TooManyGuesses(min(_FIRST_WAIT * 2.0 ** min(over, 20), LONGEST))
