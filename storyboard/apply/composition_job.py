"""Has one video composed exactly once: asks before it composes, attaches, tries twice."""

from __future__ import annotations

from dataclasses import replace

from storyboard.apply.film_job import FilmJob
from storyboard.apply.objects import Busy, confirmed, prepare_successor, settle_object
from storyboard.apply.run import Run, refuses
from storyboard.errors import ApiError, ConflictError, ExitCode, StudioError, UnknownOutcomeError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.kaltura.wire import VideoStatus
from storyboard.plan.change import PROCESSING, Action, Change, ComposeNeed
from storyboard.plan.composed import as_composed, asked_the_same
from storyboard.plan.shown import film_fingerprint
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address, Compose, Video

_ATTEMPTS = 2
_LATE_POLLS = 3
_FAILED = (VideoStatus.GENERATE_ERROR, VideoStatus.COMPOSE_ERROR)


class CompositionJob:
    """One video on its way to its scenes; `follower` is its film's job, once they are there."""

    def __init__(self, run: Run, change: Change, *, edit_waits: bool = False) -> None:
        assert change.compose is not None
        assert change.desired is not None
        assert change.desired.compose is not None
        self.change = change
        self.edit_waits = edit_waits
        self.finished = False
        self.follower: FilmJob | None = None
        self.began = run.options.clock()
        self._run = run
        self._need: ComposeNeed = change.compose
        self._desired: Video = change.desired
        self._compose: Compose = change.desired.compose
        self._attempts = 0
        self._odd_polls = 0
        self._before = ""

    @property
    def address(self) -> Address:
        """Whose scenes they are."""
        return self.change.address

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are still to come to their end here."""
        if self.edit_waits and self.change.action is not Action.KEEP:
            return (self.change.action, Action.COMPOSE)
        return (Action.COMPOSE,)

    @property
    def video_id(self) -> str:
        """The object that is composed: the successor where there is one."""
        return self._run.ledger.state.videos[self.address].written.id

    @property
    def elapsed(self) -> float:
        """Seconds since the job began."""
        return self._run.options.clock() - self.began

    def wait(self) -> None:
        """Count the time from now on: the composition's turn has not come yet."""
        self.began = self._run.options.clock()
        self._run.waits(self.address, Action.COMPOSE)

    async def begin(self) -> None:
        """Start the composition, or attach to ours that runs or has ended meanwhile."""
        if self.edit_waits:
            return
        self._run.started(self.address, Action.COMPOSE)
        live = await self._live()
        if live.status in PROCESSING:
            ours = self._operation is not None and live.status is VideoStatus.COMPOSING
            self._attempts = 1 if ours else 0
        elif self._operation is not None and self._is_composed(live):
            await self._finish(live)
        else:
            await self._send(live)

    async def advance(self, live: RemoteVideo | None) -> None:
        """Take the next step by what the studio tells of the video."""
        live = live or await self._live()
        if live.status in PROCESSING:
            return
        if self.edit_waits:
            await self._edit()
        elif self._attempts == 0:
            await self._send(live)
        elif live.status is VideoStatus.COMPOSED and live.updated_at != self._before:
            await self._finish(live)
        elif live.status is VideoStatus.COMPOSE_ERROR:
            await self._again(live)
        else:
            self._odd_polls += 1
            if self._odd_polls >= _LATE_POLLS:
                await (self._finish(live) if self._is_composed(live) else self._again(live))

    @property
    def _operation(self) -> Operation | None:
        """The open intent of this very composition."""
        operation = self._run.ledger.state.open_operation(self.address, OperationKind.COMPOSE)
        wanted = (self.video_id, self._need.fingerprint)
        if operation is None or (operation.video_id, operation.fingerprint) != wanted:
            return None
        return operation

    def _is_composed(self, live: RemoteVideo) -> bool:
        same = asked_the_same(live, self._compose)
        return live.status is VideoStatus.COMPOSED and bool(live.scenes) and same

    async def _edit(self) -> None:
        try:
            await settle_object(self._run, self.change)
        except Busy:
            return
        self.edit_waits = False
        if self.change.action is not Action.KEEP:
            self._run.done(self.address, self.change.action)
        await self.begin()

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with its reason where one is known."""
        if self._attempts < _ATTEMPTS:
            self._run.observer.noticed(f"{self.address}: the composition failed; trying once more")
            await self._send(live)
            return
        reason = await self._run.studio.failure_reason(live.id)
        self._close()
        self.finished = True
        self._run.failed(
            self.address,
            Action.COMPOSE,
            StudioError(
                f"the composition failed {_ATTEMPTS} times" + (f": {reason}" if reason else ""),
                hint="see whether the entries of `compose` have captions"
                if reason is None
                else "change the entries of `compose` or what is asked of them, and apply again",
            ),
            code=ExitCode.GENERATION_FAILED,
        )

    async def _send(self, live: RemoteVideo) -> None:
        """Write the intent, then compose; a silence is looked into."""
        self._odd_polls = 0
        self._attempts += 1
        if live.status in _FAILED:
            live = await self._run.studio.reset_status(live.id)
        if live.status is VideoStatus.READY:
            live = await self._reopened(live)
        self._open(live)
        self._before = live.updated_at
        self._run.options.checkpoint("compose:intended")
        try:
            await self._run.studio.compose(live.id, self._compose.payload())
        except UnknownOutcomeError as cause:
            await self._look_up(live, cause)
            return
        except StudioError:
            now = await self._live()
            if now.status is VideoStatus.COMPOSING:
                return
            self._close()
            raise
        self._run.options.checkpoint("compose:sent")

    async def _reopened(self, live: RemoteVideo) -> RemoteVideo:
        """Lead a ready video back to where it can be composed, or begin one anew beside it."""
        try:
            live = await self._run.studio.update_video(live.id, {"scenes": []})
        except ApiError as cause:
            if not refuses(cause):
                raise
        if live.status is not VideoStatus.READY:
            return live
        self._run.observer.noticed(f"{self.address}: no ready video is composed: replacing it")
        await prepare_successor(self._run, replace(self._desired, scenes=()))
        return await self._live()

    async def _look_up(self, before: RemoteVideo, cause: UnknownOutcomeError) -> None:
        """Find out whether an unanswered compose began; send it again only if it did not."""
        self._run.observer.noticed(f"{self.address}: no answer to the compose; looking it up")
        for delay in self._run.options.visibility:
            if delay:
                await self._run.options.sleep(delay)
            live = await self._live()
            changed = live.updated_at != before.updated_at
            ended = live.status in (VideoStatus.COMPOSED, VideoStatus.COMPOSE_ERROR)
            if live.status is VideoStatus.COMPOSING or (ended and changed):
                return
        if self._attempts >= _ATTEMPTS:
            raise cause
        await self._send(await self._live())

    async def _finish(self, live: RemoteVideo) -> None:
        """Record the scenes' fingerprints and what they were composed of; then comes the film."""
        avatars = self._run.known_avatars()
        video = as_composed(self._desired, live, avatars, named=True)
        if not video.scenes:
            raise StudioError("the studio composed no scenes", hint="try another `userBrief`")
        written = confirmed(self._run, video, live)
        operation = self._operation

        def recorded(state: State) -> State:
            record = state.videos[self.address].with_written(written)
            state = state.with_video(self.address, replace(record, composed=self._need.fingerprint))
            return state if operation is None else state.without_operation(operation.nonce)

        self._run.ledger.record(recorded)
        self._run.options.checkpoint("compose:recorded")
        self.finished = True
        self._run.done(self.address, Action.COMPOSE)
        if self.change.film is not None:
            self.follower = FilmJob(self._run, self._filmed(video))

    def _filmed(self, video: Video) -> Change:
        fingerprint = film_fingerprint(video, self._need.media_digests)
        assert self.change.film is not None
        film = replace(self.change.film, fingerprint=fingerprint)
        return replace(self.change, desired=video, film=film, film_fingerprint=fingerprint)

    async def _live(self) -> RemoteVideo:
        live = await self._run.studio.get_video(self.video_id)
        if live is None:
            raise ConflictError(
                f"video '{self.video_id}' was deleted while it was composed",
                hint="apply again to make it anew",
            )
        return live

    def _open(self, live: RemoteVideo) -> None:
        """Write the intent of this composition, once however often it is sent."""
        if self._operation is not None:
            return
        opened = Operation(
            kind=OperationKind.COMPOSE,
            address=self.address,
            nonce=self._run.options.nonce(),
            started_at=self._run.options.now().isoformat(timespec="seconds"),
            video_id=live.id,
            fingerprint=self._need.fingerprint,
        )
        self._close()
        self._run.ledger.record(lambda state: state.with_operation(opened))

    def _close(self) -> None:
        """Close every composition of this address, also of an object that is no more."""
        self._run.ledger.record(
            lambda state: replace(
                state,
                operations=tuple(
                    o
                    for o in state.operations
                    if not (o.kind is OperationKind.COMPOSE and o.address == self.address)
                ),
            )
        )
