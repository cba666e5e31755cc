"""How long films take and how long they are waited for, by the last ones made here. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from storyboard.state.model import FilmRecord, State

_RECENT: Final = 20
"""Films that count: a machine or a studio of last month may have been another."""

_START: Final = 0.5
"""Seconds that any film takes to begin and to be joined; shorter ones are not told apart."""

_SEEN_LATE: Final = 2.0
"""Seconds by which the end of one film may seem to lie behind the beginning of the next: a state
has whole seconds, and both are noticed by asking. A choice: the local studio is asked each half
second."""


def film_rate(state: State) -> float | None:
    """Return the seconds that a second of speech takes to render, by the last films made here.

    Films that were recorded without their work count as long as they are. `None` before the first.
    """
    timed = ((film.took_seconds, _work(film)) for film in _recent(state))
    known = [(took, done) for took, done in timed if took and done]
    if not known:
        return None
    # Over all films together: long ones tell more.
    return sum(max(0.0, took - _START) for took, _ in known) / sum(done for _, done in known)


def most_at_once(state: State) -> int:
    """Return how many of the last films were in the making together; 0 before the first.

    Of films of a few seconds, their times do not tell: those count as made one after another.
    """
    moments: list[tuple[float, int]] = []
    most = running = 0
    for film in _recent(state):
        most, end, took = 1, _ended(film), film.took_seconds or 0.0
        # Shorter ones would be nothing, or less, once what is uncertain is taken off.
        if end is not None and took > 2 * _SEEN_LATE:
            moments += [(end - took + _SEEN_LATE, 1), (end, -1)]
    for _, step in sorted(moments):  # at one moment, ends come first
        running += step
        most = max(most, running)
    return most


def expected_seconds(rate: float | None, work: float) -> float | None:
    """Return how long rendering so many seconds of speech takes, where that is known."""
    return None if rate is None else round(_START + work * rate, 1)


def guessed_seconds(rate: float | None, work: float) -> float:
    """Return the same, or minutes where nothing was made here before (guide §9)."""
    known = expected_seconds(rate, work)
    # "1–5 minutes for typical videos": a minute, and twice the speech, is in that range for most.
    return 60.0 + 2.0 * work if known is None else max(1.0, known)


def expected_wait(films: Sequence[float | None], at_once: int) -> float | None:
    """Return how long films are waited for that take so many seconds each, so many at once.

    Never less than the longest. `None` without films, and where one of them is not known.
    """
    known = [seconds for seconds in films if seconds is not None]
    if not known or len(known) < len(films):
        return None
    return round(max(*known, sum(known) / max(1, at_once)), 1)


def _recent(state: State) -> Iterator[FilmRecord]:
    """Yield the last films of which is known how long they took."""
    films = (film for record in state.videos.values() for film in record.films)
    timed = (
        (film.made_at, number, film)
        for number, film in enumerate(films)
        if film.work_seconds != 0 and film.took_seconds and _work(film)
    )
    return (film for _, _, film in heapq.nlargest(_RECENT, timed, key=lambda each: each[:2]))


def _work(film: FilmRecord) -> float | None:
    return film.work_seconds or film.duration_seconds


def _ended(film: FilmRecord) -> float | None:
    """Return when a film was ready, as a unix time; states may have been sent, and say anything."""
    try:
        return datetime.fromisoformat(film.made_at).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
