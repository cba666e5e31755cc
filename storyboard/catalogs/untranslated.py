"""Translations that say what their source says: services hand back so what nobody translated.

Knows no video: what is spoken is told apart by whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from storyboard.catalogs.entry import Entry
from storyboard.catalogs.prose import has_several_words
from storyboard.catalogs.tokens import Message, split_translation
from storyboard.catalogs.unread import Oddity
from storyboard.counting import NAMES_IN_LINE, counted
from storyboard.source.diagnostic import Note
from storyboard.source.span import Span
from storyboard.spoken_tags import language_of
from storyboard.texts import same_text

CODE: Final = "translation-same"
WANTED: Final = "ignore-same"
"""The flag of Weblate's for an entry whose translation is right as its source is."""
_RIGHT: Final = f"if it is right as it is, add the flag `#, {WANTED}`"
_HINT: Final = f"translate it, or leave its msgstr empty: then the video waits; {_RIGHT}"
_SILENT_HINT: Final = f"translate it; {_RIGHT}"
"""For a name or a title, whose source serves without a translation too: no video waits for it."""


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text by its context, and where its translation stands."""

    context: str
    span: Span
    is_spoken: bool = True


def may_be_same(source: str | None, locale: str | None) -> bool:
    """Whether a translation may well be its source's words: between varieties of a language."""
    return source is None or locale is None or language_of(source) == language_of(locale)


def untranslated(
    entry: Entry | None, message: Message, *, is_spoken: bool = True
) -> Untranslated | None:
    """Return a text whose translation is its source again, and has words to translate.

    Names of people, brands, a word alone and tokens may be the same in every language.
    """
    if entry is None or entry.translation_span is None or WANTED in entry.flags:
        return None
    made_for = (message.msgid, entry.source, *filter(None, (entry.previous,)))
    if not any(same_text(entry.translation, source) for source in made_for):
        return None
    pieces = split_translation(entry.translation)
    bare = " ".join(piece if isinstance(piece, str) else "" for piece in pieces)
    if not has_several_words(bare):
        return None
    return Untranslated(entry.context, entry.translation_span, is_spoken)


def untranslated_catalogs(texts: Iterable[Untranslated]) -> Iterator[Oddity]:
    """Yield what is to be told of untranslated texts: once a catalog, each text once."""
    files: dict[str, dict[Untranslated, None]] = {}
    for text in texts:
        files.setdefault(text.span.file, {})[text] = None
    for file, found in files.items():
        first, *others = sorted(found, key=lambda each: (each.span.line, each.span.column))
        notes = [Note(f"'{each.context}' too", each.span) for each in others[: NAMES_IN_LINE - 1]]
        if len(found) > NAMES_IN_LINE:
            notes.append(Note(f"and {counted(len(found) - NAMES_IN_LINE, 'more text')}", None))
        said = (
            f"{counted(len(found), 'text')} of {file} say what the source says"
            if others
            else f"the translation of '{first.context}' says what its source says"
        )
        hint = _HINT if any(each.is_spoken for each in found) else _SILENT_HINT
        yield Oddity(CODE, said, first.span, hint, tuple(notes))
