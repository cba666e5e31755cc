"""One long call of one video, made exactly once however often a run is begun. Knows no outcome.

The intent is written before the call is sent, and is closed when it is known what came of it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from storyboard.apply.begun_films import take_over_film
from storyboard.apply.conflicts import edited_since
from storyboard.apply.objects import settle_object
from storyboard.apply.outcome import Ending
from storyboard.apply.reach import Reach
from storyboard.apply.reasons import read_reason
from storyboard.apply.run import Run
from storyboard.apply.sending import ATTEMPTS, Fate, Sending, Sent
from storyboard.errors import (
    ExitCode,
    LockedError,
    StateError,
    StudioError,
    UnknownOutcomeError,
)
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.state.film_identity import is_same_film
from storyboard.state.model import Operation, OperationKind, State
from storyboard.video import Address


class ExactlyOnce:
    """The intent and the time of one `generate` or `compose`.

    It `is_fresh` where no sending before the last one may have had its effect.
    """

    def __init__(self, run: Run, change: Change, action: Action) -> None:
        self.change = change
        self.is_fresh = False
        self._action = action
        self._kind = OperationKind(action.value)
        self._run = run
        self._began = run.options.clock()
        mark = partial(run.reached, change.address, action)
        self.sending = Sending(run, change.address, self._kind, lambda: self.video_id, mark)

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
        operation = self._run.ledger.state.open_operation(self.address, self._kind)
        return operation if operation and operation.video_id == self.video_id else None

    @property
    def reach(self) -> Reach:
        """How far it came."""
        return self._run.reach(self.address, self._action)

    def wait(self) -> None:
        """Count the time from now on: its turn has not come yet."""
        self._began = self._run.options.clock()
        self._run.waits(self.address, self._action)

    async def live(self) -> RemoteVideo:
        """Fetch the video; raises `ConflictError` where it is gone."""
        return await self.sending.live()

    async def settle(self, live: RemoteVideo) -> bool:
        """Carry out the edit that comes before it; False where it has to wait on.

        Raises `ConflictError` where somebody edited the video while this waited.
        """
        planned, record = self.change.current, self._run.ledger.video(self.address)
        if planned is not None and planned.id == live.id:
            conflict = edited_since(planned, live, self._run.known_avatars(), record)
            if conflict is not None:
                raise conflict
        await take_over_film(self._run, self.change, live)
        if not await settle_object(self._run, self.change):
            return False
        if self.change.action is not Action.KEEP:
            self._run.done(self.address, self.change.action)
        return True

    async def send(
        self,
        live: RemoteVideo,
        intend: Callable[[RemoteVideo], Awaitable[RemoteVideo | None]],
        request: Callable[[RemoteVideo], Awaitable[RemoteVideo]],
    ) -> Sent:
        """Send it, with an intent before each attempt; raises where nothing came of any.

        An intent stays if what an earlier attempt sent may still arrive.
        """
        sent = await self.sending.send(live, intend, request)
        if sent.fate is Fate.UNREACHED:
            if not isinstance(sent.cause, UnknownOutcomeError):
                await self.close_fresh()
            raise sent.failure
        return sent

    async def open(
        self, live: RemoteVideo, fingerprint: str, previous_entry_id: str | None
    ) -> None:
        """Write the intent, once however often it is sent.

        One that is not new tells of a sending before, which may have had its effect.
        """
        operation = self.operation
        if operation is not None and is_same_film(operation.fingerprint, fingerprint):
            self.is_fresh = False
            await self._know(operation, previous_entry_id)
            return
        opened = Operation(
            kind=self._kind,
            address=self.address,
            nonce=self._run.options.nonce(),
            started_at=self._run.options.stamp(),
            video_id=live.id,
            fingerprint=fingerprint,
            previous_entry_id=previous_entry_id,
            previous_updated_at=live.updated_at or None,
        )
        self.is_fresh = True
        await self._run.ledger.record(lambda state: self._closed(state).with_operation(opened))

    def taken(self) -> None:
        """Tell that the studio is at it already."""
        self.sending.mark(Reach.TAKEN)

    async def _know(self, operation: Operation, entry_id: str | None) -> None:
        """Remember a film that was there before this sending: it is not the one that it makes."""
        known = replace(operation, idle=False)
        if entry_id is not None:
            known = replace(known, previous_entry_id=entry_id)
        if known != operation:
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

    async def close_fresh(self) -> None:
        """Close the intent of a call that had no effect; an earlier sending's may still arrive."""
        if self.is_fresh:
            await self.close()

    def _closed(self, state: State) -> State:
        for operation in state.operations_of(self.address):
            if operation.kind is self._kind:
                state = state.without_operation(operation.nonce)
        return state

    def leave(self, message: str) -> None:
        """End without a result, and say why; the intent stays, and the next apply looks again."""
        self._run.left(self.address, self._action, Ending.DETACHED, message, ExitCode.DETACHED)

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
        reason = read_reason(told, scenes, is_own=self._run.studio.is_local)
        if reason is None:
            error = StudioError(
                f"tried {ATTEMPTS} times; the studio gives no reason", hint=hint_unknown
            )
        else:
            error = StudioError(f"{reason.text}; tried {ATTEMPTS} times", hint=reason.hint or hint)
        await self.close()
        self._run.failed(
            self.address,
            self._action,
            error,
            hints=hints,
            code=ExitCode.GENERATION_FAILED,
        )


async def record_idle(run: Run) -> None:
    """Record which open intents are of no film under way, for those who ask only the state.

    They stay open: what was sent may still arrive.
    """

    def recorded(state: State) -> State:
        for operation in state.operations:
            reach = run.reach_of(operation)
            if reach.is_nothing and not operation.idle:
                state = state.with_operation(replace(operation, idle=True))
        return state

    if run.fatal is None:
        with suppress(StateError, LockedError):  # which the ledger remembers
            await run.ledger.record(recorded)
