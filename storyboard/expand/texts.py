"""What a field says in one locale: from the catalogues, or why the video has to wait.

Catalogues are `locales/<tag>/<storyboard>.po`, for the locale and for those it may fall back to
inside its language. A translation is data: its `{tokens}` are replaced, it is never a template.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from storyboard.catalogs.catalog import (
    Catalog,
    Entry,
    Message,
    Problem,
    message_of,
    read_catalog,
    serving_entry,
    translate,
)
from storyboard.expand.rendering import BROKEN, Renderer
from storyboard.language.place import Written
from storyboard.language.sources import Sources
from storyboard.locales import fallback_chain
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.span import Span
from storyboard.templates.expressions import TemplateFault
from storyboard.video import Hold

UNREADABLE: Final = "translation-unreadable"
OPTIONAL: Final = ("translation-missing", "translation-stale")
"""What keeps no video back where it happens to its name: the source's name serves."""


@dataclass(frozen=True, slots=True)
class Leniency:
    """Which holds are lifted: on translations of an older source, and on missing ones."""

    allow_stale: bool = False
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What a field says; `span` is its place where a catalogue has it, `hold` why it must wait.

    With a hold, the value is the source's text: something to show, nothing to apply.
    """

    value: Any
    span: Span | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one video; `catalogs` nearest first, none where it speaks the source's language.

    `findings` are what is wrong in them; `unreadable` is the place of a catalogue with errors, for
    which the whole video waits.
    """

    is_source: bool
    catalogs: tuple[Catalog, ...] = ()
    leniency: Leniency = Leniency()
    unreadable: Span | None = None
    findings: tuple[Diagnostic, ...] = ()

    def narration(self, scene_id: str, written: Written, renderer: Renderer) -> Text:
        """Return what a scene says."""
        if self.is_source or not isinstance(written.value, str):
            return Text(renderer.render(written))
        return self._translated(f"{scene_id}.narration", written, renderer)

    def name(self, written: Written, renderer: Renderer) -> Text:
        """Return the video's name; the source's serves unless there is a translation of it."""
        if self.is_source or not isinstance(written.value, str):
            return Text(renderer.render(written))
        text = self._translated("name", written, renderer)
        if text.hold is not None and text.hold.code in OPTIONAL:
            return Text(text.value)
        return text

    def _translated(self, context: str, written: Written, renderer: Renderer) -> Text:
        """Return the nearest translation that can serve, else the source's text and a hold."""
        message = message_of(written.value)
        entries = [catalog.entries.get(context) for catalog in self.catalogs]
        nearest = entries[0] if entries else None
        if nearest is not None and _is_plain(nearest, message):
            return Text(nearest.translation, nearest.translation_span)
        pardoned = [self._pardoned(entry, message) for entry in entries]
        found = serving_entry(context, message, pardoned)
        if isinstance(found, Problem):
            hold = self._hold(found, written.place.span)
            return Text(renderer.render(written), None, hold)
        try:
            text = translate(found, message, renderer.scope, renderer.locale)
        except TemplateFault as fault:
            renderer.refuse(fault, written)
            return Text(BROKEN)
        return Text(text, None if found is None else found.translation_span)

    def _pardoned(self, entry: Entry | None, message: Message) -> Entry | None:
        """Return a stale entry as if it were made from the source of today, if that is allowed."""
        if entry is None or not self.leniency.allow_stale or not entry.translation:
            return entry
        return replace(entry, stale=False, source=message.msgid)

    def _hold(self, problem: Problem, source: Span) -> Hold | None:
        if self.unreadable is not None:
            return Hold("a catalogue has errors", UNREADABLE, self.unreadable)
        if problem.is_missing and self.leniency.fallback:
            return None
        return Hold(problem.message, problem.code, problem.span or source, problem.hint)


def open_texts(
    storyboard: str, locale: str | None, source: str | None, leniency: Leniency, sources: Sources
) -> Texts:
    """Read the catalogues of a storyboard for a locale."""
    if locale is None or locale == source:
        return Texts(True)
    catalogs: list[Catalog] = []
    findings: list[Diagnostic] = []
    unreadable = None
    for tag in fallback_chain(locale):
        path = f"locales/{tag}/{storyboard}.po"
        content = sources.content(path)
        if content is None:
            continue
        catalog, found = read_catalog(path, content)
        findings += found
        if catalog is None:
            unreadable = Span(path, 1, 1, 1, 1)
        else:
            catalogs.append(catalog)
    return Texts(False, tuple(catalogs), leniency, unreadable, tuple(findings))


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
