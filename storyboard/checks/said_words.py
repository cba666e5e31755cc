"""Which words the files tell how to say, and which of them narrations have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from storyboard.expand.compiled import Compiled
from storyboard.expand.localization import localized
from storyboard.language.place import Place
from storyboard.language.project import Project
from storyboard.language.storyboard import Storyboard
from storyboard.narration.phonemes import has_phonemes
from storyboard.narration.pronunciation import Say, said_in, say_of
from storyboard.source.span import Span
from storyboard.spoken_tags import language_of
from storyboard.video import Video

_LATIN: Final = re.compile("[A-Za-z]")


def say_table(project: Project, compiled: Compiled) -> Say:
    """Return each word that the files tell how to say, whichever locale says it so."""
    board = compiled.storyboard
    blocks = (block.say for block in board.localize.values())
    tables = (project.say, board.say, *blocks)
    return say_of({word: said for table in tables for word, said in table.items()})


@dataclass(frozen=True, slots=True)
class BorrowedSay:
    """A row of `say` that is for the source's voice, and that another language's voice says."""

    locale: str
    word: str
    span: Span


def borrowed_rows(project: Project, compiled: Compiled) -> Iterator[BorrowedSay]:
    """Yield the rows that are respelled for one language and heard in another.

    What `localize` says is for its locale. Phonemes and other scripts are no respelling of Latin
    letters.
    """
    board, source = compiled.storyboard, compiled.assembled.locales[0]
    places = {word: place for place, say in _base(project, board) for word in say}
    rows = {word: said for _, say in _base(project, board) for word, said in say.items()}
    latin = {w: s for w, s in rows.items() if _LATIN.search(s) and not has_phonemes(s)}
    for video in compiled.videos if latin else ():
        locale = video.address.locale
        if locale is None or source is None or language_of(locale) == language_of(source):
            continue
        own = localized(board, locale).say
        foreign = say_of({word: said for word, said in latin.items() if word not in own})
        for word in sorted(said_words([video], foreign)):
            place = places[word]
            if place is not None:
                yield BorrowedSay(locale, word, place.at("say", word).key_span)


def _base(
    project: Project, board: Storyboard
) -> tuple[tuple[Place | None, Mapping[str, str]], ...]:
    """Return the tables that are for all locales, weakest first, with the places around them."""
    return (project.place, project.say), (board.place, board.say)


def said_words(videos: Iterable[Video], say: Say) -> frozenset[str]:
    """Return the words of a table that narrations have."""
    scenes = [scene for video in videos for scene in video.scenes] if say else []
    texts = dict.fromkeys(scene.narration for scene in scenes if scene.narration)
    # Row by row: in another locale, a longer row that has the word may not count.
    return frozenset(row[0] for row in say if any(said_in(text, (row,)) for text in texts))


def writes_scenes(compiled: Compiled) -> bool:
    """Whether the studio writes the scenes of some video: what they will say is not known."""
    return any(video.compose is not None for video in compiled.videos)
