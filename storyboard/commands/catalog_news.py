"""What a sync of catalogs does to their texts: counted by locale, and in words by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.renaming import with_renamed_token
from storyboard.commands.catalog_moves import Synced
from storyboard.counting import counted


@dataclass(frozen=True, slots=True)
class TextCounts:
    """The texts of catalogs, each counted once.

    `added` ones wait for their first translation, `changed` ones were there with another source or
    were not stale, `kept` ones are as they were, in whatever file. `obsolete` are those that were
    there, and that no text asks for any more.
    """

    added: int = 0
    kept: int = 0
    changed: int = 0
    obsolete: int = 0

    def __add__(self, other: TextCounts) -> TextCounts:
        """Add each to each."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return TextCounts(*(one + more for one, more in pairs))


def counts_by_locale(synced: Iterable[tuple[str, Synced]]) -> Mapping[str, TextCounts]:
    """Return the counts of each locale, in the order in which they come, each with a catalog."""
    counts: dict[str, TextCounts] = defaultdict(TextCounts)
    for tag, each in synced:
        if each.new is not None:
            counts[tag] += _counts(each.known, each.new, each.adopted)
    return dict(counts)


def _counts(known: Catalog | None, new: Catalog, adopted: Collection[str]) -> TextCounts:
    before = {} if known is None else known.entries
    fresh = [c for c in new.entries if c not in before and c not in adopted]
    added = sum(1 for context in fresh if not new.entries[context].translation)
    there = [(before[c], entry) for c, entry in new.entries.items() if c in before]
    changed = sum(1 for was, now in there if (was.source, was.stale) != (now.source, now.stale))
    kept = len(new.entries) - added - changed
    return TextCounts(added, kept, changed, len(_retired(known, new)))


def news_of(known: Catalog | None, new: Catalog, adopted: Collection[str]) -> Iterator[str]:
    """Yield what is new in a catalog beside what went into it."""
    counts = _counts(known, new, adopted)
    before = {} if known is None else known.entries
    others = [(c, e) for c, e in new.entries.items() if c not in adopted]
    back = [entry for c, entry in others if c not in before and entry.translation]
    stale = [c for c, e in others if e.stale and c in before and not before[c].stale]
    renamed = [c for c, e in others if c in before and _has_renamed_token(before[c], e)]
    for count, word in (
        (len(adopted), "taken from other catalogs"),
        (counts.added, "new"),
        (len(back), "renamed or back"),
        (len(renamed), "with a renamed token"),
        (len(stale), "stale"),
        (counts.obsolete, "retired"),
    ):
        if count:
            yield counted(count, word, word)


def _retired(known: Catalog | None, new: Catalog) -> set[str]:
    """Return the contexts that were there, and whose translations are kept for nobody now."""
    gone = set[str]() if known is None else known.entries.keys() - new.entries.keys()
    return {entry.context for entry in new.retired} & gone


def _has_renamed_token(known: Entry, new: Entry) -> bool:
    renamed = with_renamed_token(known, new.source).translation
    return known.translation != renamed == new.translation
