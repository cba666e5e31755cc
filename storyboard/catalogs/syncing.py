"""Brings a catalogue up to its storyboard, by key: loses no translation, guesses none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.tokens import message_of
from storyboard.texts import same_text


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of the storyboard to be translated; `remarks` are for the translator."""

    context: str
    text: str
    remarks: tuple[str, ...] = ()


def sync_catalog(
    sources: tuple[SourceText, ...], old: Catalog | None, *, path: str, language: str
) -> Catalog:
    """Return the catalogue of the sources as they are now, in their order.

    A changed source keeps its translation, marked stale, with the source it was made from. What
    the storyboard no longer has is retired if it was translated, and comes back with its text.
    """
    known: dict[str, Entry] = {}
    if old is not None:
        known = {**old.retired, **old.entries}
    entries = {
        source.context: _synced(source, known.get(source.context))
        for source in sources
        if message_of(source.text).has_words
    }
    retired = {
        context: replace(entry, remarks=())
        for context, entry in known.items()
        if context not in entries and entry.translation
    }
    return Catalog(
        path=path,
        language=language,
        entries=MappingProxyType(entries),
        retired=MappingProxyType(retired),
        header=old.header if old is not None else (),
        header_notes=old.header_notes if old is not None else (),
    )


def _synced(source: SourceText, known: Entry | None) -> Entry:
    msgid = message_of(source.text).msgid
    if known is None:
        return Entry(source.context, msgid, remarks=source.remarks)
    kept = replace(known, source=msgid, remarks=source.remarks)
    if not known.translation:
        return replace(kept, stale=False, previous=None)
    if same_text(known.source, msgid):
        return kept if known.stale else replace(kept, previous=None)
    seen = known.previous if known.stale and known.previous is not None else known.source
    if same_text(seen, msgid):
        return replace(kept, stale=False, previous=None)
    return replace(kept, stale=True, previous=seen)


def refreshed(entry: Entry, text: str) -> Entry:
    """Return the entry as one that was translated from a source text as it is now."""
    return replace(entry, source=message_of(text).msgid, stale=False, previous=None)
