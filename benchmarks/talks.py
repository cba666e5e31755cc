"""How good the texts are that the local studio composes of talks: shares, counted in our own talks.

The talks stand in `tests/cases/talks/`: meetings, lectures, automatic captions, podcasts, minutes
and documents, in six languages. A minute is composed of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measuring import Row
from storyboard.studio.compose.scenes import compose
from tests.support.talks import Quality, judged, request_for, talks


def measure() -> Iterator[Row]:
    """Compose a film of each talk, and count."""
    total = sum((judged(talk, compose(request_for(talk))) for talk in talks()), Quality())
    yield from rows(total)


def rows(total: Quality) -> Iterator[Row]:
    """Yield the shares of what was counted, each with its numbers."""
    for name, part, whole, bound in (
        ("sentences that are whole and as they were said", total.whole, total.sentences, "≥ 95"),
        ("scenes that begin with a small letter", total.lower, total.scenes, "0"),
        ("scenes that end without a full stop", total.unended, total.scenes, "0"),
        ("scenes with a speaker's label", total.labels, total.scenes, "0"),
        ("scenes with a filler, doubled word or direction", total.fillers, total.scenes, "0"),
        ("scenes with a greeting, farewell, advert or table", total.noise, total.scenes, "≤ 5"),
        ("topics of the talks that are spoken of", total.covered, total.topics, "≥ 90"),
        ("names that name the topic", total.named, total.films, "≥ 90"),
    ):
        yield Row(name, 100 * part / max(1, whole), "%", bound, f"{part} of {whole}")
