"""The texts of a storyboard that a locale has to translate, as they are written. Renders none."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.syncing import SourceText
from storyboard.catalogs.tokens import message_of
from storyboard.expand.assembly import Assembled
from storyboard.expand.expansion import Setting, open_renderer
from storyboard.expand.localization import localized
from storyboard.expand.scenes import Take, take_scenes
from storyboard.language.place import Written
from storyboard.source.diagnostic import Diagnostic


def extract_texts(
    assembled: Assembled, locale: str, setting: Setting
) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Return name and narrations in order, and what kept any of them from being found.

    Variables decide only which scenes there are and how they are called.
    """
    storyboard = assembled.storyboard
    local = localized(storyboard, locale)
    renderer = open_renderer(storyboard, local, locale, setting)
    texts = [] if storyboard.name is None else list(_text("name", storyboard.name, ()))
    for take in take_scenes(assembled, local.scenes, renderer):
        narration = take.item.narration
        if narration is not None:
            context = f"{take.id}.narration"
            texts.extend(_text(context, narration, _notes(take)))
    return tuple(texts), tuple(renderer.findings)


def _text(context: str, written: Written, remarks: tuple[str, ...]) -> Iterator[SourceText]:
    value, file = written.value, written.place.document.path
    if isinstance(value, str):
        yield SourceText(context, message_of(value), (*remarks, *_meanings(value)), file)


def _meanings(text: str) -> Iterator[str]:
    """Yield what each token stands for, where its name does not say it."""
    for token in message_of(text).tokens:
        expression = " ".join(token.expression.text.split())
        if expression != token.name:
            yield f"{{{token.name}}}: {expression}"


def _notes(take: Take) -> tuple[str, ...]:
    """Return what the author notes for reviewers: translators are reviewers too."""
    notes = take.item.notes
    if notes is None or not isinstance(notes.value, str):
        return ()
    return tuple(line.strip() for line in notes.value.splitlines() if line.strip())
