"""One long call of one video, made exactly once however often a run is begun. Knows no outcome.

The intent is written before the call is sent, whatever became of an unanswered call is looked up,
and a call that failed is made once more: two attempts are all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from storyboard.apply.conflicts import edited_since
from storyboard.apply.edits import Busy
from storyboard.apply.objects import settle_object
from storyboard.apply.outcome import Ending
from storyboard.apply.reasons import read_reason
from storyboard.apply.run import Run
from storyboard.errors import ConflictError, ExitCode, StudioError, UnknownOutcomeError
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address
from storyboard.wire import FAILED, VideoStatus

_ATTEMPTS: Final = 2
"""A failure may pass, but each try costs minutes of the studio; so once more, and no more."""

AWAITS_TURN: Final = "waits until another film is made"
"""What is told of a call that a studio refuses which makes one film at a time."""

LATE_POLLS: Final = 3
"""Polls after which a studio that goes on showing what cannot be is left alone; a choice.

That they are over proves nothing: what is not proven is not recorded.
"""


@dataclass(frozen=True, slots=True)
class _Call:
    """The call of an action: how its intent is kept, what its video goes through, and its words."""

    kind: OperationKind
    running: VideoStatus
    ended: tuple[VideoStatus, ...]
    product: str
    deed: str


_CALLS: Final[Mapping[Action, _Call]] = MappingProxyType(
    {
        Action.GENERATE: _Call(
            OperationKind.GENERATE,
            VideoStatus.GENERATING,
            (VideoStatus.READY, VideoStatus.GENERATE_ERROR),
            "film",
            "its film was made",
        ),
        Action.COMPOSE: _Call(
            OperationKind.COMPOSE,
            VideoStatus.COMPOSING,
            (VideoStatus.COMPOSED, VideoStatus.COMPOSE_ERROR),
            "composition",
            "it was composed",
        ),
    }
)


class ExactlyOnce:
    """The intent, the attempts and the time of one `generate` or `compose`."""

    def __init__(self, run: Run, change: Change, action: Action) -> None:
        self.change = change
        self.attempts = 0
        self._action = action
        self._call = _CALLS[action]
        self._run = run
        self._began = run.options.clock()
        self._odd_polls = 0
        self._refusals = 0
        self._is_own = False
        self.is_idle = False

    @property
    def address(self) -> Address:
        """Whose call it is."""
        return self.change.address

    @property
    def video_id(self) -> str:
        """The object that it is made of: the successor where there is one."""
        return self._run.ledger.state.videos[self.address].written.id

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return self._run.options.clock() - self._began

    @property
    def operation(self) -> Operation | None:
        """The open intent, if it is of the object that would be sent now."""
        operation = self._run.ledger.state.open_operation(self.address, self._call.kind)
        return operation if operation and operation.video_id == self.video_id else None

    def wait(self) -> None:
        """Count the time from now on: its turn has not come yet."""
        self._began = self._run.options.clock()
        self._run.waits(self.address, self._action)

    async def live(self) -> RemoteVideo:
        """Fetch the video; raises `ConflictError` where it is gone."""
        live = await self._run.studio.get_video(self.video_id)
        if live is None:
            raise ConflictError(
                f"video '{self.video_id}' was deleted while {self._call.deed}",
                hint="apply again to create it",
            )
        return live

    async def settle(self, live: RemoteVideo) -> bool:
        """Carry out the edit that comes before it; False where it has to wait on.

        Raises `ConflictError` where somebody edited the video while this waited.
        """
        planned, record = self.change.current, self._run.ledger.video(self.address)
        if planned is not None and planned.id == live.id:
            conflict = edited_since(planned, live, self._run.known_avatars(), record)
            if conflict is not None:
                raise conflict
        try:
            await settle_object(self._run, self.change)
        except Busy:
            return False
        if self.change.action is not Action.KEEP:
            self._run.done(self.address, self.change.action)
        return True

    async def attempt(self, live: RemoteVideo) -> RemoteVideo:
        """Count an attempt, and lead a video that failed back to where it can be tried again."""
        self._odd_polls = 0
        self.attempts += 1
        if live.status in FAILED:
            return await self._run.studio.reset_status(live.id)
        return live

    async def open(
        self, live: RemoteVideo, fingerprint: str, previous_entry_id: str | None
    ) -> bool:
        """Write the intent, once however often it is sent; returns whether it is a new one.

        One that is not new tells of a sending before, which may have had its effect.
        """
        operation = self.operation
        if operation is not None and operation.fingerprint == fingerprint:
            await self._know(operation, previous_entry_id)
            return False
        opened = Operation(
            kind=self._call.kind,
            address=self.address,
            nonce=self._run.options.nonce(),
            started_at=self._run.options.now().isoformat(timespec="seconds"),
            video_id=live.id,
            fingerprint=fingerprint,
            previous_entry_id=previous_entry_id,
            previous_updated_at=live.updated_at or None,
        )
        # Beside an older intent a call may have been sent by an earlier run: that film would go
        # on.
        if not self._run.ledger.state.operations_of(self.address):
            self._is_own = True
            self._run.unsent.add(self.address)
        await self._run.ledger.record(lambda state: self._closed(state).with_operation(opened))
        return True

    def sending(self) -> None:
        """Note that the call is sent now: from here on it may have had its effect."""
        self.is_idle = False
        self._run.unsent.discard(self.address)
        self._run.started(self.address, self._action)

    def not_taken(self) -> None:
        """Note that the studio surely did not take the call; an earlier run's it may have."""
        if self._is_own:
            self._run.unsent.add(self.address)

    async def leave_idle(self, *, is_fresh: bool) -> None:
        """Note that the studio took no call of a video that it was seen to do nothing with.

        An intent that is not fresh stays: what an earlier run sent may still arrive.
        """
        self.is_idle = True
        if is_fresh:
            await self.close()

    def taken(self) -> None:
        """Tell that the studio took the call, or is at it already."""
        self._run.taken(self.address, self._action)

    async def _know(self, operation: Operation, entry_id: str | None) -> None:
        """Remember a film that was there before this sending: it is not the one that it makes."""
        if entry_id not in (None, operation.previous_entry_id):
            known = replace(operation, previous_entry_id=entry_id)
            await self._run.ledger.record(lambda state: state.with_operation(known))

    async def see(self) -> None:
        """Remember that the studio was seen at what is wanted: a later run may see only its end."""
        operation = self.operation
        if operation is not None and not operation.seen:
            seen = replace(operation, seen=True)
            await self._run.ledger.record(lambda state: state.with_operation(seen))

    async def close(self) -> None:
        """Close every intent of this kind and address, also of an object that is no more."""
        await self._run.ledger.record(self._closed)

    def _closed(self, state: State) -> State:
        for operation in state.operations_of(self.address):
            if operation.kind is self._call.kind:
                state = state.without_operation(operation.nonce)
        return state

    async def look_up(self, before: RemoteVideo, cause: UnknownOutcomeError) -> RemoteVideo | None:
        """Find out what became of an unanswered call; None where it began after all.

        Returns the video that it may be sent of again; raises `cause` after the last attempt.
        """
        self._run.observer.noticed(
            f"{self.address}: no clear answer to the {self._action.value}; looking it up"
        )
        live = before
        for delay in self._run.options.visibility:
            if delay:
                await self._run.options.sleep(delay)
            live = await self.live()
            if live.status is self._call.running or self._has_ended(before, live):
                self.taken()
                return None
        if self.attempts >= _ATTEMPTS:
            raise cause
        return live

    def _has_ended(self, before: RemoteVideo, live: RemoteVideo) -> bool:
        """Whether a video went through the call between two looks; an edit alone tells nothing."""
        if live.status not in self._call.ended:
            return False
        if live.status is before.status is VideoStatus.READY:
            return live.entry_id != before.entry_id
        return live.status is not before.status or live.updated_at != before.updated_at

    def leave(self, message: str) -> None:
        """End without a result, and say why; the intent stays, and the next apply looks again."""
        self._run.left(self.address, self._action, Ending.DETACHED, message, ExitCode.DETACHED)

    def stays_odd(self) -> bool:
        """Count a look that shows what should not be; whether it is time to stop looking."""
        self._odd_polls += 1
        return self._odd_polls >= LATE_POLLS

    async def refused(self) -> bool:
        """Wait after a refusal that may pass; False where that was done often enough.

        It counts as no attempt: nothing came of it.
        """
        delays = self._run.options.visibility
        if self._refusals >= len(delays):
            return False
        await self._run.options.sleep(delays[self._refusals])
        self._refusals += 1
        self.attempts -= 1
        return True

    def may_repeat(self) -> bool:
        """Whether what failed is tried once more; says so."""
        if self.attempts >= _ATTEMPTS:
            return False
        noun = self._call.product
        self._run.observer.noticed(f"{self.address}: the {noun} failed; trying once more")
        return True

    async def give_up(
        self,
        live: RemoteVideo,
        *,
        hint: str | None = None,
        hint_unknown: str | None = None,
        hints: tuple[str, ...] = (),
    ) -> None:
        """Tell the last failure, with its reason where the studio tells one.

        `hint_unknown` takes the place of `hint` where it tells none.
        """
        told = await self._run.studio.failure_reason(live)
        desired = self.change.desired
        scenes = () if desired is None else tuple(scene.id for scene in desired.scenes)
        reason = read_reason(told, scenes)
        if reason is None:
            error = StudioError(
                f"tried {_ATTEMPTS} times; the studio gives no reason", hint=hint_unknown
            )
        else:
            error = StudioError(f"{reason.text}; tried {_ATTEMPTS} times", hint=reason.hint or hint)
        await self.close()
        self._run.failed(
            self.address,
            self._action,
            error,
            hints=hints,
            code=ExitCode.GENERATION_FAILED,
        )
