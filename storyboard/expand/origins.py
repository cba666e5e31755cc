"""Keeps where each field of a resolved video was written, and computes a span when asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storyboard.language.place import Place
from storyboard.scene_origin import SceneOrigin
from storyboard.source.span import Span


class LazySpans(Mapping[str, Span]):
    """A field's span, from its place or from that of the field around it.

    `pinned` are spans in files that are no documents; `whole` is where all of it is written.
    """

    __slots__ = ("_pinned", "_places", "whole")

    def __init__(
        self,
        places: Mapping[str, Place],
        pinned: Mapping[str, Span] | None = None,
        whole: Place | None = None,
    ) -> None:
        self._places = places
        self._pinned = {} if pinned is None else pinned
        self.whole = whole

    def place(self, field: str) -> Place | None:
        """Return where a field itself is written, in a document; None where it is not."""
        return None if field in self._pinned else self._places.get(field)

    def source(self, field: str) -> Place | None:
        """Return where a text is written that a field is, or that it is a translation of."""
        return self._places.get(field)

    def pinned(self, field: str) -> Span | None:
        """Return where a field is written in a file that is no document."""
        return self._pinned.get(field)

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


def place_in(origin: SceneOrigin | None, field: str) -> Place | Span | None:
    """Return where a field itself is written, as a span where that is no document."""
    if origin is None or not isinstance(origin.fields, LazySpans):
        return None
    return origin.fields.pinned(field) or origin.fields.place(field)


def item_of(origin: SceneOrigin) -> Place | None:
    """Return where a scene as a whole is written."""
    return origin.fields.whole if isinstance(origin.fields, LazySpans) else None


def source_of_text(origin: SceneOrigin | None, field: str) -> Place | None:
    """Return where a text stands in its source's language."""
    if origin is None or not isinstance(origin.fields, LazySpans):
        return None
    return origin.fields.source(field)
