"""Keeps where each field of a resolved video was written, and computes a span when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyboard.language.place import Place
from storyboard.source.span import Span


class LazySpans(Mapping[str, Span]):
    """A field's span, from its place or from that of the field around it.

    `pinned` are spans in files that are no documents.
    """

    __slots__ = ("_pinned", "_places")

    def __init__(
        self, places: Mapping[str, Place], pinned: Mapping[str, Span] | None = None
    ) -> None:
        self._places = places
        self._pinned = {} if pinned is None else pinned

    def __getitem__(self, field: str) -> Span:
        pinned = self._pinned.get(field)
        if pinned is not None:
            return pinned
        whole, inner = field, list[str]()
        while whole not in self._places:
            whole, dot, step = whole.rpartition(".")
            if not dot:
                raise KeyError(field)
            inner.insert(0, step)
        return self._places[whole].at(*inner).span

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._places, *self._pinned)))

    def __len__(self) -> int:
        return len(self._places.keys() | self._pinned.keys())
