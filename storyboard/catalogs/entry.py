"""A translation catalogue as values: entries by context, in file order. Knows no file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from storyboard.source.span import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation, as the translator saw it.

    `context` is `name` or `<scene id>.narration`; `source` has `{tokens}` for expressions; an
    empty `translation` is a missing one. `stale` is what gettext calls fuzzy: the source changed
    from `previous` since, or somebody marked the translation for another look.
    """

    context: str
    source: str
    translation: str = ""
    stale: bool = False
    previous: str | None = None
    remarks: tuple[str, ...] = ()
    """What we tell the translator (`#.`): speaker, expressions."""
    notes: tuple[str, ...] = ()
    """What translators wrote (`# `); kept for ever."""
    span: Span | None = field(default=None, compare=False)
    translation_span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations of one storyboard into one locale.

    `retired` holds what the storyboard no longer has, kept in case it comes back. `header` are the
    fields of the first, empty entry, in order, without dates.
    """

    path: str
    language: str | None
    entries: Mapping[str, Entry]
    retired: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    header: tuple[tuple[str, str], ...] = ()
    header_notes: tuple[str, ...] = ()
