"""What a field says in one locale: from the catalogs, or why the video has to wait.

Catalogs are read for the locale and for those it may fall back to inside its language. A
translation is data: its `{tokens}` are replaced, it is never a template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from storyboard.catalogs.entry import Catalog, Entry
from storyboard.catalogs.renaming import with_words_of
from storyboard.catalogs.tokens import Message
from storyboard.catalogs.translation import Problem, serving_entry, translate
from storyboard.catalogs.untranslated import Untranslated, may_be_same, untranslated
from storyboard.expand.assembly import Assembled
from storyboard.expand.catalog_files import CatalogFiles, nearest_paths
from storyboard.expand.rendering import BROKEN, Renderer
from storyboard.expand.wording import Wording, wording_of
from storyboard.language.place import Written
from storyboard.locales import fallback_chain
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.span import Span
from storyboard.templates.expressions import TemplateFault
from storyboard.video import Hold

UNREADABLE: Final = "translation-unreadable"
OPTIONAL: Final = ("translation-missing", "translation-stale")
"""What keeps no video back where it happens to a name or a title: the source's words serve."""


@dataclass(frozen=True, slots=True)
class Leniency:
    """Which holds are lifted: on translations of an older source, and on missing ones."""

    allow_stale: bool = False
    fallback: bool = False


STRICT = Leniency()


@dataclass(frozen=True, slots=True)
class Text:
    """What a field says; `span` is its place where a catalog has it, `holds` why it must wait.

    `untranslated` is what of it catalogs have in the source's words.

    With holds, the value is the source's text: something to show, nothing to apply.
    """

    value: Any
    span: Span | None = None
    holds: tuple[Hold, ...] = ()
    untranslated: tuple[Untranslated, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """The catalogs that may have a file's texts, nearest first.

    `path` is where those that are missing belong; `broken` the place of a catalog with errors, for
    which the whole video waits.
    """

    path: str
    catalogs: tuple[Catalog, ...]
    broken: Span | None
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one video: catalogs by the file whose texts they have.

    There are none where the video speaks the source's language; with `may_be_same` it speaks a
    variety of it.
    """

    is_source: bool
    nearest: Mapping[str, Nearest] = field(default_factory=dict)
    leniency: Leniency = STRICT
    may_be_same: bool = False

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong in the catalogs."""
        return tuple(found for near in self.nearest.values() for found in near.findings)

    def narration(self, scene_id: str, written: Written, renderer: Renderer) -> Text:
        """Return what a scene says."""
        if self.is_source or not isinstance(written.value, str):
            return Text(renderer.render(written))
        text = self._translated(f"{scene_id}.narration", written, renderer)
        renderer.untranslated.extend(text.untranslated)
        return text

    def name(self, written: Written, renderer: Renderer) -> Text:
        """Return the video's name; the source's serves unless there is a translation of it."""
        if self.is_source or not isinstance(written.value, str):
            return Text(renderer.render(written))
        return self._optional("name", written, renderer)

    def title(self, context: str, written: Written, renderer: Renderer) -> Text:
        """Return a field of a title, as a name; the project's has a catalog for all storyboards."""
        if self.is_source or not isinstance(written.value, str):
            return Text(renderer.render(written))
        return self._optional(context, written, renderer)

    def _optional(self, context: str, written: Written, renderer: Renderer) -> Text:
        """Return a text that keeps no video back where it is not translated."""
        text = self._translated(context, written, renderer)
        if text.holds and self.leniency.allow_stale:
            # What is too old to be pardoned counts as old: the source's serves.
            text = replace(self, leniency=STRICT)._translated(context, written, renderer)
        if text.holds and all(hold.code in OPTIONAL for hold in text.holds):
            return Text(text.value)
        renderer.untranslated.extend(replace(each, is_spoken=False) for each in text.untranslated)
        return text

    def _translated(self, context: str, written: Written, renderer: Renderer) -> Text:
        """Return the nearest translation that can serve, else the source's text and holds.

        It is in the catalogs of the file that the text is written in.
        """
        wording = wording_of(context, written.value, renderer)
        if wording.doubts:
            renderer.doubts.extend((doubt, written.place) for doubt in wording.doubts)
        near = self.nearest[written.place.document.path]
        first = near.catalogs[0].entries.get(context) if near.catalogs else None
        if first is not None and not wording.words and _is_plain(first, wording.message):
            same = self._untranslated([(first, wording.message)])
            return Text(first.translation, first.translation_span, untranslated=same)
        found = self._serving(context, wording.message, near)
        words = {
            each.context: self._serving(each.context, each.message, near) for each in wording.words
        }
        problems = [one for one in (found, *words.values()) if isinstance(one, Problem)]
        if problems:
            place = written.place.span
            holds = (self._hold(problem, near, place) for problem in problems)
            # In the source's own words, so with the source's own numbers and units too.
            value = replace(renderer, locale=renderer.source).render(written)
            return Text(value, None, tuple(hold for hold in holds if hold))
        served = [(found, wording.message)]
        served += [(words[each.context], each.message) for each in wording.words]
        text = _said(found, wording, words, written, renderer)
        return replace(text, untranslated=self._untranslated(served))

    def _untranslated(
        self, served: Iterable[tuple[Entry | Problem | None, Message]]
    ) -> tuple[Untranslated, ...]:
        """Return which of some texts are in the source's words."""
        if self.may_be_same:
            return ()
        found = (untranslated(e, m) for e, m in served if not isinstance(e, Problem))
        return tuple(each for each in found if each is not None)

    def _serving(self, context: str, message: Message, near: Nearest) -> Entry | Problem | None:
        """Return the entry that serves; a pardoned one needs the tokens of today."""
        entries = [catalog.entries.get(context) for catalog in near.catalogs]
        pardoned = [self._pardoned(each, message) for each in entries]
        found = serving_entry(context, message, pardoned)
        if isinstance(found, Problem) and message.inlined:
            # The words that it lacks say more than a token that is gone.
            return serving_entry(context, message, entries)
        return found

    def _pardoned(self, entry: Entry | None, message: Message) -> Entry | None:
        """Return a stale entry as if it were made from the source of today, if that is allowed."""
        if entry is None or not self.leniency.allow_stale or not entry.translation:
            return entry
        previous = entry.previous if entry.stale and entry.previous else entry.source
        return replace(with_words_of(entry, message.msgid), stale=False, previous=previous)

    def _hold(self, problem: Problem, near: Nearest, source: Span) -> Hold | None:
        if near.broken is not None:
            file = near.broken.file
            return Hold(f"the catalog '{file}' has errors", UNREADABLE, near.broken, catalog=file)
        if problem.is_missing and self.leniency.fallback:
            return None
        catalog = near.path if problem.span is None else problem.span.file
        hint = problem.hint or f"run `storyboard locale sync` to add it to {catalog}"
        place = problem.span or source
        return Hold(problem.message, problem.code, place, hint, catalog, problem.brief, source)


def open_texts(
    assembled: Assembled, locale: str | None, leniency: Leniency, files: CatalogFiles
) -> Texts:
    """Read the catalogs of a storyboard, and of all whose texts it shows, for a locale."""
    if locale is None or locale == assembled.locales[0]:
        return Texts(True)
    chain = fallback_chain(locale)
    nearest = {}
    for file in assembled.files:
        included = file if file != assembled.storyboard.path else None
        paths = list(nearest_paths(chain, assembled.storyboard.id, included))
        nearest[file] = _open(paths, paths[0 if included is None else 1], files)
    return Texts(False, nearest, leniency, may_be_same(assembled.locales[0], locale))


def _open(paths: Sequence[str], path: str, files: CatalogFiles) -> Nearest:
    opened = [files.open(path) for path in paths]
    broken = next((Span(file.path, 1, 1, 1, 1) for file in opened if file.is_broken), None)
    catalogs = tuple(file.catalog for file in opened if file.catalog is not None)
    return Nearest(path, catalogs, broken, tuple(f for file in opened for f in file.findings))


def _said(
    found: Entry | Problem | None,
    wording: Wording,
    words: Mapping[str, Entry | Problem | None],
    written: Written,
    renderer: Renderer,
) -> Text:
    """Return the text that entries make, where all can serve."""
    assert not isinstance(found, Problem)
    texts = {
        each.context: translate(entry, each.message, {}, renderer.locale)
        for each in wording.words
        if not isinstance(entry := words[each.context], Problem)
    }
    try:
        text = translate(found, wording.reworded(texts), renderer.scope, renderer.locale)
    except TemplateFault as fault:
        renderer.refuse(fault, written)
        return Text(BROKEN)
    return Text(text, None if found is None else found.translation_span)


def _is_plain(entry: Entry, message: Message) -> bool:
    """Whether the translation can serve as it stands: the common case, and the fast one."""
    text = entry.translation
    return (
        entry.source == message.msgid
        and not entry.stale
        and not text.isspace()
        and text != ""
        and not message.counts
        and "{" not in text
        and "}" not in text
    )
