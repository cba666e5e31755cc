"""Which films of a part of the scenes find the scene that breaks the whole film. Makes none.

The film of all scenes failed. Halves of what is left are filmed; where the first one is made, the
other is taken to fail without a film of its own, which saves half of the films. So what is found
that way is filmed alone before it is blamed, and last a film of all other scenes is made: only that
tells one broken scene from several, and from a studio that makes no films at all for a while.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from storyboard.plan.limits import Bounds
from storyboard.plan.needs import speech_of
from storyboard.plan.over_limits import refuse_test_films
from storyboard.plan.refusal import Refusal
from storyboard.video import Video

Scenes = tuple[int, ...]
"""Scenes of a video by their indexes, in order."""


class SearchOutcome(Enum):
    """What the test films showed."""

    SCENE = "scene"
    SEVERAL = "several"
    TOGETHER = "together"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of which scenes.

    `SCENE`: one fails alone, and the film is made without it. `SEVERAL`: one fails alone, and the
    film without it fails, too. `TOGETHER`: these fail, and no single one of them was seen to.
    `NONE`: every test film was made.
    """

    verdict: SearchOutcome
    scenes: Scenes = ()


@dataclass(frozen=True, slots=True)
class Cost:
    """Test films, and the seconds of their speech."""

    films: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BisectPlan:
    """The search of one video's scenes: the `most` that it can take, and what refuses that."""

    video: Video
    most: Cost
    refusals: tuple[Refusal, ...] = ()


def plan_bisection(video: Video, bounds: Bounds) -> BisectPlan:
    """Plan the search of a video whose film failed, within the limits of one apply."""
    most = most_cost([*speech_of(video).values()])
    refusals = refuse_test_films(most.films, most.seconds, video.address, bounds)
    return BisectPlan(video, most, tuple(refusals))


def search(count: int) -> Generator[Scenes, bool, Found]:
    """Yield the parts to film, and take whether the film failed; returns what was found."""
    everything = tuple(range(count))
    # The film of all scenes failed before this began: it is not made once more.
    left, failing, known = everything, everything, {everything: True}
    while len(left) > 1:
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        known[first] = yield first
        left = first if known[first] else second
        failing = first if known[first] else failing
    if left not in known:
        known[left] = yield left
    if not known[left]:
        return (
            Found(SearchOutcome.NONE)
            if failing == everything
            else Found(SearchOutcome.TOGETHER, failing)
        )
    rest = tuple(index for index in everything if index not in left)
    if rest and rest not in known:
        known[rest] = yield rest
    return Found(SearchOutcome.SEVERAL if known.get(rest) else SearchOutcome.SCENE, left)


def most_cost(seconds: Sequence[float]) -> Cost:
    """Return the most films, and the most seconds of speech, that a search can take."""
    ends = list(_ends(seconds, ()))
    return Cost(max(end.films for end in ends), max(end.seconds for end in ends))


def _ends(seconds: Sequence[float], answers: tuple[bool, ...]) -> Iterator[Cost]:
    """Yield what each course of a search costs that begins with these answers."""
    searching, cost = search(len(seconds)), Cost()
    try:
        part = next(searching)
        for failed in answers:
            cost = _with(cost, part, seconds)
            part = searching.send(failed)
    except StopIteration:
        yield cost
        return
    # Every course, and no formula that could be wrong: with 20 scenes there are fewer than 100.
    for failed in (True, False):
        yield from _ends(seconds, (*answers, failed))


def _with(cost: Cost, part: Scenes, seconds: Sequence[float]) -> Cost:
    return Cost(cost.films + 1, cost.seconds + sum(seconds[index] for index in part))
