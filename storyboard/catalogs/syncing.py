"""Brings a catalog up to the texts of its file: loses no translation, guesses none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from storyboard.catalogs.entry import Catalog, Entry, Header
from storyboard.catalogs.matching import match_entries
from storyboard.catalogs.remarks import same_remarks, same_value
from storyboard.catalogs.renaming import is_only_renamed, with_renamed_token
from storyboard.catalogs.tokens import Message, renamed_token
from storyboard.neighbors import behind_neighbors
from storyboard.printing import CONTROLS
from storyboard.source.file_names import YAML_SUFFIXES
from storyboard.texts import same_text

_UNWRITABLE: Final = re.compile(f"[\t\n\r{CONTROLS}\u2068\u2069]")
"""What no `#:` line can hold: a file's name may break lines, or be no text at all."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text to be translated; `remarks` are for the translator, `file` is where it stands.

    For a name and a title, which are not `is_spoken`, the source's words serve as well.
    """

    context: str
    message: Message
    remarks: tuple[str, ...] = ()
    file: str | None = None
    is_spoken: bool = True


def sync_catalog(
    sources: Sequence[SourceText],
    old: Catalog | None,
    *,
    path: str,
    language: str,
    kept: Collection[str] = (),
) -> Catalog:
    """Return the catalog of the sources as they are now.

    A changed source keeps its translation, marked stale, with the source it was made from; if one
    token got another name, it gets it in the translation too. A text
    whose context is new takes the translation of the very same text whose context is gone, so
    renaming a scene loses nothing. What no source asks for is retired if it was translated, and
    comes back with its text; entries whose context is in `kept` stay as they are.

    Entries keep their order, since tools may sort them; a new one follows the entry of the text
    before it. An entry in which nothing changed keeps its layout too.
    """
    wanted = {source.context: source for source in sources if source.message.has_words}
    known = () if old is None else tuple(old.entries.values())
    before = () if old is None else old.retired
    matches = match_entries(
        {context: source.message.msgid for context, source in wanted.items()},
        tuple(entry for entry in known if entry.context not in kept),
        before,
    )
    # The file was moved: the places in its `#:` lines are those of the old one.
    anew = old is not None and old.path != path
    entries = {
        context: synced_entry(source, matches.found.get(context), anew=anew)
        for context, source in wanted.items()
    }
    entries |= {entry.context: entry for entry in known if entry.context in kept}
    order = _order(known, tuple(entries), {new: e.context for new, e in matches.found.items()})
    return Catalog(
        path=path,
        language=language,
        entries=MappingProxyType({context: entries[context] for context in order}),
        retired=tuple(
            # One that was retired before stays as a tool laid it out.
            entry if any(entry is known for known in before) else retired_entry(entry)
            for entry in matches.left
        ),
        header=Header() if old is None else old.header,
        tail=() if old is None else old.tail,
    )


def same_catalog(one: Catalog, other: Catalog) -> bool:
    """Tell whether two catalogs say the same in the same order, however they are laid out."""
    return (
        list(one.entries.items()) == list(other.entries.items())
        and one.retired == other.retired
        and one.header == other.header
    )


def synced_entry(source: SourceText, known: Entry | None, *, anew: bool = False) -> Entry:
    """Return the entry as it should be; with `anew`, where it stands is written again too.

    One that has no layout, such as one that was retired, is laid out and placed anew.
    """
    own = () if source.file is None or _UNWRITABLE.search(source.file) else (source.file,)
    if known is None:
        return Entry(source.context, source.message.msgid, remarks=source.remarks, references=own)
    new = replace(_restated(known, source), context=source.context, remarks=source.remarks)
    others = tuple(place for place in known.references if not _is_ours(place))
    placed = replace(new, references=(*own, *others), layout=None)
    if known.layout is None or (anew and placed.references != known.references):
        return placed
    if same_remarks(known.remarks, source.remarks):
        new = replace(new, remarks=known.remarks)
    return known if new == known else placed


def _restated(known: Entry, source: SourceText) -> Entry:
    """Return the entry for the source's text as it is now, stale where that says something else.

    Another wrapping of the same text is no change.
    """
    msgid = source.message.msgid
    if same_text(known.source, msgid):
        return known
    names, before = renamed_token(known.source, msgid), known
    known = with_renamed_token(known, msgid)
    if names is not None and is_only_renamed(before, msgid):
        if same_value(before.remarks, source.remarks, *names):
            return replace(known, source=msgid)
        # Another variable took its place, for all that is known: a case or an article may be wrong.
        known = replace(known, source=before.source)
    # Nothing was made from the old words, so there is nothing to look at again.
    if not known.translation:
        return replace(known, source=msgid, stale=False, previous=None)
    seen = known.previous if known.stale and known.previous is not None else known.source
    # The author took the change back: the translation is of these very words again.
    if same_text(seen, msgid):
        return replace(known, source=msgid, stale=False, previous=None)
    return replace(known, source=msgid, stale=True, previous=seen)


def retired_entry(entry: Entry) -> Entry:
    """Return what is kept of an entry that no text asks for any more."""
    return replace(entry, remarks=(), references=(), layout=None)


def _is_ours(reference: str) -> bool:
    """Whether a `#:` place is a file of scenes, with or without a line: one that we give anew."""
    return reference.partition(":")[0].endswith(YAML_SUFFIXES)


def _order(
    known: Sequence[Entry], contexts: Collection[str], came_from: Mapping[str, str]
) -> Iterator[str]:
    """Yield the contexts of the new entries: the file's order, new ones behind their neighbor.

    `came_from` has the context that each entry had before. One that was renamed stays in place.
    """
    there = {entry.context for entry in known}
    renamed = {
        old: new for new, old in came_from.items() if new not in there and old not in contexts
    }
    slots = [renamed.get(entry.context, entry.context) for entry in known]
    placed = dict.fromkeys(slot for slot in slots if slot in contexts)
    yield from behind_neighbors(placed, ((context, context) for context in contexts), str)
