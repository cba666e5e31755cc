"""How long a project's texts take to say, kept for the next run. Knows no video.

Reading a text with digits out takes 100 µs, and a plan of a thousand new videos asks for twenty
thousand. An estimate depends on its text, its locale and the program, so there is no file to ask.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries
from storyboard.narration.plain_text import is_plain
from storyboard.speech_rates import estimate_seconds

_FORMAT: Final = "1"
_PART: Final = "estimates"
_WORTH_IT: Final = 256
"""New estimates from which on they are kept: fewer are made again in 30 ms."""

_MOST: Final = 200_000
"""Estimates, of 60 bytes each. Of more, only those are kept that the last run asked for."""


class KeptEstimates:
    """Owns the estimates of a project; call `save` when all were asked for."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._asked: dict[str, float] = {}
        self._found: dict[str, Any] | None = None
        self._new = 0

    def seconds(self, text: str, locale: str | None) -> float:
        """Return what `estimate_seconds` does, kept or new."""
        # Most texts are plain: that is quicker than to look for one.
        if is_plain(text):
            return estimate_seconds(text, locale)
        name = blake2b(repr((text, locale)).encode(), digest_size=16).hexdigest()
        seconds = self._kept.get(name)
        if not isinstance(seconds, float):
            seconds = estimate_seconds(text, locale)
            self._new += name not in self._asked
        self._asked[name] = seconds
        return seconds

    def save(self) -> None:
        """Keep what was asked for, and what was kept before, if enough of it is new."""
        if self._new >= _WORTH_IT:
            both = self._kept | self._asked
            self._entries.keep(_key(), both if len(both) <= _MOST else self._asked)

    @property
    def _kept(self) -> dict[str, Any]:
        """Return what was kept, read when it is first asked for: most plans need no estimate."""
        if self._found is None:
            found = self._entries.find(_key()) if self._entries.has_any else None
            self._found = found if isinstance(found, dict) else {}
        return self._found


def _key() -> str:
    return "\n".join((_FORMAT, code_version(), _PART))
