"""Answers about a project's texts that take long, kept for the next run. Knows no question.

An answer depends on what was asked and on the program, so there is no file to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any, Final, Generic, TypeVar

from storyboard.compile_cache.code_version import code_version
from storyboard.compile_cache.entries import Entries

_FORMAT: Final = "1"
_Answer = TypeVar("_Answer")


class KeptAnswers(Generic[_Answer]):
    """Owns the answers of one `part`; call `save` when all were asked for.

    Without `entries` nothing is kept. An answer of another `kind` is asked for again. Of more than
    `most`, only those are kept that this run asked for; fewer new ones than `worth_it` are not.
    """

    def __init__(
        self, entries: Entries | None, part: str, kind: type[Any], *, most: int, worth_it: int = 1
    ) -> None:
        self._entries = entries
        self._part = part
        self._kind = kind
        self._most = most
        self._worth_it = worth_it
        self._asked: dict[str, _Answer] = {}
        self._found: dict[str, Any] | None = None
        self._new = 0

    def answer(self, asked: tuple[object, ...], ask: Callable[[], _Answer]) -> _Answer:
        """Return the answer to what is asked, kept or new."""
        name = blake2b(repr(asked).encode(), digest_size=16).hexdigest()
        if name not in self._asked:
            kept = self._kept.get(name)
            self._asked[name] = kept if isinstance(kept, self._kind) else ask()
            self._new += self._asked[name] != kept
        return self._asked[name]

    def save(self) -> None:
        """Keep what was asked for, and what was kept before, if enough of it is new."""
        if self._entries is not None and self._new >= self._worth_it:
            both = self._kept | self._asked
            answers = both if len(both) <= self._most else self._asked
            self._entries.keep(entry_key(self._part), answers)

    @property
    def _kept(self) -> dict[str, Any]:
        """Return what was kept, read when it is first asked for: most runs need no answer."""
        if self._found is None:
            entries = self._entries
            key = entry_key(self._part)
            found = entries.find(key) if entries is not None and entries.has_any else None
            self._found = found if isinstance(found, dict) else {}
        return self._found


def entry_key(part: str) -> str:
    """Return the key of a part's entry: another program answers anew."""
    return "\n".join((_FORMAT, code_version(), part))
