"""The catalogs of one locale as they should be, with what moves from one file to another.

The texts of an included file are in one catalog that all storyboards share. A storyboard's own
catalog may have another translation of them, which then comes first, and it has those texts that
say something else in this storyboard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.paths import shared_catalog_path
from storyboard.catalogs.syncing import SourceText, retired_entry, sync_catalog, synced_entry
from storyboard.catalogs.translation import check_translation
from storyboard.commands.catalog_leftovers import leftovers
from storyboard.commands.locale_texts import NAME, LocalTexts
from storyboard.counting import counted
from storyboard.expand.catalog_files import CatalogFiles
from storyboard.texts import normal_text, same_text


@dataclass(frozen=True, slots=True)
class Synced:
    """A catalog as it should be; `new` is None for a file whose content moved elsewhere.

    `old` is what its file has, and `known` what went into the new one: it may come from another
    file, or be less what moved.
    """

    path: str
    old: Catalog | None
    new: Catalog | None
    known: Catalog | None = None
    news: tuple[str, ...] = ()
    adopted: frozenset[str] = frozenset()
    """The contexts whose translation came from storyboards' own catalogs."""


def sync_locale(
    texts: Sequence[LocalTexts],
    catalogs: CatalogFiles,
    spare: Sequence[Catalog],
    *,
    is_complete: bool = True,
) -> Iterator[Synced]:
    """Yield the selected catalogs of a locale, shared ones first.

    `texts` are those of all storyboards, `spare` the catalogs that nothing reads: one whose texts
    are those of a catalog that is not there yet becomes that catalog. Unless the texts are
    complete, what no text asks for in a shared catalog is left there.
    """
    work = _Locale(texts, catalogs, list(spare), is_complete)
    yield from work.shared_catalogs()
    yield from work.own_catalogs()
    for path, target in work.moved.items():
        yield Synced(path, catalogs.catalog(path), None, news=(f"moved to {target}",))


@dataclass(slots=True)
class _Locale:
    texts: Sequence[LocalTexts]
    catalogs: CatalogFiles
    spare: list[Catalog]
    is_complete: bool
    shared: dict[str, Catalog | None] = field(default_factory=dict)
    """What each included file's catalog has in the end; None for one that cannot be used."""
    moved: dict[str, str] = field(default_factory=dict)
    """Files whose content went to another."""
    left: Mapping[tuple[str, str], Entry] | None = None
    """The `leftovers`, once they are asked for: they need all catalogs, and most runs do not."""

    def shared_catalogs(self) -> Iterator[Synced]:
        """Yield the catalogs of included files."""
        selected = {file for local in self.texts if local.is_selected for _, file in local.sources}
        files = dict.fromkeys(f for local in self.texts for _, f in local.sources if f is not None)
        for file in files:
            tag = self.texts[0].tag
            path = shared_catalog_path(tag, file)
            opened = self.catalogs.open(path)
            self.shared[file] = opened.catalog
            if opened.is_broken or file not in selected:
                continue
            wanted = tuple(_shared_texts(file, self.texts).values())
            old = opened.catalog
            known = old if old is not None else self._spare_for(wanted, path)
            kept = () if self.is_complete else _unasked(old, wanted)
            synced = sync_catalog(wanted, known, path=path, language=tag, kept=kept)
            new, adopted = _adopting(synced, wanted, tuple(self._own(file)))
            self.shared[file] = new
            if new.entries or old is not None:
                yield Synced(path, old, new, known, adopted=adopted)

    def own_catalogs(self) -> Iterator[Synced]:
        """Yield the catalogs of the selected storyboards."""
        shared = {
            file: _shared_texts(file, self.texts) for file, there in self.shared.items() if there
        }
        for local in self.texts:
            opened = self.catalogs.open(local.path)
            if not local.is_selected or opened.is_broken:
                continue
            wanted, covered, dropped = _own_texts(local, opened.catalog, shared, self.shared)
            old = opened.catalog
            known = old if old is not None else self._spare_for(wanted, local.path)
            if known is not None and dropped:
                left = {c: e for c, e in known.entries.items() if c not in dropped}
                known = replace(known, entries=MappingProxyType(left))
            synced = sync_catalog(wanted, known, path=local.path, language=local.tag)
            new, adopted = self._with_moved(_without_empty(synced, covered), wanted)
            if new.entries or known is not None:
                moved = f"{counted(len(dropped), 'text')} moved to a shared catalog"
                news = (moved,) if dropped else ()
                yield Synced(local.path, old, new, known, news, adopted)

    def _with_moved(
        self, catalog: Catalog, wanted: Sequence[SourceText]
    ) -> tuple[Catalog, frozenset[str]]:
        """Return a catalog with the translations of scenes that came from other files.

        Such a scene has its id and its words, and the file that it left does not ask for it.
        """
        entries, adopted = dict(catalog.entries), set()
        for source in wanted:
            known = entries.get(source.context)
            if known is None or known.translation or source.context == NAME:
                continue
            if self.left is None:
                self.left = leftovers(self.texts, self.catalogs, self.spare)
            found = self.left.get((source.context, normal_text(source.message.msgid)))
            if found is not None and check_translation(source.context, found, source.message):
                found = None
            if found is not None:
                entry = replace(found, layout=None)
                entries[source.context] = synced_entry(source, entry, anew=True)
                adopted.add(source.context)
        return replace(catalog, entries=MappingProxyType(entries)), frozenset(adopted)

    def _own(self, file: str) -> Iterator[Catalog]:
        """Yield the own catalogs of the storyboards that include a file."""
        for local in self.texts:
            if any(included == file for _, included in local.sources):
                catalog = self.catalogs.catalog(local.path)
                if catalog is not None:
                    yield catalog

    def _spare_for(self, wanted: Sequence[SourceText], path: str) -> Catalog | None:
        """Take the spare catalog with most of these narrations: half of them, or of its own.

        Where all have other words now, the scenes' ids tell, if nothing else has the same.
        """
        best, most = None, 0
        spoken = [source for source in wanted if source.context != NAME]
        for catalog in self.spare:
            count = sum(_has(catalog, source) for source in spoken)
            fewer = min(len(catalog.entries.keys() - {NAME}), len(spoken))
            if count > most and 2 * count >= fewer:
                best, most = catalog, count
        best = best or self._spare_of_ids({source.context for source in spoken})
        if best is not None:
            self.spare.remove(best)
            self.moved[best.path] = path
        return best

    def _spare_of_ids(self, contexts: Collection[str]) -> Catalog | None:
        """Return the only spare catalog of the very same scenes, if one new storyboard has them."""
        found = [each for each in self.spare if each.entries.keys() - {NAME} == contexts]
        new = [local for local in self.texts if self.catalogs.catalog(local.path) is None]
        rivals = [
            local for local in new if {s.context for s, _ in local.sources} - {NAME} == contexts
        ]
        return found[0] if contexts and len(found) == len(rivals) == 1 else None


def _shared_texts(file: str, texts: Sequence[LocalTexts]) -> dict[str, SourceText]:
    """Return the texts of an included file by context, each as most storyboards say it."""
    found: dict[str, dict[str, SourceText]] = {}
    votes: Counter[tuple[str, str]] = Counter()
    for local in texts:
        for source, included in local.sources:
            if included == file:
                words = normal_text(source.message.msgid)
                found.setdefault(source.context, {}).setdefault(words, source)
                votes[source.context, words] += 1
    # max() takes the first of equals, so the order of the storyboards settles a draw
    return {
        context: said[max(said, key=lambda words: votes[context, words])]
        for context, said in found.items()
    }


def _own_texts(
    local: LocalTexts,
    old: Catalog | None,
    shared: Mapping[str, Mapping[str, SourceText]],
    catalogs: Mapping[str, Catalog | None],
) -> tuple[tuple[SourceText, ...], frozenset[str], frozenset[str]]:
    """Return the texts of a storyboard's own catalog, and the contexts of two kinds of others.

    The second are shared texts that it has another translation of, which are among the first; the
    third those whose translation moved to the shared catalog.
    """
    wanted: list[SourceText] = []
    covered: set[str] = set()
    dropped: set[str] = set()
    for source, file in local.sources:
        there = catalogs.get(file) if file is not None else None
        common = shared[file].get(source.context) if file in shared and file is not None else None
        if there is None or common is None or not _says(common, source):
            wanted.append(source)
            continue
        own = old.entries.get(source.context) if old is not None else None
        if own is not None and _is_covered(own, there.entries.get(source.context)):
            dropped.add(source.context)
        elif own is not None and own.translation:
            covered.add(source.context)
            wanted.append(source)
    return tuple(wanted), frozenset(covered), frozenset(dropped)


def _without_empty(catalog: Catalog, covered: Collection[str]) -> Catalog:
    """Return the catalog without empty entries of shared texts: their translation went on."""
    empty = [e for c, e in catalog.entries.items() if c in covered and not e.translation]
    gone = {entry.context for entry in empty}
    left = {c: e for c, e in catalog.entries.items() if c not in gone}
    noted = tuple(retired_entry(entry) for entry in empty if entry.notes)
    retired = (*noted, *catalog.retired)
    return replace(catalog, entries=MappingProxyType(left), retired=retired) if gone else catalog


def _adopting(
    shared: Catalog, wanted: Sequence[SourceText], owners: Sequence[Catalog]
) -> tuple[Catalog, frozenset[str]]:
    """Return the shared catalog with what storyboards' own have of its texts, and which those are.

    A translation that fits takes the place of one that does not, which is retired.
    """
    entries, retired = dict(shared.entries), list(shared.retired)
    adopted: set[str] = set()
    for source in wanted:
        known = entries.get(source.context)
        if known is None or check_translation(source.context, known, source.message) is None:
            continue
        own = [found for catalog in owners if (found := catalog.entries.get(source.context))]
        fits = [e for e in own if check_translation(source.context, e, source.message) is None]
        others = [e for e in own if e.translation and not known.translation]
        for best in (*fits, *others)[:1]:
            entries[source.context] = synced_entry(source, replace(best, layout=None), anew=True)
            adopted.add(source.context)
            if known.translation:
                retired.append(retired_entry(known))
    whole = replace(shared, entries=MappingProxyType(entries), retired=tuple(retired))
    return whole, frozenset(adopted)


def _has(catalog: Catalog, source: SourceText) -> bool:
    entry = catalog.entries.get(source.context)
    return entry is not None and same_text(entry.source, source.message.msgid)


def _says(one: SourceText, other: SourceText) -> bool:
    return same_text(one.message.msgid, other.message.msgid)


def _is_covered(own: Entry, shared: Entry | None) -> bool:
    """Whether nothing is lost without a storyboard's own entry beside the shared one.

    Whether either is stale does not matter: the shared one has taken over one that fits.
    """
    if not own.translation:
        return not own.notes
    if shared is None or not set(own.notes) <= set(shared.notes):
        return False
    return own.translation == shared.translation


def _unasked(catalog: Catalog | None, wanted: Sequence[SourceText]) -> tuple[str, ...]:
    asked = {source.context for source in wanted}
    entries = () if catalog is None else catalog.entries
    return tuple(context for context in entries if context not in asked)
