"""Which language a project's texts were recognized to be in, kept for the next run. Knows no video.

Only texts are asked for that tell no language at a glance; for those a model is loaded, which takes
longer than to check a small project.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, Final

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries

_FORMAT: Final = "1"
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
        self._entries = entries
        self._recognize = recognize
        self._asked: dict[str, str | None] = {}
        self._found: dict[str, Any] | None = None

    def recognized(self, narrations: Sequence[str]) -> str | None:
        """Return what `recognize` does, kept or new."""
        name = blake2b(repr(tuple(narrations)).encode(), digest_size=16).hexdigest()
        if name not in self._asked:
            kept = self._kept.get(name)
            self._asked[name] = kept if isinstance(kept, str) else self._recognize(narrations)
        return self._asked[name]

    def save(self) -> None:
        """Keep what was asked for, and what was kept before, if some of it is new."""
        if self._entries is not None and not self._asked.items() <= self._kept.items():
            both = self._kept | self._asked
            self._entries.keep(_key(), both if len(both) <= _MOST else self._asked)

    @property
    def _kept(self) -> dict[str, Any]:
        if self._found is None:
            entries = self._entries
            found = entries.find(_key()) if entries is not None and entries.has_any else None
            self._found = found if isinstance(found, dict) else {}
        return self._found


def _key() -> str:
    return "\n".join((_FORMAT, code_version(), _PART))
