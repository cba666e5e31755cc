"""Brings the catalogues of a project up to its storyboards, or tells how far they are behind.

Catalogues are `locales/<tag>/<storyboard>.po`. Texts are matched by scene id and field: what the
translators wrote is kept, also where the source changed or is gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storyboard.catalogs.catalog import (
    Catalog,
    Problem,
    SourceText,
    TranslationState,
    encode_catalog,
    read_catalog,
    same_catalog,
    serving_entry,
    sync_catalog,
)
from storyboard.commands.rewriting import Rewrite
from storyboard.errors import UsageError
from storyboard.expand.assembly import assemble
from storyboard.expand.expansion import Setting
from storyboard.expand.extraction import extract_texts
from storyboard.language.reading import load_project, load_storyboards
from storyboard.language.sources import Sources
from storyboard.locales import fallback_chain
from storyboard.source.diagnostic import Diagnostic, Report, has_errors
from storyboard.source.files import Files
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Progress:
    """One storyboard in one locale: each text's state by its context, in storyboard order.

    `orphans` are translations that no text of the storyboard asks for any more.
    """

    address: Address
    path: str
    states: Mapping[str, TranslationState]
    orphans: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether no text keeps the video back; a missing name does not, the source's serves."""
        return all(
            state is TranslationState.OK or (context, state) == _LENIENT
            for context, state in self.states.items()
        )

    def contexts(self, state: TranslationState) -> tuple[str, ...]:
        """Return the texts in a state."""
        if state is TranslationState.ORPHAN:
            return self.orphans
        return tuple(context for context, found in self.states.items() if found is state)


_LENIENT = ("name", TranslationState.MISSING)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which catalogues, by files (None: all) and addresses, and the values that scenes hang on.

    Loops and conditions may ask for variables: `environment` is one of the project's, `variables`
    are those of the command line, which win.
    """

    paths: Sequence[str] | None = None
    scope: Sequence[str] = ()
    environment: str = "local"
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Work:
    """What one storyboard has to say in one locale other than its own."""

    address: Address
    tag: str
    texts: tuple[SourceText, ...]

    @property
    def path(self) -> str:
        return _path(self.tag, self.address)


def sync_catalogs(
    files: Files, selection: Selection | None = None
) -> tuple[tuple[Rewrite, ...], Report]:
    """Return every catalogue as it should be, in project order, and all findings.

    Raises `UsageError` where a pattern names no video. What has errors is left alone, the others
    are not: a catalogue whose own errors are reported, or all where a storyboard has some.
    """
    sources = Sources(files)
    work, findings = _find_work(selection or Selection(), sources)
    rewrites = []
    for each in work if not has_errors(findings) else ():
        old, found = _read(each.path, sources)
        findings += found
        if old is not None or not sources.exists(each.path):
            new = sync_catalog(each.texts, old, path=each.path, language=each.tag)
            rewrites.append(_rewrite(each, old, new, sources))
    return tuple(rewrites), _report(findings, sources)


def measure_catalogs(
    files: Files, selection: Selection | None = None
) -> tuple[tuple[Progress, ...], Report]:
    """Return how far each storyboard is in each locale, and all findings."""
    sources = Sources(files)
    work, findings = _find_work(selection or Selection(), sources)
    progress = []
    for each in work:
        measured, found = _progress(each, sources)
        progress.append(measured)
        findings += found
    return tuple(progress), _report(findings, sources)


def _find_work(
    selection: Selection, sources: Sources
) -> tuple[tuple[_Work, ...], tuple[Diagnostic, ...]]:
    """Return what the selected videos have to say, and what is wrong with any storyboard."""
    read = load_project(sources)
    overlay = read.project.overlay(selection.environment)
    setting = Setting(read.project, overlay, selection.variables)
    boards = load_storyboards(read.project, selection.paths, sources)
    findings = [*read.findings, *boards.findings]
    known: list[Address] = []
    work: list[_Work] = []
    for file in boards.files:
        assembled = assemble(file, read.project, sources)
        if assembled is None:
            findings += file.findings
            continue
        findings += assembled.findings
        addresses = [Address(assembled.storyboard.id, tag) for tag in assembled.locales]
        known += addresses
        for address in addresses[1:]:
            if address.locale is not None and address.matches(selection.scope):
                texts, found = extract_texts(assembled, address.locale, setting)
                findings += found
                work.append(_Work(address, address.locale, texts))
    if not has_errors(findings):
        _check_scope(selection.scope, known)
    return tuple(work), tuple(findings)


def _check_scope(scope: Sequence[str], known: Sequence[Address]) -> None:
    for pattern in scope:
        if not any(address.matches((pattern,)) for address in known):
            names = ", ".join(str(address) for address in known[:8])
            raise UsageError(f"'{pattern}' names no video", hint=f"name one of: {names}")


def _rewrite(work: _Work, old: Catalog | None, new: Catalog, sources: Sources) -> Rewrite:
    before = sources.content(work.path) if old is not None else None
    if old is not None and before is not None and same_catalog(old, new):
        return Rewrite(work.path, before, before)
    return Rewrite(work.path, before, encode_catalog(new, before), tuple(_news(old, new)))


def _news(old: Catalog | None, new: Catalog) -> Iterator[str]:
    known = {} if old is None else old.entries
    fresh = [entry for context, entry in new.entries.items() if context not in known]
    gone = known.keys() - new.entries.keys()
    for count, word in (
        (sum(1 for entry in fresh if not entry.translation), "new"),
        (sum(1 for entry in fresh if entry.translation), "renamed or back"),
        (
            sum(1 for c, e in new.entries.items() if e.stale and c in known and not known[c].stale),
            "stale",
        ),
        (len({entry.context for entry in new.retired} & gone), "retired"),
    ):
        if count:
            yield f"{count} {word}"


def _progress(work: _Work, sources: Sources) -> tuple[Progress, tuple[Diagnostic, ...]]:
    """Weigh each text by the nearest catalogue that can serve, as the compiler does."""
    chain = [_read(_path(tag, work.address), sources) for tag in fallback_chain(work.tag)]
    catalogs = [catalog for catalog, _ in chain if catalog is not None]
    states = {
        source.context: _state(source, catalogs)
        for source in work.texts
        if source.message.has_words
    }
    nearest = chain[0][0]
    own = () if nearest is None else nearest.entries
    asked = {source.context for source in work.texts}
    orphans = tuple(context for context in own if context not in asked)
    findings = tuple(finding for _, found in chain for finding in found)
    return Progress(work.address, work.path, states, orphans), findings


def _state(source: SourceText, catalogs: Sequence[Catalog]) -> TranslationState:
    entries = [catalog.entries.get(source.context) for catalog in catalogs]
    found = serving_entry(source.context, source.message, entries)
    return found.state if isinstance(found, Problem) else TranslationState.OK


def _read(path: str, sources: Sources) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
    """Return a catalogue and what is wrong with it; none where there is none to be had."""
    content = sources.content(path)
    return (None, ()) if content is None else read_catalog(path, content)


def _path(tag: str, address: Address) -> str:
    return f"locales/{tag}/{address.storyboard}.po"


def _report(findings: Sequence[Diagnostic], sources: Sources) -> Report:
    return Report.of(findings, sources.texts_of(findings))
