"""The texts of a storyboard that a locale has to translate, with what a translator should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from storyboard.catalogs.remarks import with_example
from storyboard.catalogs.syncing import SourceText
from storyboard.catalogs.tokens import Message, Token
from storyboard.expand.assembly import Assembled
from storyboard.expand.expansion import Setting, open_cast, open_renderer
from storyboard.expand.localization import Localized, localized
from storyboard.expand.rendering import Renderer
from storyboard.expand.scenes import Take, take_scenes
from storyboard.expand.titles import title_texts
from storyboard.expand.value_check import ValueCheck
from storyboard.expand.wording import wording_of
from storyboard.language.place import Written
from storyboard.source.diagnostic import Diagnostic
from storyboard.templates.evaluating import Rendering
from storyboard.templates.faults import TemplateFault
from storyboard.templates.work import work_of_a_video

_BRACES: Final = "{{ and }} stand for a brace: keep them doubled"


@work_of_a_video()
def extract_texts(
    assembled: Assembled, locale: str, setting: Setting
) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
    """Return name, narrations in order and titles, and what kept any of them from being found.

    Variables decide which scenes there are and how they are called; some have words to translate.
    """
    storyboard = assembled.storyboard
    local = localized(storyboard, locale)
    renderer = open_renderer(assembled, local, locale, setting)
    texts = [] if storyboard.name is None else [*_silent("name", storyboard.name, renderer)]
    takes = take_scenes(assembled, local.scenes, renderer)
    for take in takes:
        narration = take.item.narration
        if narration is not None:
            context = f"{take.id}.narration"
            texts.extend(_texts(context, narration, _notes(take), take.renderer))
    texts.extend(_titles(assembled, local, takes, renderer, setting))
    return tuple(texts), renderer.found


def _titles(
    assembled: Assembled,
    local: Localized,
    takes: Sequence[Take],
    renderer: Renderer,
    setting: Setting,
) -> Iterator[SourceText]:
    """Yield the titles that scenes show, the storyboard's and the project's."""
    storyboard, project = assembled.storyboard, setting.project
    cast = open_cast(storyboard, local, setting, renderer, ValueCheck(is_silent=True))
    own = local.avatar or storyboard.avatar or project.avatar
    for context, written in title_texts(takes, own, cast.titles, cast):
        yield from _silent(context, written, renderer)


def _silent(context: str, written: Written, renderer: Renderer) -> Iterator[SourceText]:
    """Yield what is shown and not spoken."""
    for text in _texts(context, written, (), renderer):
        yield replace(text, is_spoken=False)


def _texts(
    context: str,
    written: Written,
    remarks: tuple[str, ...],
    renderer: Renderer,
) -> Iterator[SourceText]:
    """Yield a text and the words inside its expressions, with the file that they are written in."""
    value, file = written.value, written.place.document.path
    if not isinstance(value, str):
        return
    wording = wording_of(context, value, renderer)
    yield SourceText(
        context, wording.message, (*remarks, *_meanings(wording.message, renderer)), file
    )
    for words in wording.words:
        yield SourceText(words.context, words.message, (words.remark,), file)


def _meanings(message: Message, renderer: Renderer) -> Iterator[str]:
    """Yield what each token stands for, with what a video says for it."""
    for token in message.tokens:
        expression = " ".join(token.expression.text.split())
        example = _example(token, renderer)
        named = expression if expression != token.name else ""
        told = ", ".join(filter(None, (named, example and with_example(example))))
        if told:
            yield f"{{{token.name}}}: {told}"
    if "{{" in message.msgid or "}}" in message.msgid:
        yield _BRACES


def _example(token: Token, renderer: Renderer) -> str:
    """Return what the locale's video says for a token; nothing where that is at fault."""
    try:
        said = token.expression.render_text(Rendering(renderer.scope, renderer.locale))
    except TemplateFault:
        return ""  # told by whoever renders the text itself
    return " ".join(said.split())


def _notes(take: Take) -> tuple[str, ...]:
    """Return what the author notes for reviewers: translators are reviewers too."""
    notes = take.item.notes
    if notes is None or not isinstance(notes.value, str):
        return ()
    return tuple(line.strip() for line in notes.value.splitlines() if line.strip())
