"""How long a project's texts take to say, kept for the next run. Knows no video.

Reading a text with digits out takes 100 µs, and a plan of a thousand new videos asks for twenty
thousand.
"""

from __future__ import annotations

from typing import Final

from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.kept_answers import KeptAnswers
from storyboard.narration.plain_text import is_plain
from storyboard.speech_rates import estimate_seconds

PART: Final = "estimates"
_WORTH_IT: Final = 256
"""New estimates from which on they are kept: fewer are made again in 30 ms."""

_MOST: Final = 200_000
"""Estimates, of 60 bytes each. Of more, only those are kept that the last run asked for."""


class KeptEstimates:
    """Owns the estimates of a project; call `save` when all were asked for."""

    def __init__(self, entries: Entries) -> None:
        self._answers = KeptAnswers[float](entries, PART, float, most=_MOST, worth_it=_WORTH_IT)

    def seconds(self, text: str, locale: str | None) -> float:
        """Return what `estimate_seconds` does, kept or new."""
        # Most texts are plain: that is quicker than to look for one.
        if is_plain(text):
            return estimate_seconds(text, locale)
        return self._answers.answer((text, locale), lambda: estimate_seconds(text, locale))

    def save(self) -> None:
        """Keep the estimates, if enough of them are new."""
        self._answers.save()
