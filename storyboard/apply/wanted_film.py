"""Which film is wanted of a video, and which looks at it prove that it was made. Sends nothing.

A studio films what stands in a video when the film is begun, and locks it from there on (guide §3).
So a video that is being filmed, or was a moment ago, shows what its film shows; and a film has an
entry that no film before it had. What neither tells is not recorded.
"""

from __future__ import annotations

from storyboard.apply.conflicts import not_as_wanted, unwanted
from storyboard.apply.long_call import ExactlyOnce
from storyboard.apply.run import Run
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.change import Change
from storyboard.plan.composed import as_composed
from storyboard.plan.shown import film_fingerprint
from storyboard.video import Video
from storyboard.wire import VideoStatus


class WantedFilm:
    """The film that a change asks for; `composed` has the scenes that the studio wrote for it."""

    def __init__(self, run: Run, change: Change, once: ExactlyOnce, composed: Video | None) -> None:
        video = composed or change.desired
        assert video is not None
        self.video = video
        self.fingerprint = change.film_fingerprint
        self._is_composed = composed is not None
        self._run = run
        self._change = change
        self._once = once
        self._address = change.address
        if composed is not None:
            self._want(composed)

    def take_composed(self, live: RemoteVideo) -> None:
        """Want the scenes that the studio wrote in this run as they are now, whoever edited them.

        Nobody has approved others: the plan was made before they were written.
        """
        if self._is_composed:
            self._want(as_composed(self.video, live, self._run.known_avatars(), named=True))

    def _want(self, video: Video) -> None:
        need = self._change.compose
        self.video = video
        self.fingerprint = film_fingerprint(video, {} if need is None else need.media_digests)

    def was_filmed(self, live: RemoteVideo) -> bool:
        """Whether a video has the film of an operation that this run did not see through."""
        operation = self._once.operation
        is_seen = operation is not None and operation.seen
        is_proven = is_seen or self._run.ledger.state.ready_shows_its_film
        return is_proven and self.is_filmed(live)

    def filmed_meanwhile(self, live: RemoteVideo) -> bool:
        """Whether somebody had a film made of the wanted content since that was last seen there."""
        seen = self._run.last_written(self._address) or self._change.current
        record = self._run.ledger.state.videos[self._address]
        if self._once.operation is None and self._run.plan.by_name and self._others_filmed(live):
            return True
        if (
            self._once.operation is not None
            or not self._run.ledger.state.ready_shows_its_film
            or seen is None
            or seen.id != live.id
            or live.status is not VideoStatus.READY
            or live.entry_id in (None, *(film.entry_id for film in record.films))
        ):
            return False
        # An entry may be there from the beginning of a film: then its end changes the status
        # alone.
        newer = seen.status is VideoStatus.GENERATING or live.entry_id != seen.entry_id
        return newer and not self._unwanted(seen) and not self._unwanted(live)

    def _others_filmed(self, live: RemoteVideo) -> bool:
        """Whether another run, which finds its videos by the same names, made all since the plan.

        Whatever it made first may be ready when this run sees it for the first time.
        """
        record, planned = self._run.ledger.state.videos[self._address], self._change.current
        known = {None, *(film.entry_id for film in record.films)}
        known |= set() if planned is None else {planned.entry_id}
        is_new = live.status is VideoStatus.READY and live.entry_id not in known
        return is_new and not self._unwanted(live)

    async def require(self, live: RemoteVideo, effect: str) -> RemoteVideo:
        """Raise `ConflictError` unless a video shows what is wanted; returns the last look at it.

        A list may be late: what is no more wanted there is asked for by its id.
        """
        if self._unwanted(live):
            live = await self._once.live()
            places = self._unwanted(live)
            if places:
                await self._once.close()
                raise not_as_wanted(live, places, effect)
        return live

    def is_filmed(self, live: RemoteVideo) -> bool:
        """Whether the video has a film that it had not when the operation began."""
        operation = self._once.operation
        return (
            operation is not None
            and live.status is VideoStatus.READY
            and live.entry_id is not None
            and live.entry_id not in {operation.previous_entry_id, *self._old_entries()}
        )

    def last_entry(self) -> str | None:
        """Return the entry that a video had before an edit took it away."""
        planned = self._change.current
        published = self._run.ledger.state.videos[self._address].entry_id
        old = self._old_entries()
        return planned.entry_id if planned and planned.entry_id in old else published

    def _old_entries(self) -> frozenset[str]:
        """Return the entries of films from before: all recorded ones, and what the plan saw."""
        record, planned = self._run.ledger.state.videos[self._address], self._change.current
        known = {film.entry_id for film in record.films}
        attaches = self._change.film is not None and self._change.film.attach
        if planned is not None and planned.status is not VideoStatus.GENERATING and not attaches:
            known |= {planned.entry_id} if planned.entry_id else set()
        return frozenset(known)

    def _unwanted(self, live: RemoteVideo) -> tuple[str, ...]:
        return unwanted(self._run, self.video, live)
