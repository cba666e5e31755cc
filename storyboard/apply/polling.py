"""How a studio is asked again and again how far its films are: the one loop of apply and wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from storyboard.apply.observer import FilmProgress, Observer
from storyboard.errors import StudioError
from storyboard.kaltura.objects import FilmShare, RemoteVideo
from storyboard.kaltura.pages import Needed, nobody
from storyboard.plan.current import Lister, fetch_videos
from storyboard.video import Address

_SILENT_POLLS = 5
"""Polls without an answer, one after the other, before a film is left to the next run: most of a
minute with the usual pause, in which a studio may be restarted. A choice."""
_LIKELY_SHARE = 0.95
"""A guess never says that a film is ready: the studio does."""

_STUCK_SECONDS = 10.0
"""For which a film lacks a worker before that is told: one may only take another's place, or be
about to start. A choice."""
_STUCK = (
    "waits, and no worker of the local studio is there to make it; start one with the "
    "options of its server: storyboard studio worker"
)

_TELLING_SHARE = 0.02
_TELLING_SECONDS = 1.0
"""Below these a share says nothing yet of the time that is left."""


class Polled(Lister, Protocol):
    """What polling needs of a client."""

    async def film_progress(self, video_ids: Sequence[str]) -> dict[str, FilmShare]:
        """Fetch how far films are, where the studio tells it."""
        ...


@dataclass(slots=True)
class Poll:
    """Looks at all videos with one list a time, and forgives a studio some silence.

    What the list lacks of `ids` is asked for by itself.
    """

    studio: Polled
    sleep: Callable[[float], Awaitable[None]]
    needed: Needed = nobody
    ids: Collection[str] = ()
    _silent: int = 0
    _slept: float = 0.0
    _stuck: dict[Address, float] = field(default_factory=dict)
    _told: set[Address] = field(default_factory=set)

    async def look_after(self, seconds: float) -> Mapping[str, RemoteVideo] | None:
        """Wait, then return the videos by id; None where the studio had no answer this time.

        Raises the studio's error when it had none several times in a row.
        """
        await self.sleep(seconds)
        self._slept += seconds
        try:
            videos = await fetch_videos(self.studio, self.ids, self.needed)
        except StudioError:
            self._silent += 1
            if self._silent >= _SILENT_POLLS:
                raise
            return None
        self._silent = 0
        return {video.id: video for video in videos}

    async def shares(self, video_ids: Sequence[str]) -> Mapping[str, FilmShare]:
        """Return how far films are; nothing where the studio does not tell."""
        try:
            return await self.studio.film_progress(video_ids)
        except StudioError:
            return {}

    def report(
        self,
        observer: Observer,
        address: Address,
        told: FilmShare | None,
        elapsed: float,
        expected: float,
    ) -> None:
        """Tell how far a film is, and once, after a while, that no worker is there to make it."""
        observer.progressed(progress_of(address, told, elapsed, expected))
        if told is None or not told.lacks_worker:
            self._stuck.pop(address, None)
            return
        since = self._stuck.setdefault(address, self._slept)
        if self._slept - since >= _STUCK_SECONDS and address not in self._told:
            self._told.add(address)
            observer.noticed(f"{address}: {_STUCK}")


def progress_of(
    address: Address, told: FilmShare | None, elapsed: float, expected: float
) -> FilmProgress:
    """Return how far a film is: by the studio's word, or by the seconds that one takes here."""
    if told is None:
        guess = min(_LIKELY_SHARE, elapsed / expected)
        return FilmProgress(address, guess, max(0.0, expected - elapsed), False)
    share = told.share
    tells = share > _TELLING_SHARE and elapsed > _TELLING_SECONDS
    left = elapsed * (1 - share) / share if tells else None
    return FilmProgress(address, share, left, True, told.scenes_ready, told.scenes)
