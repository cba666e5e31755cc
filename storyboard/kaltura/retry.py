"""Which call may be repeated after which failure. A table and a delay; sends nothing."""

from __future__ import annotations

import email.utils
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from storyboard.whole_numbers import whole_number
from storyboard.wire import REFUSALS, SAID_OF_A_VIDEO, Action


class Effect(Enum):
    """What a second sending does."""

    READ = "read"
    REPEATABLE = "repeatable"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Policy:
    """How often a call is tried, and whether an unknown outcome may be tried again.

    `refusals` are the codes that say for certain that the call had no effect.
    """

    effect: Effect
    attempts: int
    read_seconds: float | None = None
    refusals: frozenset[str] = REFUSALS


_READ = Policy(Effect.READ, 4)
"""Four tries: with the pauses between, a restart of some seconds passes unseen. A choice."""
_REPEATABLE = Policy(Effect.REPEATABLE, 4)
_ONCE = Policy(Effect.ONCE, 4)

POLICIES: dict[Action, Policy] = {
    Action.TEMPLATE_LIST: _READ,
    Action.AVATAR_UPSERT: _REPEATABLE,
    Action.AVATAR_GET: _READ,
    Action.AVATAR_PREVIEW: _READ,
    Action.VIDEO_ADD: Policy(Effect.ONCE, 4, refusals=REFUSALS - SAID_OF_A_VIDEO),
    Action.VIDEO_GET: _READ,
    Action.VIDEO_UPDATE: _REPEATABLE,
    Action.VIDEO_LIST: _READ,
    Action.VIDEO_DELETE: _REPEATABLE,
    Action.VIDEO_COMPOSE: _ONCE,
    # Speech is made while we wait: longer, and not as often.
    Action.VIDEO_PREVIEW_AUDIO: Policy(Effect.READ, 2, read_seconds=60.0),
    Action.VIDEO_PREVIEW_AUDIO_STREAM: Policy(Effect.READ, 2, read_seconds=60.0),
    Action.VIDEO_GENERATE: _ONCE,
    Action.VIDEO_RESET_STATUS: _REPEATABLE,
    Action.CHECK_CONFIGURATION: _READ,
    Action.INIT_CONFIGURATION: _READ,
    Action.VIDEO_PREVIEW_URL: _READ,
    Action.CATALOG_TEMPLATES: _READ,
    Action.AVATAR_CREATE: Policy(Effect.ONCE, 4, refusals=REFUSALS - SAID_OF_A_VIDEO),
    Action.AVATAR_LIST: _READ,
    Action.AVATAR_UPDATE: _REPEATABLE,
    Action.AVATAR_CLONE: _ONCE,
    Action.AVATAR_DELETE: _REPEATABLE,
}
"""`ONCE` calls are repeated only where the studio certainly did not take the request."""

REFUSED_FOR_NOW = frozenset({429})
"""Statuses that say: not taken, come again; safe for every call."""

_FAILED = 500


def is_unavailable(status: int) -> bool:
    """Whether a status leaves open whether the request had its effect, and may pass.

    Gateways have statuses of their own from 520 on, and 408 and 499 for a client that was slow.
    """
    return status >= _FAILED or status in (408, 499)


BLOCKED_CODE = "ACTION_BLOCKED"
"""Kaltura's rate limit, in a 200 and without Retry-After."""


def delay_seconds(attempt: int, retry_after: str | None, random: Callable[[], float]) -> float:
    """Return the wait before attempt 1, 2, …: exponential with full jitter, or as told.

    `retry_after` is the header: seconds or an HTTP date; capped at a minute.
    """
    told = asked_seconds(retry_after)
    if told is not None:
        return min(told, 60.0)
    # From zero on ("full jitter"): runners that were refused together do not come again together.
    return float(random()) * min(8.0, 0.5 * 2.0**attempt)


def asked_seconds(header: str | None) -> float | None:
    """Return for how long a studio asks to wait, by the header `Retry-After`."""
    if not header:
        return None
    seconds = whole_number(header.strip())
    if seconds is not None:
        return float(seconds)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
