"""How good the texts are that the local studio composes of talks: shares, counted in our own talks.

The talks stand in `tests/cases/talks/`: meetings, lectures, automatic captions, podcasts, minutes,
documents, in six languages. A minute is composed of each. And how long a talk of two hours takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from benchmarks.measuring import Row, seconds
from storyboard.studio.compose.captions import read_captions
from storyboard.studio.compose.request import ComposeRequest, Format, Source
from storyboard.studio.compose.scenes import compose
from tests.support.talks import Quality, as_captions, judged, request_for, talks

_LONG_SECONDS = 7200.0
_SECONDS_OF_A_SENTENCE = 6.0


def measure() -> Iterator[Row]:
    """Compose a film of each talk, and count; then one of a long talk."""
    made = [(talk, judged(talk, compose(request_for(talk)))) for talk in talks()]
    blind = sum((each for talk, each in made if talk.style == "stream"), Quality())
    yield from rows(sum((each for _, each in made), Quality()), blind)
    captions = long_talk()
    yield Row("a talk of two hours, ten minutes composed of it", _taken(captions), "s", "≤ 10")


def long_talk() -> str:
    """Return the captions of two hours of sentences of all English talks, in turn."""
    said = [line for talk in talks() if talk.language == "en" for line in talk.lines if line.topic]
    count = round(_LONG_SECONDS / _SECONDS_OF_A_SENTENCE)
    lines = [line for line, _ in zip(cycle(said), range(count), strict=False)]
    return as_captions(next(talk for talk in talks() if talk.style == "zoom"), lines)


def _taken(captions: str) -> float:
    def act() -> None:
        source = Source("1_talk0001", "talk", _LONG_SECONDS, read_captions(captions))
        compose(ComposeRequest(Format.SESSION_HIGHLIGHTS, 600.0, (source,), wants_name=True))

    return seconds(act)


def rows(total: Quality, blind: Quality) -> Iterator[Row]:
    """Yield the shares of what was counted, each with its numbers.

    `blind` are the talks in which neither stops nor pauses tell where sentences end.
    """
    told = (total.whole - blind.whole, total.sentences - blind.sentences)
    for name, part, whole, bound in (
        ("sentences that are whole and as they were said", *told, "≥ 95"),
        ("the same, of captions without stops and pauses", blind.whole, blind.sentences, "≥ 55"),
        ("scenes that begin with a small letter", total.lower, total.scenes, "0"),
        ("scenes that end without a full stop", total.unended, total.scenes, "0"),
        ("scenes with a speaker's label", total.labels, total.scenes, "0"),
        ("scenes with a filler, doubled word or direction", total.fillers, total.scenes, "0"),
        ("scenes with a greeting, farewell, advert or table", total.noise, total.scenes, "≤ 5"),
        ("topics of the talks that are spoken of", total.covered, total.topics, "≥ 90"),
        ("names that name the topic", total.named, total.films, "≥ 90"),
    ):
        yield Row(name, 100 * part / max(1, whole), "%", bound, f"{part} of {whole}")
