"""Which files the films of a state show, where who made them did not know. Pure.

Whoever reaches only the API of a local studio has films made of what the studio holds. The next who
has the files at hand knows them by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from storyboard.plan.shown import film_fingerprint
from storyboard.state.film_identity import knows_files
from storyboard.state.model import FilmRecord, State, VideoRecord
from storyboard.video import Video


def unknown_files(state: State, videos: Sequence[Video], digests: Mapping[str, str]) -> bool:
    """Whether a published film is of what is wanted, but for files that it may show."""
    return any(_films(state, videos, digests))


def with_files(state: State, videos: Sequence[Video], held: Mapping[str, str]) -> State:
    """Return the state whose films show what the studio holds: entry id → sha256 (hex)."""
    for video, record, film in [*_films(state, videos, held)]:
        known = replace(film, fingerprint=film_fingerprint(video, held))
        record = replace(record, films=(*record.films[:-1], known))
        state = state.with_video(video.address, record)
    return state


def _films(
    state: State, videos: Sequence[Video], digests: Mapping[str, str]
) -> Iterator[tuple[Video, VideoRecord, FilmRecord]]:
    for video in videos if digests else ():
        record = state.videos.get(video.address)
        film = None if record is None else record.film
        if record is None or film is None or knows_files(film.fingerprint):
            continue
        wanted = film_fingerprint(video, digests)
        if knows_files(wanted) and film.fingerprint == film_fingerprint(video, {}):
            yield video, record, film
