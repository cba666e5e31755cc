"""The texts of one storyboard in one locale: from its catalogues, or why the video has to wait.

Catalogues are `locales/<tag>/<storyboard>.po`, for the locale and for those it may fall back to
inside its language. A translation is data: its `{tokens}` are replaced, it is never a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.expand.catalog import Catalog, Entry, read_catalog
from storyboard.expand.locales import fallback_chain
from storyboard.expand.rendering import Renderer
from storyboard.language.place import Written
from storyboard.language.sources import Sources
from storyboard.language.storyboard import Storyboard
from storyboard.source.span import Span
from storyboard.video import Hold

MISSING = "translation-missing"
STALE = "translation-stale"


@dataclass(frozen=True, slots=True)
class Leniency:
    """Which holds are lifted: on translations of an older source, and on missing ones."""

    allow_stale: bool = False
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """What a field says in the locale; `span` is its place where a catalogue has it."""

    value: Any
    span: Span | None = None
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Translations:
    """The catalogues of one video, nearest first; none where it speaks the source's language."""

    locale: str | None
    is_source: bool
    catalogs: tuple[Catalog, ...]
    leniency: Leniency

    def text(self, context: str, written: Written, renderer: Renderer) -> Text:
        return Text(renderer.render(written))

    def name(self, written: Written, renderer: Renderer) -> Text:
        return Text(renderer.render(written))


def open_translations(
    storyboard: Storyboard,
    locale: str | None,
    source: str | None,
    leniency: Leniency,
    sources: Sources,
) -> Translations:
    return Translations(locale, True, (), leniency)
