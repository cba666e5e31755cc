"""Which passages make the film and how they are staged: the offline, extractive composer.

Every narration is made of the sources' own sentences, whole and in their order: nothing is
rewritten and nothing is added, so it reads like the source and can be no better than it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from storyboard.kaltura.wire import MAX_SCENES
from storyboard.studio.compose.naming import name_of
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
    Format,
    Source,
)
from storyboard.studio.compose.selection import select
from storyboard.studio.compose.sentences import Sentence, joined, sentences_of

MAX_SENTENCES: Final = 20_000
"""About twenty hours of speech; later sentences are not read."""

_SCENE_TARGET: Final = 12.0
_BROLL_SLACK: Final = 1.3
_LONGEST_BROLL_RUN: Final = 3


def compose(request: ComposeRequest) -> Composition:
    """Choose and stage passages; the same request gives the same scenes, always.

    The scenes last `duration` within 5 % or 6 s (half of the longest sentence), whichever is more,
    as long as the sources have enough to say; speech is reckoned at 15 characters a second.
    Raises `ComposeError` where no source says anything.
    """
    sentences = tuple(
        sentence
        for number, source in enumerate(request.sources)
        for sentence in sentences_of(source, number)
    )[:MAX_SENTENCES]
    if not sentences:
        raise ComposeError("CAPTIONS_NOT_FOUND", "no source says anything")
    from storyboard.studio.compose.ranking import rank

    scores = rank(sentences, request.brief)
    count = scene_count(request.duration)
    chosen = select(sentences, [float(score) for score in scores], request.duration, count)
    passages = _ordered(_passages(chosen, count), request, sentences)
    name = name_of([s.text for s in chosen]) if request.wants_name else None
    return Composition(_staged(passages, request.sources), name)


def scene_count(duration: float) -> int:
    """Return how many scenes to aim at for a film of so many seconds."""
    return max(1, min(MAX_SCENES, round(duration / _SCENE_TARGET)))


Passage = tuple[Sentence, ...]


def _passages(chosen: Sequence[Sentence], count: int) -> list[Passage]:
    """Part the chosen sentences where they do not touch, and the longest parts until there are
    `count`."""
    passages: list[Passage] = []
    for sentence in chosen:
        last = passages[-1][-1] if passages else None
        if last and (last.source, last.position + 1) == (sentence.source, sentence.position):
            passages[-1] = (*passages[-1], sentence)
        else:
            passages.append((sentence,))
    while len(passages) < count:
        index = max(range(len(passages)), key=lambda at: (_speech(passages[at]), -at))
        halves = _halves(passages[index])
        if halves is None:
            break
        passages[index : index + 1] = halves
    return passages


def _halves(passage: Passage) -> tuple[Passage, Passage] | None:
    """Part a passage between the sentences nearest to its middle; `None` where it is short."""
    if len(passage) < 2 or _speech(passage) < _SCENE_TARGET:
        return None
    middle = _speech(passage) / 2
    at = min(range(1, len(passage)), key=lambda cut: abs(_speech(passage[:cut]) - middle))
    return passage[:at], passage[at:]


def _ordered(
    passages: list[Passage], request: ComposeRequest, sentences: Sequence[Sentence]
) -> list[Passage]:
    """Highlights run through one source after the other; an explainer goes through all at once."""
    if request.format is Format.SESSION_HIGHLIGHTS:
        return passages
    lengths = {sentence.source: sentence.position + 1 for sentence in sentences}
    return sorted(passages, key=lambda p: (p[0].position / lengths[p[0].source], p[0].source))


def _staged(passages: Sequence[Passage], sources: Sequence[Source]) -> tuple[ComposedScene, ...]:
    """Open and close with the presenter alone; in between show the source, three times at most
    before the presenter is seen again."""
    scenes: list[ComposedScene] = []
    run = 0
    for number, passage in enumerate(passages):
        narration = joined([sentence.text for sentence in passage])
        source, start = sources[passage[0].source], passage[0].start
        is_edge = number == 0 or (number == len(passages) - 1 and len(passages) > 2)
        shows = not is_edge and run < _LONGEST_BROLL_RUN and _can_show(source, passage)
        run = run + 1 if shows else 0
        if shows and start is not None:
            scenes.append(ComposedScene(narration, source.entry_id, start))
        else:
            scenes.append(ComposedScene(narration))
    return tuple(scenes)


def _can_show(source: Source, passage: Passage) -> bool:
    """Return whether the clip goes on for longer than the presenter speaks over it."""
    start = passage[0].start
    needed = _speech(passage) * _BROLL_SLACK + 1.0
    return start is not None and start + needed <= source.seconds


def _speech(passage: Passage) -> float:
    return sum(sentence.speech for sentence in passage)
