"""Sends a request until there is an answer, within its policy. Knows no session, no objects."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from storyboard.errors import ApiError, StoryboardError, UnknownOutcomeError, UnreachableError
from storyboard.kaltura.code_hints import ASK_AGAIN, RUN_AGAIN, SLOW_DOWN
from storyboard.kaltura.exchange_failures import NoReply, NotSent
from storyboard.kaltura.fields import MalformedReply
from storyboard.kaltura.replies import Unusable, is_refusal, said
from storyboard.kaltura.retry import (
    BLOCKED_CODE,
    REFUSED_FOR_NOW,
    Effect,
    Policy,
    asked_seconds,
    delay_seconds,
    is_unavailable,
)
from storyboard.kaltura.throttle import Throttle
from storyboard.kaltura.told_waits import tell_wait
from storyboard.kaltura.transport import Reply

_BLOCKED_SECONDS = "10"
"""The wait after the rate limit's error code, which comes without Retry-After."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pace:
    """How attempts wait: the sleep in seconds, and the share from 0 to 1 of the longest wait."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random
    now: Callable[[], datetime] = datetime.now


class NotTaken(asyncio.CancelledError):
    """Canceled while it waited for its turn: the studio did not take the request."""


class SlowDown(Exception):
    """The request was not taken, and may come again; `retry_after` is the header."""

    def __init__(self, retry_after: str | None) -> None:
        super().__init__("the studio asks to slow down")
        self.retry_after = retry_after


def taken(reply: Reply) -> Reply:
    """Return a reply that is an answer; raises `SlowDown` or `NoReply` for one that is none."""
    if reply.status in REFUSED_FOR_NOW:
        raise SlowDown(reply.headers.get("retry-after"))
    if is_unavailable(reply.status):
        failure = NoReply(f"the studio answered HTTP {reply.status}{said(reply)}")
        failure.retry_after = reply.headers.get("retry-after")
        raise failure
    return reply


async def attempts(
    name: str,
    policy: Policy,
    once: Callable[[], Awaitable[_T]],
    pace: Pace,
    throttle: Throttle | None = None,
    *,
    seconds: float = math.inf,
) -> _T:
    """Return what `once` gives, tried as often as the policy allows, in the throttle's turns.

    `once` sends the request and reads the reply that `taken` passed. All tries together take so
    many `seconds` at most, without the pauses between them. Raises `ApiError` for a refusal,
    `UnknownOutcomeError` for a call of which nobody knows whether it had its effect, and
    `UnreachableError` where every attempt failed. Where it is canceled, `NotTaken` tells that a
    call that has its effect once had none.
    """
    is_sent = False

    async def sent() -> _T:
        nonlocal is_sent
        is_sent = True  # and stays so where this is canceled
        try:
            return await once()
        except Exception:
            is_sent = False
            raise

    try:
        return await _tried(name, policy, sent, pace, throttle or Throttle(), _Left(seconds))
    except asyncio.CancelledError:
        # What may have had its effect is not sent again, so all before this one had none.
        if policy.effect is Effect.ONCE and not is_sent:
            raise NotTaken from None
        raise


async def _tried(
    name: str,
    policy: Policy,
    once: Callable[[], Awaitable[_T]],
    pace: Pace,
    throttle: Throttle,
    left: _Left,
) -> _T:
    last = _Failed(UnreachableError(f"{name}: never tried"))
    for attempt in range(policy.attempts):
        # Another call was refused to its last try: this one would wait as long for the same.
        if left.is_nothing or (last.is_refused and throttle.is_given_up):
            break
        if attempt:
            pause = delay_seconds(attempt, last.retry_after, pace.jitter)
            tell_wait(asked_seconds(last.retry_after), pause, pace.now)
            async with throttle.paused() if last.is_refused else nullcontext():
                await pace.sleep(pause)
        try:
            async with throttle.turn(again=last.is_refused), left.spent():
                found = await once()
        except (SlowDown, NotSent, NoReply, Unusable, MalformedReply, ApiError) as cause:
            last = _failed(name, policy, cause)
        else:
            throttle.went_well()
            return found
    if last.is_refused:
        throttle.give_up()
    raise last.failure


class _Left:
    """Owns how many seconds the tries of one call may still take."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    @property
    def is_nothing(self) -> bool:
        """Whether another try would have no time."""
        return self._seconds <= 0

    @asynccontextmanager
    async def spent(self) -> AsyncIterator[None]:
        """Count the time of the block, and end it with `NoReply` when nothing is left.

        The connection's own deadline is of one answer: who sends each just in time, or breaks it
        off, would hold a call four times as long.
        """
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout_at(began + self._seconds) as deadline:
                yield
        except TimeoutError as cause:
            if not deadline.expired():
                raise
            raise NoReply("the studio sends its answer too slowly") from cause
        finally:
            self._seconds -= now() - began


@dataclass(frozen=True, slots=True)
class _Failed:
    """How a try failed, and when the next one may come: `is_refused` where it was not taken."""

    failure: StoryboardError
    is_refused: bool = False
    retry_after: str | None = None


def _failed(name: str, policy: Policy, cause: Exception) -> _Failed:
    """Return what a failure that may pass means; raises for one that is the answer."""
    is_once = policy.effect is Effect.ONCE
    match cause:
        case SlowDown():
            refusal = UnreachableError(f"{name}: {cause}", hint=SLOW_DOWN)
            return _Failed(refusal, is_refused=True, retry_after=cause.retry_after)
        case NotSent():
            return _Failed(UnreachableError(cause.message, hint=cause.hint))
        case ApiError():
            # Before the rate limit's code is looked at: that one is a refusal, and comes again.
            if is_once and not is_refusal(cause, policy.refusals):
                said = f"{name}: {cause.message}"
                raise UnknownOutcomeError(said, hint=cause.hint, is_answered=True) from cause
            if cause.code != BLOCKED_CODE:
                raise cause
            refusal = UnreachableError(f"{name}: {cause.message}", hint=SLOW_DOWN)
            return _Failed(refusal, is_refused=True, retry_after=_BLOCKED_SECONDS)
        case StoryboardError():
            again = ASK_AGAIN if policy.effect is Effect.READ else RUN_AGAIN
            hint = cause.hint or (again if isinstance(cause, NoReply) else None)
            if is_once:
                raise UnknownOutcomeError(f"{name}: {cause}", hint=hint) from cause
            told = cause.retry_after if isinstance(cause, NoReply) else None
            return _Failed(UnreachableError(f"{name}: {cause}", hint=hint), retry_after=told)
        case _:
            raise cause
