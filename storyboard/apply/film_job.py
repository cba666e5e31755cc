"""Makes one film exactly once: asks before it generates, attaches to what runs, tries twice."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.objects import Busy, prepare_successor, settle_object
from storyboard.apply.run import Run, refuses
from storyboard.errors import ApiError, ConflictError, ExitCode, StudioError, UnknownOutcomeError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.kaltura.wire import VideoStatus
from storyboard.plan.change import PROCESSING, Action, Change
from storyboard.state.model import FilmRecord, Operation, OperationKind, State
from storyboard.video import Address

_ATTEMPTS = 2
_LATE_POLLS = 3
_FAILED = (VideoStatus.GENERATE_ERROR, VideoStatus.COMPOSE_ERROR)


class FilmJob:
    """One video on its way to its film. `edit_waits` until the studio lets its scenes be edited."""

    def __init__(self, run: Run, change: Change, *, edit_waits: bool = False) -> None:
        self.change = change
        self.edit_waits = edit_waits
        self.finished = False
        self.began = run.options.clock()
        self._run = run
        self._attempts = 0
        self._odd_polls = 0

    @property
    def address(self) -> Address:
        """Whose film it is."""
        return self.change.address

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are still to come to their end here: the film, and a waiting edit."""
        if self.edit_waits and self.change.action is not Action.KEEP:
            film = () if self.change.film is None else (Action.GENERATE,)
            return (self.change.action, *film)
        return (Action.GENERATE,)

    @property
    def video_id(self) -> str:
        """The object that the film is made of: the successor where there is one."""
        return self._run.ledger.state.videos[self.address].written.id

    @property
    def elapsed(self) -> float:
        """Seconds since the job began."""
        return self._run.options.clock() - self.began

    def wait(self) -> None:
        """Count the time from now on: the film's turn has not come yet."""
        self.began = self._run.options.clock()
        self._run.waits(self.address, Action.GENERATE)

    async def begin(self) -> None:
        """Start the film, or attach to one that is being made or was made meanwhile."""
        if self.edit_waits:
            return
        self._run.started(self.address, Action.GENERATE)
        live = await self._live()
        operation = self._operation
        if operation is not None and operation.fingerprint == self.change.film_fingerprint:
            if live.status is VideoStatus.GENERATING:
                self._attempts = 1
                return
            if _newly_ready(live, operation):
                await self._finish(live)
                return
        elif live.status in PROCESSING:
            self._attach_or_wait(live, operation)
            return
        elif operation is None and self._ended_meanwhile(live):
            await self._finish(live)
            return
        await self._send(live)

    async def advance(self, live: RemoteVideo | None) -> None:
        """Take the next step by what the studio tells of the video."""
        live = live or await self._live()
        if self.edit_waits:
            await self._edit(live)
        elif live.status is VideoStatus.READY:
            await self._ready(live)
        elif live.status is VideoStatus.GENERATE_ERROR:
            await self._again(live)
        elif live.status not in PROCESSING:
            self._odd_polls += 1
            if self._odd_polls >= _LATE_POLLS:
                await self._again(live)

    @property
    def _operation(self) -> Operation | None:
        operation = self._run.ledger.state.open_operation(self.address, OperationKind.GENERATE)
        return operation if operation and operation.video_id == self.video_id else None

    def _ended_meanwhile(self, live: RemoteVideo) -> bool:
        """Whether a film that somebody else had begun, as planned, was ready before we attached."""
        film = self.change.film
        record = self._run.ledger.state.videos[self.address]
        return (
            film is not None
            and film.attach
            and live.status is VideoStatus.READY
            and live.entry_id not in (None, record.entry_id)
        )

    def _attach_or_wait(self, live: RemoteVideo, operation: Operation | None) -> None:
        """Attach to a film that somebody else started of these scenes; wait for any other."""
        if operation is None and live.status is VideoStatus.GENERATING:
            self._open(live)
            self._attempts = 1
        else:
            self.edit_waits = True

    async def _edit(self, live: RemoteVideo) -> None:
        if live.status in PROCESSING:
            return
        try:
            await settle_object(self._run, self.change)
        except Busy:
            return
        self.edit_waits = False
        if self.change.action is not Action.KEEP:
            self._run.done(self.address, self.change.action)
        record = self._run.ledger.state.videos[self.address]
        replaced = self._run.plan.generate and record.successor is not None
        if self.change.film is None and not replaced:
            self.finished = True
            return
        await self.begin()

    async def _ready(self, live: RemoteVideo) -> None:
        """A list may still show the old film for a moment: believe it only when it stays."""
        operation = self._operation
        if live.entry_id is None or (operation and not _newly_ready(live, operation)):
            self._odd_polls += 1
            if live.entry_id is None or self._odd_polls < _LATE_POLLS:
                return
        await self._finish(live)

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with what may have caused it."""
        if self._attempts < _ATTEMPTS:
            self._run.observer.noticed(f"{self.address}: the film failed; trying once more")
            await self._send(live)
            return
        reason = await self._run.studio.failure_reason(live.id)
        self._close()
        self.finished = True
        self._run.failed(
            self.address,
            Action.GENERATE,
            StudioError(f"the film failed {_ATTEMPTS} times" + (f": {reason}" if reason else "")),
            hints=self._run.options.hints.get(self.address, ()),
            code=ExitCode.GENERATION_FAILED,
        )

    async def _send(self, live: RemoteVideo) -> None:
        """Write the intent, then generate; a refusal and a silence are looked into."""
        self._odd_polls = 0
        self._attempts += 1
        if live.status in _FAILED:
            live = await self._run.studio.reset_status(live.id)
        self._open(live)
        self._run.options.checkpoint("generate:intended")
        try:
            answer = await self._run.studio.generate(live.id)
        except UnknownOutcomeError as cause:
            await self._look_up(live, cause)
            return
        except ApiError as cause:
            if cause.code == "VIDEO_IS_BEING_GENERATED":
                return
            if not refuses(cause):
                self._close()
                raise
            await self._refused(cause)
            return
        except StudioError:
            self._close()
            raise
        self._run.options.checkpoint("generate:sent")
        operation = self._operation
        if operation and _newly_ready(answer, operation):
            await self._finish(answer)

    async def _look_up(self, before: RemoteVideo, cause: UnknownOutcomeError) -> None:
        """Find out whether an unanswered generate began; send it again only if it did not."""
        self._run.observer.noticed(f"{self.address}: no answer to the generate; looking it up")
        for delay in self._run.options.visibility:
            if delay:
                await self._run.options.sleep(delay)
            live = await self._live()
            changed = live.entry_id != before.entry_id or live.updated_at != before.updated_at
            if live.status is VideoStatus.GENERATING or (
                live.status in (VideoStatus.READY, VideoStatus.GENERATE_ERROR) and changed
            ):
                return
        if self._attempts >= _ATTEMPTS:
            raise cause
        await self._send(live)

    async def _refused(self, cause: ApiError) -> None:
        live = await self._live()
        if live.status in PROCESSING:
            return
        record = self._run.ledger.state.videos[self.address]
        if live.status is not VideoStatus.READY or record.successor is not None:
            self._close()
            raise cause
        self._close()
        assert self.change.desired is not None
        self._run.observer.noticed(f"{self.address}: no second film of a ready video: replacing it")
        self._run.ledger.record(lambda state: replace(state, ready_refuses_edits=True))
        await prepare_successor(self._run, self.change.desired)
        await self._send(await self._live())

    async def _finish(self, live: RemoteVideo) -> None:
        """Publish: in one write the film, the successor's place, and what is left to delete."""
        entry_id = live.entry_id
        assert entry_id
        operation = self._operation
        film = FilmRecord(
            fingerprint=operation.fingerprint if operation else self.change.film_fingerprint,
            entry_id=entry_id,
            made_at=self._run.options.now().isoformat(timespec="seconds"),
            took_seconds=round(self.elapsed, 1),
            duration_seconds=await self._duration(entry_id),
        )

        def recorded(state: State) -> State:
            record = state.videos[self.address]
            retired = state.retired
            if record.successor is not None:
                retired = (*retired, (self.address, record.current.id))
                record = replace(record, current=record.successor, successor=None)
            record = replace(record, films=(*record.films, film))
            state = replace(state.with_video(self.address, record), retired=retired)
            return state if operation is None else state.without_operation(operation.nonce)

        self._run.ledger.record(recorded)
        self._run.options.checkpoint("film:recorded")
        self.finished = True
        self._run.done(self.address, Action.GENERATE)

    async def _duration(self, entry_id: str) -> float | None:
        """The film's length, where the studio's media service can be asked."""
        try:
            entry = await self._run.studio.get_entry(entry_id)
        except StudioError:
            return None
        return None if entry is None else entry.duration

    async def _live(self) -> RemoteVideo:
        live = await self._run.studio.get_video(self.video_id)
        if live is None:
            raise ConflictError(
                f"video '{self.video_id}' was deleted while its film was made",
                hint="apply again to make it anew",
            )
        return live

    def _open(self, live: RemoteVideo) -> None:
        """Write the intent of this film, once however often it is sent."""
        operation = self._operation
        fingerprint = self.change.film_fingerprint
        if operation is not None and operation.fingerprint == fingerprint:
            return
        opened = Operation(
            kind=OperationKind.GENERATE,
            address=self.address,
            nonce=self._run.options.nonce(),
            started_at=self._run.options.now().isoformat(timespec="seconds"),
            video_id=live.id,
            fingerprint=fingerprint,
            previous_entry_id=live.entry_id,
        )
        self._close()
        self._run.ledger.record(lambda state: state.with_operation(opened))

    def _close(self) -> None:
        """Close every generation of this address, also of an object that is no more."""
        self._run.ledger.record(
            lambda state: replace(
                state,
                operations=tuple(
                    o
                    for o in state.operations
                    if not (o.kind is OperationKind.GENERATE and o.address == self.address)
                ),
            )
        )


def _newly_ready(live: RemoteVideo, operation: Operation) -> bool:
    """Whether the video has a film that it had not when the operation began."""
    return live.status is VideoStatus.READY and live.entry_id not in (
        None,
        operation.previous_entry_id,
    )
