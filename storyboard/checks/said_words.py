"""Which words the files tell how to say, and which of them narrations have."""

from __future__ import annotations

from collections.abc import Iterable

from storyboard.expand.compiled import Compiled
from storyboard.language.project import Project
from storyboard.narration.pronunciation import Say, said_in, say_of
from storyboard.video import Video


def say_table(project: Project, compiled: Compiled) -> Say:
    """Return each word that the files tell how to say, whichever locale says it so."""
    board = compiled.storyboard
    blocks = (block.say for block in board.localize.values())
    tables = (project.say, board.say, *blocks)
    return say_of({word: said for table in tables for word, said in table.items()})


def said_words(videos: Iterable[Video], say: Say) -> frozenset[str]:
    """Return the words of a table that narrations have."""
    scenes = [scene for video in videos for scene in video.scenes] if say else []
    texts = dict.fromkeys(scene.narration for scene in scenes if scene.narration)
    # Row by row: in another locale, a longer row that has the word may not count.
    return frozenset(row[0] for row in say if any(said_in(text, (row,)) for text in texts))


def writes_scenes(compiled: Compiled) -> bool:
    """Whether the studio writes the scenes of some video: what they will say is not known."""
    return any(video.compose is not None for video in compiled.videos)
