"""Which language a project's texts were recognized to be in, kept for the next run. Knows no video.

Only texts are asked for that tell no language at a glance; for those a model is loaded, which takes
longer than to check a small project.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from storyboard.compile_cache.entries import Entries
from storyboard.compile_cache.kept_answers import KeptAnswers

_PART: Final = "languages"
_MOST: Final = 20_000
"""Languages, of 60 bytes each. Of more, only those are kept that this run asked for."""


class KeptLanguages:
    """Owns the languages of a project's texts; call `save` when all were asked for.

    Without `entries` nothing is kept. `recognize` is asked for what was not kept.
    """

    def __init__(
        self, entries: Entries | None, recognize: Callable[[Sequence[str]], str | None]
    ) -> None:
        self._answers = KeptAnswers[str | None](entries, _PART, str, most=_MOST)
        self._recognize = recognize

    def recognized(self, narrations: Sequence[str]) -> str | None:
        """Return what `recognize` does, kept or new."""
        return self._answers.answer(tuple(narrations), lambda: self._recognize(narrations))

    def save(self) -> None:
        """Keep the languages, if some of them are new."""
        self._answers.save()
