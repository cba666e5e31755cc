"""What every step of one apply shares: the studio, the ledger, the options, and the outcomes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from storyboard.apply.counted import Counted
from storyboard.apply.ledger import Ledger
from storyboard.apply.observer import Observer
from storyboard.apply.options import ApplyOptions
from storyboard.apply.outcome import WORST_FIRST, ActionOutcome, Ending
from storyboard.apply.reach import Reach
from storyboard.apply.remote import Studio
from storyboard.errors import (
    CredentialsError,
    ExitCode,
    FailureCode,
    LockedError,
    LostLockError,
    StateError,
    StoryboardError,
)
from storyboard.kaltura.objects import RemoteVideo
from storyboard.plan.action import Action
from storyboard.plan.plan import Plan
from storyboard.plan.shown import ShownVideo, remote_shown
from storyboard.state.model import Operation, State
from storyboard.video import Address, Avatar, Video

_AHEAD: Final = 8
"""Objects under way for each call that may be. A state in git takes a second to keep, a call a
tenth of that; each object that a killed run leaves open costs the next one a look. A choice."""


class Run:
    """One apply under way; `fatal` is set by what makes going on senseless.

    `written` has the videos that were written, by id: as what, and when by the studio's word.
    `resent` has the nonces of adds whose first sending had no clear answer, `swept` the ids of
    deleted leftovers, `counted` what its limits count. `added` are videos that still have the mark
    of their add: where names are keys, until it is known that no other run made the same.
    """

    def __init__(
        self, plan: Plan, studio: Studio, ledger: Ledger, observer: Observer, options: ApplyOptions
    ) -> None:
        self.plan = plan
        self.studio = studio
        self.ledger = ledger
        self.observer = observer
        self.options = options
        self.outcomes: dict[tuple[Address, Action], ActionOutcome] = {}
        self.fatal: StoryboardError | None = None
        self.written: dict[str, tuple[Video, str]] = {}
        self.resent: set[str] = set()
        self.swept: list[str] = []
        self.added: dict[Address, RemoteVideo] = {}
        self._avatars: dict[Avatar, asyncio.Task[str]] = {}
        self._written: dict[Address, RemoteVideo] = {}
        self._turns = asyncio.Semaphore(_under_way(options.concurrency))
        self._began: dict[tuple[Address, Action], float] = {}
        self._told: set[tuple[Address, Action]] = set()
        self._reached: dict[tuple[Address, Action], Reach] = {}
        self.counted = Counted(plan)

    @property
    def is_lost(self) -> bool:
        """Whether another run has the state now, and says what becomes of what this one began."""
        return isinstance(self.fatal, LockedError | LostLockError)

    @property
    def recorded(self) -> State:
        """The state with what this run recorded of its work, or spooled."""
        return self.ledger.kept if self.is_lost else self.ledger.state

    @property
    def turns(self) -> asyncio.Semaphore:
        """Lets so many objects be under way that calls need not wait for records to be kept."""
        return self._turns

    def started(self, address: Address, action: Action) -> None:
        """Tell that an action begins, once."""
        key = (address, action)
        if key not in self._began:
            self._began[key] = self.options.clock()
            self.observer.started(address, action)

    def reached(self, address: Address, action: Action, reach: Reach) -> None:
        """Note how far the call for a film or a composition came; tells once that it is taken."""
        key = (address, action)
        self._reached[key] = reach
        if not reach.is_nothing:
            self.started(address, action)
        if reach is Reach.TAKEN and key not in self._told:
            self._told.add(key)
            self.observer.taken(address, action)

    def reach(self, address: Address, action: Action) -> Reach:
        """Return how far the call came, as far as this run knows."""
        return self._reached.get((address, action), Reach.UNKNOWN)

    def reach_of(self, operation: Operation) -> Reach:
        """Return how far the call of an intent came, if this run had it sent."""
        if not operation.kind.lasts:
            return Reach.UNKNOWN
        return self.reach(operation.address, Action(operation.kind.value))

    def waits(self, address: Address, action: Action) -> None:
        """Count an action's time from now on: its turn has not come yet."""
        if (address, action) in self._began:
            self._began[(address, action)] = self.options.clock()

    def done(self, address: Address, action: Action) -> None:
        """Give an action a good outcome."""
        self._end(ActionOutcome(address, action, Ending.DONE, seconds=self._took(address, action)))

    def failed(
        self,
        address: Address,
        action: Action,
        error: StoryboardError,
        *,
        hints: tuple[str, ...] = (),
        code: ExitCode | None = None,
    ) -> None:
        """Give an action a bad outcome; what concerns the whole run ends the run."""
        if isinstance(error, StateError | LockedError | LostLockError | CredentialsError):
            self.fatal = self.fatal or error
        own = error.exit_code
        # A refusal or a lost login says more than "some actions failed", which is what the caller
        # knows.
        tells_more = own in WORST_FIRST and own is not ExitCode.FAILURE
        code = own if tells_more else (code or ExitCode.PARTIAL)
        kind = error.failure_code
        if code is ExitCode.GENERATION_FAILED and kind is FailureCode.STUDIO_FAILED:
            kind = FailureCode.FILM_FAILED
        all_hints = hints if error.hint is None else (error.hint, *hints)
        took = self._took(address, action)
        self._end(
            ActionOutcome(
                address,
                action,
                Ending.FAILED,
                error.message,
                all_hints,
                took,
                code,
                kind,
            )
        )

    def left(
        self, address: Address, action: Action, ending: Ending, message: str, code: ExitCode
    ) -> None:
        """Give an action the outcome of not having been carried out to its end."""
        took = self._took(address, action)
        self._end(ActionOutcome(address, action, ending, message, (), took, code))

    async def avatar_ids(self, video: Video) -> Mapping[Avatar, str]:
        """Resolve a video's avatars; each distinct one is asked for once a run."""
        return {avatar: await self._avatar_id(avatar) for avatar in video.avatars}

    def saw(self, address: Address, written: RemoteVideo) -> None:
        """Remember how a video was when its scenes were last known to be ours."""
        self._written[address] = written

    def last_written(self, address: Address) -> RemoteVideo | None:
        """Return a video as it was when its scenes became ours in this run."""
        return self._written.get(address)

    def today(self) -> str:
        """Return the date, as the state keeps it."""
        return self.options.now().date().isoformat()

    def shown(self, remote: RemoteVideo) -> ShownVideo:
        """Return what a studio's video shows, by all avatars known so far."""
        return remote_shown(remote, self.known_avatars())

    def known_avatars(self) -> Mapping[str, Avatar]:
        """Map the ids of all avatars known so far to their definitions."""
        known = dict(self.plan.avatars)
        for avatar, task in self._avatars.items():
            if task.done() and not task.cancelled() and task.exception() is None:
                known[task.result()] = avatar
        return known

    async def _avatar_id(self, avatar: Avatar) -> str:
        if avatar not in self._avatars:
            self._avatars[avatar] = asyncio.ensure_future(self._upsert(avatar))
        # Others wait for the same avatar: the first of them that is cancelled must not end it for
        # all.
        return await asyncio.shield(self._avatars[avatar])

    async def _upsert(self, avatar: Avatar) -> str:
        remote = await self.studio.upsert_avatar(avatar.payload())
        await self.ledger.record_avatar(avatar.fingerprint, remote.id)
        return remote.id

    async def close(self) -> None:
        """End what an interruption left running, and keep what it left unwritten."""
        pending = [task for task in self._avatars.values() if not task.done()]
        for task in pending:
            task.cancel()
        await asyncio.gather(*self._avatars.values(), return_exceptions=True)
        await self.ledger.close()
        self.fatal = self.fatal or self.ledger.failure

    def _took(self, address: Address, action: Action) -> float:
        began = self._began.get((address, action))
        return 0.0 if began is None else round(self.options.clock() - began, 3)

    def _end(self, outcome: ActionOutcome) -> None:
        self.outcomes[(outcome.address, outcome.action)] = outcome
        self.observer.ended(outcome)


def _under_way(calls: int) -> int:
    """Return how many objects may be under way; for one call at a time, one."""
    return calls * _AHEAD if calls > 1 else 1
