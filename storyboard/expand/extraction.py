"""The texts of a storyboard that a locale has to translate, with what a translator should know."""

from __future__ import annotations

from collections.abc import Iterator

from storyboard.catalogs.syncing import SourceText
from storyboard.catalogs.tokens import Message
from storyboard.expand.assembly import Assembled
from storyboard.expand.expansion import Setting, open_renderer
from storyboard.expand.localization import localized
from storyboard.expand.rendering import Renderer
from storyboard.expand.scenes import Take, take_scenes
from storyboard.expand.wording import wording_of
from storyboard.language.place import Written
from storyboard.source.diagnostic import Diagnostic


def extract_texts(
    assembled: Assembled, locale: str, setting: Setting
) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Return name and narrations in order, and what kept any of them from being found.

    Variables decide which scenes there are and how they are called; some have words to translate.
    """
    storyboard = assembled.storyboard
    local = localized(storyboard, locale)
    renderer = open_renderer(assembled, local, locale, setting)
    texts = [] if storyboard.name is None else list(_texts("name", storyboard.name, (), renderer))
    for take in take_scenes(assembled, local.scenes, renderer):
        narration = take.item.narration
        if narration is not None:
            context = f"{take.id}.narration"
            texts.extend(_texts(context, narration, _notes(take), take.renderer))
    return tuple(texts), tuple(renderer.findings)


def _texts(
    context: str, written: Written, remarks: tuple[str, ...], renderer: Renderer
) -> Iterator[SourceText]:
    """Yield a text, and then the words inside its expressions."""
    value, file = written.value, written.place.document.path
    if not isinstance(value, str):
        return
    wording = wording_of(context, value, renderer)
    yield SourceText(context, wording.message, (*remarks, *_meanings(wording.message)), file)
    for words in wording.words:
        yield SourceText(words.context, words.message, (words.remark,), file)


def _meanings(message: Message) -> Iterator[str]:
    """Yield what each token stands for, where its name does not say it."""
    for token in message.tokens:
        expression = " ".join(token.expression.text.split())
        if expression != token.name:
            yield f"{{{token.name}}}: {expression}"


def _notes(take: Take) -> tuple[str, ...]:
    """Return what the author notes for reviewers: translators are reviewers too."""
    notes = take.item.notes
    if notes is None or not isinstance(notes.value, str):
        return ()
    return tuple(line.strip() for line in notes.value.splitlines() if line.strip())
