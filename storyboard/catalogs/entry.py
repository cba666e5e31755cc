"""A translation catalog as values: entries by context, in file order. Knows no file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    """What we tell the translator (`#.`): the author's notes, expressions."""
    notes: tuple[str, ...] = ()
    """What translators wrote (`# `); kept for ever."""
    references: tuple[str, ...] = ()
    """Where the text stands (`#:`), as it is written: a file, or `file:line`."""
    flags: tuple[str, ...] = ()
    """Every flag but `fuzzy` and `python-brace-format`; kept for ever."""
    span: Span | None = field(default=None, compare=False)
    translation_span: Span | None = field(default=None, compare=False)
    layout: str | None = field(default=None, compare=False, repr=False)
    """The lines that it was read from. It is written with them again, so that wrapping, order of
    comments and whatever else a tool prefers stays; None where something in it is new."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first entry of a catalog, which has no text: fields in order, with dates."""

    fields: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False)
    layout: str | None = field(default=None, compare=False, repr=False)
    """The lines that it was read from; None where there was none."""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations of one file's texts into one locale.

    `retired` holds what the file no longer has, kept in case it comes back; a context may stand
    there more than once. `tail` are comments after the last entry, and what is commented out and
    is no entry of ours, such as one without a context.
    """

    path: str
    language: str | None
    entries: Mapping[str, Entry]
    retired: tuple[Entry, ...] = ()
    header: Header = Header()
    tail: tuple[str, ...] = ()
