"""Brings the catalogs of a project up to its texts, or tells how far they are behind.

Texts are matched by scene id and field: what the translators wrote is kept, also where the source
changed or is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.paths import catalog_path
from storyboard.catalogs.po_writer import encode_catalog
from storyboard.catalogs.syncing import SourceText, same_catalog
from storyboard.catalogs.translation import Problem, TranslationState, serving_entry
from storyboard.catalogs.unread import (
    Heading,
    Oddity,
    Reader,
    misplaced_catalogs,
    unread_catalogs,
    unread_paths,
    unread_twins,
)
from storyboard.catalogs.untranslated import Untranslated, untranslated, untranslated_catalogs
from storyboard.checks.severities import in_severities
from storyboard.checks.shared_names import CODE as SHARED
from storyboard.commands.catalog_moves import Synced, sync_locale
from storyboard.commands.catalog_news import TextCounts, counts_by_locale, news_of
from storyboard.commands.locale_texts import NAME, FoundTexts, LocalTexts, Selection, find_texts
from storyboard.commands.rewriting import Rewrite
from storyboard.compiler import compile_project
from storyboard.expand.catalog_files import CatalogFile, CatalogFiles, nearest_paths
from storyboard.language.sources import Sources
from storyboard.locales import fallback_chain
from storyboard.source.diagnostic import Diagnostic, Report, Severity, diagnose, has_errors
from storyboard.source.files import Files
from storyboard.video import Address

__all__ = ["Progress", "Selection", "SyncedCatalogs", "measure_catalogs", "sync_catalogs"]


_WHOLE: Final = (TranslationState.OK, TranslationState.SAME)
_SILENT: Final = (TranslationState.MISSING, TranslationState.STALE)
_FAULTY: Final = (TranslationState.BROKEN, TranslationState.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Progress:
    """One video: the state of each text that it says, by its context, in storyboard order.

    `name` is the state of the video's name, which holds the video only if it is broken: the
    source's serves unless there is a translation. `is_nameless` if that is too little: the
    environment finds videos by their names, and another locale's has this one. `files` are the
    catalogs that the texts belong in, the storyboard's own first; `orphans` are translations in it
    that no text asks for. `silent` are the texts that are shown and not spoken: as for the name,
    the source's serve.
    """

    address: Address
    files: tuple[str, ...]
    states: Mapping[str, TranslationState]
    name: TranslationState | None
    orphans: tuple[str, ...]
    silent: frozenset[str] = frozenset()
    is_nameless: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether no text holds the video, as `check` counts them."""
        # A name without a translation is the source's, one with a fault is none.
        if self.is_nameless or self.name in _FAULTY:
            return False
        return all(
            state in _WHOLE or (context in self.silent and state in _SILENT)
            for context, state in self.states.items()
        )

    def contexts(self, state: TranslationState) -> tuple[str, ...]:
        """Return the texts in a state."""
        if state is TranslationState.ORPHAN:
            return self.orphans
        return tuple(context for context, found in self.states.items() if found is state)


@dataclass(frozen=True, slots=True)
class SyncedCatalogs:
    """Every catalog as it should be, in project order, all findings, and counts by locale."""

    rewrites: tuple[Rewrite, ...]
    report: Report
    counts: Mapping[str, TextCounts]


def sync_catalogs(files: Files, selection: Selection | None = None) -> SyncedCatalogs:
    """Return what a sync makes of the catalogs; writes nothing.

    Raises `UsageError` where a pattern names no video. What has errors is left alone, the others
    are not: a catalog whose own errors are reported, or all where a storyboard has some.
    """
    sources = Sources(files)
    catalogs = CatalogFiles(sources)
    found = find_texts(selection or Selection(), sources)
    made: dict[str, tuple[str, Synced]] = {}
    for tag in found.tags if not has_errors(found.findings) else ():
        texts = [text for text in found.texts if text.tag == tag]
        spare = _spare(tag, found.readers, catalogs) if found.is_complete else ()
        for synced in sync_locale(texts, catalogs, spare, is_complete=found.is_complete):
            made[synced.path] = (tag, synced)
    rewrites = {path: _rewrite(synced, catalogs) for path, (_, synced) in made.items()}
    new = [path for path, rewrite in rewrites.items() if rewrite.before is None]
    twins = []
    for path, odd, is_certain in unread_twins(new, catalogs.paths, found.readers):
        twin = diagnose(odd.code, odd.message, odd.span, odd.hint)
        if is_certain:
            rewrites.pop(path, None)
            twin = replace(twin, severity=Severity.ERROR)
        twins.append(twin)
    same = _warnings(_untranslated(found.texts, catalogs), found)
    findings = (*found.findings, *_broken(catalogs), *same, *twins)
    counts = counts_by_locale(made[path] for path in rewrites)
    return SyncedCatalogs(tuple(rewrites.values()), _report(findings, sources), counts)


def measure_catalogs(
    files: Files, selection: Selection | None = None
) -> tuple[tuple[Progress, ...], Report]:
    """Return how far each storyboard is in each locale, and all findings."""
    sources = Sources(files)
    catalogs = CatalogFiles(sources)
    selection = selection or Selection()
    found = find_texts(selection, sources)
    nameless, shared = _nameless(found, selection, files)
    progress = tuple(
        replace(_progress(texts, catalogs), is_nameless=texts.address in nameless)
        for texts in found.texts
        if texts.is_selected
    )
    headings = map(Heading.of, catalogs.usable.values())
    odd = list(misplaced_catalogs(headings, lambda: catalogs.paths))
    if found.is_complete and not has_errors(found.findings):
        odd += unread_catalogs(catalogs.paths, found.readers)
    odd += _untranslated(found.texts, catalogs)
    findings = (*found.findings, *_broken(catalogs), *_warnings(odd, found), *shared)
    return progress, _report(findings, sources)


def _nameless(
    found: FoundTexts, selection: Selection, files: Files
) -> tuple[frozenset[Address], tuple[Diagnostic, ...]]:
    """Return the videos that wait for a name of their own, and what `check` says of them."""
    if not found.by_name or has_errors(found.findings):
        return frozenset(), ()
    compilation = compile_project(
        files,
        paths=selection.paths,
        scope=selection.scope,
        environment=selection.environment,
        variables=selection.variables,
        keeps_videos=False,
    )
    held = (v.address for v in compilation.outlines if any(h.code == SHARED for h in v.holds))
    told = (finding for finding in compilation.report.diagnostics if finding.code == SHARED)
    return frozenset(held), tuple(told)


def _spare(tag: str, readers: Sequence[Reader], catalogs: CatalogFiles) -> tuple[Catalog, ...]:
    """Return a locale's catalogs that nothing reads: those of renamed storyboards among them."""
    folder = catalog_path(tag, "").removesuffix(".po")
    paths = [path for path in catalogs.paths if path.startswith(folder)]
    found = (catalogs.catalog(path) for path in unread_paths(paths, readers))
    return tuple(catalog for catalog in found if catalog is not None)


def _broken(catalogs: CatalogFiles) -> Iterator[Diagnostic]:
    return (finding for file in catalogs.files for finding in file.findings)


def _rewrite(synced: Synced, catalogs: CatalogFiles) -> Rewrite:
    old, new = synced.old, synced.new
    before = catalogs.encoded(synced.path)
    if new is None:
        return Rewrite(synced.path, before, None, synced.news)
    if before is not None and old is not None and same_catalog(old, new):
        return Rewrite(synced.path, before, before)
    news = (*news_of(synced.known, new, synced.adopted), *synced.news)
    return Rewrite(synced.path, before, encode_catalog(new, before), news)


def _progress(texts: LocalTexts, catalogs: CatalogFiles) -> Progress:
    """Weigh each text by the nearest catalog that can serve, as the compiler does."""
    states = {
        source.context: _state(source, texts, _opened(texts, included, catalogs))
        for source, included in texts.sources
        if source.message.has_words
    }
    own = catalogs.catalog(texts.path)
    asked = {source.context for source, _ in texts.sources}
    orphans = () if own is None else tuple(c for c in own.entries if c not in asked)
    name = states.pop(NAME, None)
    silent = frozenset(source.context for source, _ in texts.sources if not source.is_spoken)
    return Progress(texts.address, texts.files, states, name, orphans, silent)


def _opened(
    texts: LocalTexts, included: str | None, catalogs: CatalogFiles
) -> Sequence[CatalogFile]:
    paths = nearest_paths(fallback_chain(texts.tag), texts.storyboard, included)
    return [catalogs.open(path) for path in paths]


def _serving(source: SourceText, opened: Sequence[CatalogFile]) -> Entry | Problem | None:
    entries = [f.catalog.entries.get(source.context) for f in opened if f.catalog is not None]
    return serving_entry(source.context, source.message, entries)


def _state(
    source: SourceText, texts: LocalTexts, opened: Sequence[CatalogFile]
) -> TranslationState:
    found = _serving(source, opened)
    if isinstance(found, Problem):
        return TranslationState.UNREADABLE if any(f.is_broken for f in opened) else found.state
    is_same = _same(source, texts, found) is not None
    return TranslationState.SAME if is_same else TranslationState.OK


def _same(source: SourceText, texts: LocalTexts, entry: Entry | None) -> Untranslated | None:
    """Return a text that is in the words of its source."""
    if texts.may_be_same:
        return None
    return untranslated(entry, source.message, is_spoken=source.is_spoken)


def _untranslated(found: Iterable[LocalTexts], catalogs: CatalogFiles) -> Iterator[Oddity]:
    """Yield what is to be told of texts that are in the words of their source."""
    asked = (
        (source, texts, _serving(source, _opened(texts, included, catalogs)))
        for texts in found
        if texts.is_selected
        for source, included in texts.sources
    )
    same = (_same(s, texts, e) for s, texts, e in asked if not isinstance(e, Problem))
    return untranslated_catalogs(each for each in same if each is not None)


def _warnings(odd: Iterable[Oddity], found: FoundTexts) -> Iterator[Diagnostic]:
    """Yield what is odd about catalogs, as bad as the project says."""
    findings = (diagnose(o.code, o.message, o.span, o.hint, o.notes) for o in odd)
    return in_severities(findings, found.checks)


def _report(findings: Sequence[Diagnostic], sources: Sources) -> Report:
    return Report.of(findings, sources.texts_of(findings))
