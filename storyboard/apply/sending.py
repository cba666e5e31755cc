"""Has a studio make something of one video: sends the call once, and tells what became of it.

A call without a clear answer is looked after before it is sent again, a refusal that the video's
status explains is looked into, and two attempts are all. Knows no intent, no plan and no film.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final

from storyboard.apply.reach import Reach
from storyboard.apply.run import Run
from storyboard.errors import ApiError, ConflictError, StudioError, UnknownOutcomeError
from storyboard.kaltura.attempts import NotTaken
from storyboard.kaltura.objects import RemoteVideo
from storyboard.state.operations import OperationKind
from storyboard.video import Address
from storyboard.wire import FAILED, PROCESSING, ErrorCode, VideoStatus

ATTEMPTS: Final = 2
"""A failure may pass, but each try costs minutes of the studio; so once more, and no more."""

LATE_POLLS: Final = 3
"""Polls after which a studio that goes on showing what cannot be is left alone; a choice.

That they are over proves nothing: what is not proven is not recorded.
"""

_AWAITS_TURN: Final = "waits until another film is made"
"""What is told of a call that a studio refuses which makes one film at a time."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call that makes something: what its video goes through, and its words.

    `refusals` are the codes that the video's status may explain (guide §12), `under_way` the code
    that says that the studio is at it. `remedy` is what to do about a video that is gone, `of` says
    of what a message is, where that is not the video of the address.
    """

    name: str
    running: VideoStatus
    ended: tuple[VideoStatus, ...]
    product: str
    deed: str
    refusals: tuple[str, ...]
    under_way: str | None = None
    remedy: str | None = "apply again to create it; if many are gone, with `--allow-missing`"
    of: str = ""


_GENERATE: Final = Call(
    "generate",
    VideoStatus.GENERATING,
    (VideoStatus.READY, VideoStatus.GENERATE_ERROR),
    "film",
    "its film was made",
    (
        ErrorCode.VIDEO_CANNOT_GENERATE.value,
        ErrorCode.INVALID_STATUS_TRANSITION.value,
        ErrorCode.VIDEO_IS_PROCESSING.value,
    ),
    ErrorCode.VIDEO_IS_BEING_GENERATED.value,
)
_COMPOSE: Final = Call(
    "compose",
    VideoStatus.COMPOSING,
    (VideoStatus.COMPOSED, VideoStatus.COMPOSE_ERROR),
    "composition",
    "it was composed",
    (ErrorCode.VIDEO_CANNOT_COMPOSE.value, ErrorCode.VIDEO_IS_PROCESSING.value),
)

CALLS: Final[Mapping[OperationKind, Call]] = MappingProxyType(
    {
        OperationKind.GENERATE: _GENERATE,
        OperationKind.COMPOSE: _COMPOSE,
        OperationKind.TEST: replace(_GENERATE, remedy=None, of="a test film "),
    }
)
"""The call that each kind of intent is about, where the studio is at it for minutes."""


class Fate(Enum):
    """What became of a call.

    `SENT`: the studio took it, or is at it. `TURN`: it makes another film first. `BUSY`: it is at
    work on this video. `REFUSED` for another reason. `UNREACHED`: nothing came of any attempt.
    """

    SENT = "sent"
    TURN = "turn"
    BUSY = "busy"
    REFUSED = "refused"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a call of a video, which was as `before`.

    `answer` is the studio's, `seen` the video as it was looked at after a refusal.
    """

    fate: Fate
    before: RemoteVideo
    answer: RemoteVideo | None = None
    seen: RemoteVideo | None = None
    cause: StudioError | None = None

    @property
    def failure(self) -> StudioError:
        """Why nothing was begun."""
        assert self.cause is not None, self.fate
        return self.cause


def _unmarked(reach: Reach) -> None:
    """Keep nothing."""


class Sending:
    """The attempts of one call; `mark` is told how far it came."""

    def __init__(
        self,
        run: Run,
        address: Address,
        kind: OperationKind,
        video_id: Callable[[], str],
        mark: Callable[[Reach], None] = _unmarked,
    ) -> None:
        self.attempts = 0
        self.words = CALLS[kind]
        self.mark = mark
        self._run = run
        self._address = address
        self._video_id = video_id
        self._odd_polls = 0
        self._refusals = 0
        self._awaits_turn = False

    async def live(self) -> RemoteVideo:
        """Fetch the video; raises `ConflictError` where it is gone."""
        live = await self._run.studio.get_video(self._video_id())
        if live is None:
            raise ConflictError(
                f"video '{self._video_id()}' was deleted while {self.words.deed}",
                hint=self.words.remedy,
            )
        return live

    async def send(
        self,
        live: RemoteVideo,
        prepare: Callable[[RemoteVideo], Awaitable[RemoteVideo | None]],
        request: Callable[[RemoteVideo], Awaitable[RemoteVideo]],
    ) -> Sent:
        """Send it until it is known what became of it.

        `prepare` is called before each attempt: it returns the video as it is to be sent of, or
        None where the studio is at work on it. A video that failed is led back before.
        """
        while True:
            self._odd_polls = 0
            self.attempts += 1
            self.mark(Reach.UNSENT)  # whoever sends it has looked at the video
            if live.status in FAILED:
                live = await self._run.studio.reset_status(live.id)
            prepared = await prepare(live)
            if prepared is None:
                self.attempts -= 1
                return Sent(Fate.BUSY, live)
            found = await self._attempt(prepared, request)
            if isinstance(found, Sent):
                self._awaits_turn = found.fate is Fate.TURN
                return found
            live = found

    async def _attempt(
        self, before: RemoteVideo, request: Callable[[RemoteVideo], Awaitable[RemoteVideo]]
    ) -> Sent | RemoteVideo:
        """Send it; returns what became of it, or the video that it may be sent of once more."""
        self.mark(Reach.UNKNOWN)
        try:
            answer = await request(before)
        except NotTaken:
            self.mark(Reach.UNSENT)
            raise
        except UnknownOutcomeError as cause:
            return await self._look_up(before, cause)
        except ApiError as cause:
            return await self._refused(before, cause)
        except StudioError as cause:
            self.mark(Reach.UNSENT)
            return Sent(Fate.UNREACHED, before, cause=cause)
        self.mark(Reach.TAKEN)
        return Sent(Fate.SENT, before, answer)

    async def _look_up(self, before: RemoteVideo, cause: UnknownOutcomeError) -> Sent | RemoteVideo:
        """Find out what became of an unanswered call, for as long as a studio may take to show."""
        self._run.observer.noticed(
            f"{self._address}: no clear answer to the {self.words.name}; looking it up"
        )
        live = before
        for delay in self._run.options.visibility:
            if delay:
                await self._run.options.sleep(delay)
            live = await self.live()
            if live.status is self.words.running or self._has_ended(before, live):
                self.mark(Reach.TAKEN)
                return Sent(Fate.SENT, before)
            self.mark(Reach.IDLE)
        if self.attempts < ATTEMPTS:
            return live
        fate = Fate.REFUSED if cause.is_answered else Fate.UNREACHED
        return Sent(fate, before, cause=cause)

    def _has_ended(self, before: RemoteVideo, live: RemoteVideo) -> bool:
        """Whether a video went through the call between two looks; an edit alone tells nothing."""
        if live.status not in self.words.ended:
            return False
        if live.status is before.status is VideoStatus.READY:
            return live.entry_id != before.entry_id
        return live.status is not before.status or live.updated_at != before.updated_at

    async def _refused(self, before: RemoteVideo, cause: ApiError) -> Sent:
        """Find out what a refusal means, where the video's status may be why."""
        if cause.code == self.words.under_way:
            self.mark(Reach.TAKEN)
            return Sent(Fate.SENT, before)
        if cause.code == ErrorCode.VIDEO_GENERATION_ALREADY_IN_PROGRESS.value:
            self.mark(Reach.UNSENT)
            self.attempts -= 1
            if not self._awaits_turn:
                self._run.observer.noticed(f"{self._address}: {self.words.of}{_AWAITS_TURN}")
            return Sent(Fate.TURN, before, cause=cause)
        seen = await self.live() if cause.code in self.words.refusals else None
        if seen is not None and seen.status in PROCESSING:
            return Sent(Fate.BUSY, before, seen=seen, cause=cause)
        self.mark(Reach.IDLE)
        return Sent(Fate.REFUSED, before, seen=seen, cause=cause)

    async def passes(self) -> bool:
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

    def stays_odd(self) -> bool:
        """Count a look that shows what should not be; whether it is time to stop looking."""
        self._odd_polls += 1
        return self._odd_polls >= LATE_POLLS

    def may_repeat(self) -> bool:
        """Whether what failed is tried once more; says so."""
        if self.attempts >= ATTEMPTS:
            return False
        self._run.observer.noticed(
            f"{self._address}: the {self.words.product} failed; trying once more"
        )
        return True
