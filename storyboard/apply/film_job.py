"""Makes one film exactly once: asks before it generates, attaches to what runs, tries twice."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.long_call import ExactlyOnce
from storyboard.apply.objects import prepare_successor
from storyboard.apply.run import Run, refuses
from storyboard.errors import ApiError, StudioError, UnknownOutcomeError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.change import PROCESSING, Action, Change
from storyboard.plan.needs import speech_of
from storyboard.plan.shown import film_fingerprint
from storyboard.state.model import FilmRecord, Operation, State
from storyboard.video import Video
from storyboard.wire import VideoStatus


class FilmJob:
    """One video on its way to its film. `edit_waits` until the studio lets its scenes be edited.

    `composed` is the video with the scenes that the studio wrote in this run.
    """

    def __init__(
        self, run: Run, change: Change, *, edit_waits: bool = False, composed: Video | None = None
    ) -> None:
        self.change = change
        self.edit_waits = edit_waits
        self.finished = False
        self.sent = False
        self._video = composed or change.desired
        self._fingerprint = change.film_fingerprint
        if composed is not None and change.compose is not None:
            self._fingerprint = film_fingerprint(composed, change.compose.media_digests)
        self.once = ExactlyOnce(run, change, Action.GENERATE)
        self._run = run
        self._address = change.address

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are still to come to their end here: the film, and a waiting edit."""
        if self.edit_waits and self.change.action is not Action.KEEP:
            film = () if self.change.film is None else (Action.GENERATE,)
            return (self.change.action, *film)
        return (Action.GENERATE,)

    async def begin(self) -> None:
        """Start the film, or attach to one that is being made or was made meanwhile."""
        if self.edit_waits:
            return
        self._run.started(self._address, Action.GENERATE)
        live = await self.once.live()
        operation = self.once.operation
        if operation is not None and operation.fingerprint == self._fingerprint:
            if live.status is VideoStatus.GENERATING:
                self.once.attempts = 1
                return
            if _newly_ready(live, operation):
                await self._finish(live)
                return
        elif live.status in PROCESSING:
            await self._attach_or_wait(live, operation)
            return
        elif operation is None and self._ended_meanwhile(live):
            await self._finish(live)
            return
        await self._send(live)

    async def advance(self, live: RemoteVideo | None) -> None:
        """Take the next step by what the studio tells of the video."""
        live = live or await self.once.live()
        if self.edit_waits:
            await self._edit(live)
        elif live.status is VideoStatus.READY:
            await self._ready(live)
        elif live.status in PROCESSING:
            return
        elif live.status is VideoStatus.GENERATE_ERROR or self.once.stays_odd():
            await self._again(live)

    def _ended_meanwhile(self, live: RemoteVideo) -> bool:
        """Whether a film that somebody else had begun, as planned, was ready before we attached."""
        film = self.change.film
        record = self._run.ledger.state.videos[self._address]
        return (
            film is not None
            and film.attach
            and live.status is VideoStatus.READY
            and live.entry_id not in (None, record.entry_id)
        )

    async def _attach_or_wait(self, live: RemoteVideo, operation: Operation | None) -> None:
        """Attach to a film that somebody else started of these scenes; wait for any other."""
        if operation is None and live.status is VideoStatus.GENERATING:
            await self.once.open(live, self._fingerprint, live.entry_id)
            self.once.attempts = 1
        else:
            self.edit_waits = True

    async def _edit(self, live: RemoteVideo) -> None:
        if live.status in PROCESSING:
            return
        if not await self.once.settle():
            return
        self.edit_waits = False
        record = self._run.ledger.state.videos[self._address]
        replaced = self._run.plan.generate and record.successor is not None
        if self.change.film is None and not replaced:
            self.finished = True
            return
        await self.begin()

    async def _ready(self, live: RemoteVideo) -> None:
        """A list may still show the old film for a moment: believe it only when it stays."""
        operation = self.once.operation
        filmed = live.entry_id is not None and (not operation or _newly_ready(live, operation))
        if filmed or (self.once.stays_odd() and live.entry_id is not None):
            await self._finish(live)

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with what may have caused it."""
        if self.once.may_repeat():
            await self._send(live)
            return
        self.finished = True
        await self.once.give_up(live, hints=self._run.options.hints.get(self._address, ()))

    async def _send(self, live: RemoteVideo) -> None:
        """Write the intent, then generate; a refusal and a silence are looked into."""
        live = await self.once.attempt(live)
        is_fresh = await self.once.open(live, self._fingerprint, live.entry_id)
        self._run.options.checkpoint("generate:intended")
        try:
            answer = await self._run.studio.generate(live.id)
        except UnknownOutcomeError as cause:
            unsent = await self.once.look_up(live, cause)
            if unsent is not None:
                await self._send(unsent)
            return
        except ApiError as cause:
            if cause.code == "VIDEO_IS_BEING_GENERATED":
                return
            if not refuses(cause):
                if is_fresh:
                    await self.once.close()
                raise
            await self._refused(cause, is_fresh=is_fresh)
            return
        except StudioError:
            if is_fresh:
                await self.once.close()
            raise
        self.sent = True
        self._run.options.checkpoint("generate:sent")
        operation = self.once.operation
        if operation and _newly_ready(answer, operation):
            await self._finish(answer)

    async def _refused(self, cause: ApiError, *, is_fresh: bool) -> None:
        """Find out what a refusal means; the intent stays open after one that came late."""
        live = await self.once.live()
        if live.status in PROCESSING:
            return
        operation = self.once.operation
        if operation is not None and _newly_ready(live, operation):
            await self._finish(live)
            return
        record = self._run.ledger.state.videos[self._address]
        if live.status is not VideoStatus.READY or record.successor is not None:
            if is_fresh:
                await self.once.close()
            raise cause
        await self.once.close()
        assert self._video is not None
        self._run.observer.noticed(
            f"{self._address}: no second film of a ready video: replacing it"
        )
        await self._run.ledger.record(lambda state: replace(state, ready_refuses_edits=True))
        await prepare_successor(self._run, self._video)
        await self._send(await self.once.live())

    async def _finish(self, live: RemoteVideo) -> None:
        """Publish: in one write the film, the successor's place, and what is left to delete."""
        entry_id = live.entry_id
        assert entry_id
        operation = self.once.operation
        film = FilmRecord(
            fingerprint=operation.fingerprint if operation else self._fingerprint,
            entry_id=entry_id,
            made_at=self._run.options.now().isoformat(timespec="seconds"),
            took_seconds=round(self.once.elapsed, 1),
            duration_seconds=await self._duration(entry_id),
            work_seconds=self._work(),
        )

        def recorded(state: State) -> State:
            record = state.videos[self._address]
            retired = state.retired
            if record.successor is not None:
                retired = (*retired, (self._address, record.current.id))
                record = replace(record, current=record.successor, successor=None)
            record = replace(record, films=(*record.films, film))
            state = replace(state.with_video(self._address, record), retired=retired)
            return state if operation is None else state.without_operation(operation.nonce)

        await self._run.ledger.record(recorded)
        self._run.options.checkpoint("film:recorded")
        self.finished = True
        self._run.done(self._address, Action.GENERATE)

    def _work(self) -> float | None:
        """What was rendered from beginning to end in this run; 0 tells nothing of how fast."""
        if not self.sent:
            return 0.0
        if self._video is not None and self.change.compose is not None:
            return round(sum(speech_of(self._video).values()), 1)
        return None if self.change.film is None else self.change.film.work_seconds

    async def _duration(self, entry_id: str) -> float | None:
        """The film's length, where the studio's media service can be asked."""
        try:
            entry = await self._run.studio.get_entry(entry_id)
        except StudioError:
            return None
        return None if entry is None else entry.duration


def _newly_ready(live: RemoteVideo, operation: Operation) -> bool:
    """Whether the video has a film that it had not when the operation began."""
    return live.status is VideoStatus.READY and live.entry_id not in (
        None,
        operation.previous_entry_id,
    )
