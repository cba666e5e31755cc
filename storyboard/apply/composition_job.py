"""Has one video composed exactly once: asks before it composes, attaches, tries twice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from storyboard.apply.edits import Edited, confirmed, edit_in_place
from storyboard.apply.film_job import FilmJob
from storyboard.apply.long_call import ExactlyOnce
from storyboard.apply.names import settle_name
from storyboard.apply.objects import prepare_successor
from storyboard.apply.run import Run
from storyboard.apply.sending import Fate, Sent
from storyboard.errors import ConflictError, StudioError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.composed import as_composed, asked_the_same
from storyboard.plan.confirmed import name_digest
from storyboard.plan.needs import ComposeNeed
from storyboard.state.model import Operation, State
from storyboard.video import Compose, Video
from storyboard.wire import COMPOSE_NOTICE, PROCESSING, VideoStatus

_OLD_SCENES = "the studio shows the scenes from before, and nothing tells of new ones"


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
        self.once = ExactlyOnce(run, change, Action.COMPOSE)
        self._run = run
        self._address = change.address
        self._need: ComposeNeed = change.compose
        self._desired: Video = change.desired
        self._compose: Compose = change.desired.compose
        self._before: str | None = None
        self._failed_at: str | None = None
        self._ran = False
        self._waits = False

    @property
    def actions(self) -> tuple[Action, ...]:
        """The actions that are still to come to their end here."""
        if self.edit_waits and self.change.action is not Action.KEEP:
            return (self.change.action, Action.COMPOSE)
        return (Action.COMPOSE,)

    async def begin(self) -> None:
        """Start the composition, or attach to ours that runs or has ended meanwhile."""
        if self.edit_waits:
            return
        live = await self.once.live()
        operation = self._operation
        if operation is not None:
            self._before = operation.previous_updated_at
        if live.status in PROCESSING:
            ours = operation is not None and live.status is VideoStatus.COMPOSING
            self._ran, self._waits = ours, not ours
            if ours:
                self.once.sending.attempts = 1
                self.once.taken()
        elif operation is not None and self._is_composed(live):
            await self._finish(live)
        else:
            await self._send(live)

    async def advance(self, live: RemoteVideo | None) -> None:
        """Take the next step by what the studio tells of the video."""
        live = live or await self.once.live()
        if live.status in PROCESSING:
            self._ran = self._ran or (not self._waits and _runs(live))
        elif self.edit_waits:
            await self._edit(live)
        elif self._waits:
            await self._send(await self.once.live())
        else:
            await self._look_closer(live)

    async def _look_closer(self, live: RemoteVideo) -> None:
        """Finish what is composed; a list may be late, so that all else is asked for by its id."""
        if not self._is_composed(live):
            live = await self.once.live()
        if live.status in PROCESSING:
            return
        if self._is_composed(live):
            await self._finish(live)
        # A late list shows the first failure once more; counted twice, both attempts would be used
        # up.
        elif live.status is VideoStatus.COMPOSE_ERROR and live.updated_at != self._failed_at:
            await self._again(live)
        elif self.once.sending.stays_odd():
            await self._end_odd(live)

    async def _end_odd(self, live: RemoteVideo) -> None:
        """Compose anew where nothing is composed; record no scenes that may be others' or older."""
        if live.status is not VideoStatus.COMPOSED:
            await self._again(live)
        elif (
            live.updated_at == self._before
            or live.compose_params is None
            or asked_the_same(live, self._compose)
        ):
            self.finished = True
            self.once.leave(_OLD_SCENES)
        else:
            await self.once.close()
            raise ConflictError(
                f"video '{live.id}' was composed in the studio with another request meanwhile",
                hint="apply again to compose it as the files say",
            )

    @property
    def _operation(self) -> Operation | None:
        """The open intent of this very composition."""
        operation = self.once.operation
        if operation is None or operation.fingerprint != self._need.fingerprint:
            return None
        return operation

    def _is_composed(self, live: RemoteVideo) -> bool:
        """Whether the video was composed as asked since that was asked.

        Where the studio does not tell what it composed by, it must have been seen composing.
        """
        # "Composed" may be of the time before: a list can be late, and the status is the same
        # again.
        if live.status is not VideoStatus.COMPOSED or live.updated_at == self._before:
            return False
        if live.compose_params is None:
            return self._ran
        return asked_the_same(live, self._compose)

    async def _edit(self, live: RemoteVideo) -> None:
        if not await self.once.settle(live):
            return
        await settle_name(self._run, self._desired)
        self.edit_waits = False
        await self.begin()

    async def _again(self, live: RemoteVideo) -> None:
        """Reset and try once more; a second failure is told, with its reason where one is known."""
        if self.once.sending.may_repeat():
            self._failed_at = live.updated_at
            await self._send(live)
            return
        self.finished = True
        await self.once.give_up(
            live,
            hint="change the entries of `compose` or what is asked of them, and apply again",
            hint_unknown="see whether the entries of `compose` have captions",
        )

    async def _send(self, live: RemoteVideo) -> None:
        """Have it composed, and go on by what became of the request."""
        sent = await self.once.send(live, self._intend, self._request)
        self._waits = False
        match sent.fate:
            case Fate.SENT:
                if sent.answer is not None:
                    self._ran = _runs(sent.answer)
                    self._run.options.checkpoint("compose:sent")
            case Fate.TURN:
                self.once.wait()
                self._waits = True
            case Fate.BUSY if sent.cause is None:
                self._waits = True
            case _:
                await self._refused(sent)

    async def _intend(self, live: RemoteVideo) -> RemoteVideo | None:
        """Write the intent of a composition of a video that can be composed; None for no other."""
        if live.status is VideoStatus.READY:
            reopened = await self._reopened(live)
            if reopened is None:  # somebody has it filmed: it is composed after that
                return None
            live = reopened
        # None where the studio dates nothing: an empty text would be equal to the next one.
        self._before = live.updated_at or None
        await self.once.open(live, self._need.fingerprint, None)
        self._run.options.checkpoint("compose:intended")
        return live

    async def _request(self, live: RemoteVideo) -> RemoteVideo:
        return await self._run.studio.compose(live.id, self._compose.payload())

    async def _refused(self, sent: Sent) -> None:
        """Find out what a refusal means: whether it runs, or whether somebody was quicker."""
        now = sent.seen or await self.once.live()
        if now.status is VideoStatus.COMPOSING:
            self._ran = self._ran or asked_the_same(now, self._compose)
            return
        if not self.once.is_fresh and self._is_composed(now):
            await self._finish(now)
            return
        await self.once.close_fresh()
        moved = now.status is not sent.before.status
        if sent.seen is not None and moved and await self.once.sending.passes():
            # One that has to wait begins when its turn comes.
            self._waits = now.status in PROCESSING
            if not self._waits:
                await self._send(now)
            return
        raise sent.failure

    async def _reopened(self, live: RemoteVideo) -> RemoteVideo | None:
        """Lead a ready video back to where it can be composed, or begin one anew beside it.

        None where the studio is at work on it.
        """
        video_id = live.id

        async def emptied() -> RemoteVideo:
            return await self._run.studio.update_video(video_id, {"scenes": []})

        edited = await edit_in_place(self._run, self._address, live, emptied)
        if edited is Edited.BUSY:
            return None
        if edited is Edited.DONE:
            live = await self.once.live()
        if live.status is not VideoStatus.READY:
            return live
        self._run.observer.noticed(f"{self._address}: no ready video is composed: replacing it")
        await prepare_successor(self._run, replace(self._desired, scenes=()))
        await settle_name(self._run, self._desired)
        return await self.once.live()

    async def _finish(self, live: RemoteVideo) -> None:
        """Record the scenes' fingerprints and what they were composed of; then comes the film."""
        avatars = self._run.known_avatars()
        video = as_composed(self._desired, live, avatars, named=True)
        if not video.scenes:
            await self.once.close()  # so that the next apply asks for it again
            raise StudioError(
                "the studio composed no scenes", hint="apply again, or try another `userBrief`"
            )
        written = confirmed(self._run, video, self._as_named(live))
        operation = self._operation

        def recorded(state: State) -> State:
            record = state.videos[self._address].with_written(written)
            record = replace(record, composed=self._need.fingerprint)
            state = state.with_video(self._address, record)
            return state if operation is None else state.without_operation(operation.nonce)

        await self._run.ledger.record(recorded)
        self._run.options.checkpoint("compose:recorded")
        await self._tell_notice(live)
        self.finished = True
        self._run.done(self._address, Action.COMPOSE)
        if self.change.film is not None:
            self.follower = FilmJob(self._run, self.change, composed=video)

    async def _tell_notice(self, live: RemoteVideo) -> None:
        """Tell what a local studio noticed of the composition; no answer says nothing."""
        with suppress(StudioError):
            told = await self._run.studio.failure_reason(live)
            if told is not None and told.startswith(COMPOSE_NOTICE):
                notice = told.removeprefix(COMPOSE_NOTICE)
                self._run.observer.noticed(f"{self._address}: {notice}")

    def _as_named(self, live: RemoteVideo) -> RemoteVideo:
        """Return the composed video without another name that it was given meanwhile.

        A composition writes no name: recorded, it would pass for what the studio made of ours.
        """
        known = self._run.ledger.state.videos[self._address].written.name
        stored = known.made or known.sent
        if not stored or name_digest(self._run.shown(live)) == stored:
            return live
        return replace(live, name=self._desired.name)


def _runs(live: RemoteVideo) -> bool:
    return live.status is VideoStatus.COMPOSING
