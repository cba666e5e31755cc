"""Which passages make the film and how they are staged: the offline, extractive composer.

Every narration is made of the sources' own sentences, whole and in their order: nothing is
rewritten and nothing is added, so it reads like the source and can be no better than it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, groupby, islice
from typing import Final

from storyboard.studio.compose.choice import Choice
from storyboard.studio.compose.edges import closing, opening
from storyboard.studio.compose.naming import heading_for, name_of
from storyboard.studio.compose.notices import notices_of
from storyboard.studio.compose.pace import SCENE_SECONDS, heard_pace
from storyboard.studio.compose.request import (
    ComposedScene,
    ComposeError,
    ComposeRequest,
    Composition,
    Format,
    Source,
)
from storyboard.studio.compose.selection import choose, is_near, meet
from storyboard.studio.compose.sentences import Sentence, timed
from storyboard.studio.compose.topics import topics_of
from storyboard.studio.compose.utterances import (
    MOST,
    as_sentence,
    joined,
    language_of,
    utterances,
)
from storyboard.wire import MAX_SCENES

_SCENE_TARGET: Final = 12.0
"""Seconds of a scene, from which their number follows; a choice, as are those below."""

_BROLL_SLACK: Final = 1.3
"""How much longer than its scene a clip has to be: the real speech may take longer."""

_LONGEST_BROLL_RUN: Final = 3
"""Scenes with a clip in a row, before one shows the presenter again."""

_SAME_TOPIC: Final = 0.4
"""What it costs to part a scene within a topic, where its middle is worth 1."""

_LONGEST_SCENE: Final = 30.0
"""Seconds from which a scene is parted even inside of a sentence."""

_LEAST_SHARE: Final = 0.25
"""The part of a scene that its shorter half has at least."""

_ROUNDS: Final = 8
"""Tries at the length, each of them timed."""


Passage = tuple[Sentence, ...]


def compose(request: ComposeRequest) -> Composition:
    """Choose and stage passages; the same request gives the same scenes, always.

    By the request's stopwatch the scenes last `duration` within 5 % or 6 s, whichever is more, as
    long as the sources have enough to say and a sentence that is short enough. What answers the
    brief best is said in every film that it fits into. Raises `ComposeError` where no source says
    anything.
    """
    sentences = read_sentences(request)
    if not sentences:
        raise ComposeError("CAPTIONS_NOT_FOUND", "no source says anything")
    script = _script(request, sentences)
    passages = _ordered(script.passages, request, sentences)
    spoken = dict(zip(script.passages, script.seconds, strict=True))
    seconds = [spoken[passage] for passage in passages]
    name = _name(passages, request, sentences) if request.wants_name else None
    notices = tuple(notices_of(request, sentences, passages, sum(seconds)))
    return Composition(_staged(passages, seconds, request.sources), name, notices)


def _name(
    passages: Sequence[Passage], request: ComposeRequest, sentences: Sequence[Sentence]
) -> str | None:
    """Return a heading where most of the film is of documents, else what is spoken of most."""
    said = [sentence for passage in passages for sentence in passage]
    written = sum(sentence.speech for sentence in said if sentence.start is None)
    if 2 * written > sum(sentence.speech for sentence in said):
        numbers = dict.fromkeys(sentence.source for sentence in said)
        headings = [each.text for at in numbers for each in request.sources[at].headings]
        if (heading := heading_for(headings, request.brief)) is not None:
            return heading
    narrations = [_narration(passage) for passage in passages]
    # What is left out, as "today we talk about …", tells the topic too.
    whole = [each.text for one in request.sources for each in utterances(one, language_of(one))]
    return name_of(narrations, whole, request.brief)


def read_sentences(request: ComposeRequest) -> tuple[Sentence, ...]:
    """Return what all sources say, parted and timed by the pace of the request's stopwatch."""
    said = [utterances(source, language_of(source)) for source in request.sources]
    texts = [each.text for source in said for each in source]
    pace = heard_pace(texts[:MOST], request.stopwatch)
    every = (timed(source, number, pace) for number, source in enumerate(said))
    return tuple(islice(chain.from_iterable(every), MOST))


def scene_count(duration: float) -> int:
    """Return how many scenes to aim at for a film of so many seconds."""
    return max(1, min(MAX_SCENES, round(duration / _SCENE_TARGET)))


@dataclass(frozen=True, slots=True)
class _Script:
    """Passages in the sources' order, and how long the scene of each lasts."""

    passages: tuple[Passage, ...]
    seconds: tuple[float, ...]


def _script(request: ComposeRequest, sentences: Sequence[Sentence]) -> _Script:
    """Return what lasts nearest to the duration of what was tried: each try is timed, and the
    next one knows how long its sentences really take."""
    from storyboard.studio.compose.ranking import rank

    duration, count = request.duration, scene_count(request.duration)
    topics = topics_of(sentences, count)
    sentences = [replace(each, topic=at) for each, at in zip(sentences, topics, strict=True)]
    choice = choose(sentences, rank(sentences, request.brief), duration, count)
    silence = count * SCENE_SECONDS
    tried: dict[tuple[int, ...], _Script] = {}
    for _ in range(_ROUNDS):
        meet(choice, max(1.0, duration - silence))
        if choice.ordered in tried:
            break
        passages = tuple(_passages(choice, count))
        narrations = [_narration(passage) for passage in passages]
        script = _Script(passages, tuple(request.stopwatch(narrations)))
        tried[choice.ordered] = script
        if is_near(duration - sum(script.seconds), duration):
            return script
        _learn(choice, script)
        silence = len(passages) * SCENE_SECONDS
    return min(tried.values(), key=lambda each: abs(duration - sum(each.seconds)))


def _learn(choice: Choice, script: _Script) -> None:
    """Have the choice know how long the sentences of a timed script take."""
    at = iter(choice.ordered)
    for passage, seconds in zip(script.passages, script.seconds, strict=True):
        indices = [next(at) for _ in passage]
        spoken = max(0.1, seconds - SCENE_SECONDS)
        share = spoken / sum(choice.speech[index] for index in indices)
        for index in indices:
            choice.retime(index, choice.speech[index] * share)


def _passages(choice: Choice, count: int) -> list[Passage]:
    """Part the chosen sentences where they do not touch, and the longest parts until there are
    `count`."""
    passages: list[Passage] = []
    for index in choice.ordered:
        sentence, last = choice.sentences[index], passages[-1][-1] if passages else None
        if last and (last.source, last.position + 1) == (sentence.source, sentence.position):
            passages[-1] = (*passages[-1], sentence)
        else:
            passages.append((sentence,))
    whole: list[Passage] = []
    while len(passages) + len(whole) < count and passages:
        longest = max(range(len(passages)), key=lambda at: (_speech(passages[at]), -at))
        halves = _halves(passages[longest])
        if halves is None:
            whole.append(passages[longest])
            del passages[longest]
        else:
            passages[longest : longest + 1] = halves
    return sorted([*passages, *whole], key=lambda passage: (passage[0].source, passage[0].position))


def _halves(passage: Passage) -> tuple[Passage, Passage] | None:
    """Part a passage where one can begin, as near to its middle as that is; `None` where it is
    short, or one sentence that is not very long."""
    length = _speech(passage)
    if length < _SCENE_TARGET:
        return None

    before = [0.0, *accumulate(sentence.speech for sentence in passage)]

    def cost(cut: int) -> float:
        off = abs(2 * before[cut] / length - 1)
        goes_on = passage[cut].topic == passage[cut - 1].topic
        return off + opening(passage[cut]) + closing(passage[cut - 1]) + _SAME_TOPIC * goes_on

    inside = range(1, len(passage))
    cuts = [at for at in inside if passage[at].begins or length > _LONGEST_SCENE]
    least = _LEAST_SHARE * length
    cuts = [at for at in cuts if min(before[at], length - before[at]) >= least]
    at = min(cuts, key=cost, default=None)
    return None if at is None else (passage[:at], passage[at:])


def _ordered(
    passages: Sequence[Passage], request: ComposeRequest, sentences: Sequence[Sentence]
) -> Sequence[Passage]:
    """Highlights run through one source after the other; an explainer goes through all at once."""
    if request.format is Format.SESSION_HIGHLIGHTS:
        return passages
    lengths = {sentence.source: sentence.position + 1 for sentence in sentences}
    return sorted(passages, key=lambda p: (p[0].position / lengths[p[0].source], p[0].source))


def _staged(
    passages: Sequence[Passage], seconds: Sequence[float], sources: Sequence[Source]
) -> tuple[ComposedScene, ...]:
    """Open and close with the presenter alone; in between show the source, three times at most
    before the presenter is seen again, who comes back at even distances."""
    last = len(passages) - 1 if len(passages) > 2 else len(passages)
    starts = [
        _shown_from(passage, length, sources) if 0 < number < last else None
        for number, (passage, length) in enumerate(zip(passages, seconds, strict=True))
    ]
    for number in _breaks([start is not None for start in starts]):
        starts[number] = None
    return tuple(
        ComposedScene(_narration(passage))
        if start is None
        else ComposedScene(_narration(passage), sources[passage[0].source].entry_id, start)
        for passage, start in zip(passages, starts, strict=True)
    )


def _shown_from(passage: Passage, length: float, sources: Sequence[Source]) -> float | None:
    """Return where the clip starts, `None` where it would hardly outlast the scene."""
    start, end = passage[0].start, sources[passage[0].source].seconds
    return start if start is not None and start + _BROLL_SLACK * length <= end else None


def _breaks(shows: Sequence[bool]) -> Iterator[int]:
    """Yield the scenes that part runs of b-roll, so that none is longer than three."""
    first = 0
    for is_shown, group in groupby(shows):
        run = len(list(group))
        count = max(0, -(-(run - _LONGEST_BROLL_RUN) // (_LONGEST_BROLL_RUN + 1)))
        if is_shown:
            yield from (first + run * (n + 1) // (count + 1) for n in range(count))
        first += run


def _narration(passage: Passage) -> str:
    """Return what a scene says: it begins and ends as a sentence, even where it has only a part."""
    return as_sentence(joined([sentence.text for sentence in passage]))


def _speech(passage: Passage) -> float:
    return sum(sentence.speech for sentence in passage)
