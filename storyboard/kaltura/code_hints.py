"""What to do about an error code, known or not: the guide names 18, and a service answers others.

A code is made of words that tell its kind: `ENTRY_ID_NOT_FOUND`, `PROPERTY_VALIDATION_MAX_LENGTH`.
"""

from __future__ import annotations

import re
from typing import Final

from storyboard.hints import hint_for

SLOW_DOWN: Final = "wait a few minutes, then run the command again"

ASK_AGAIN: Final = "run the command again in a few minutes"
"""What is due where a studio gives no answer, or one that a gateway gives in its place."""

RUN_AGAIN: Final = f"{ASK_AGAIN}: it does nothing twice"
"""The same, of a call that may have had an effect."""

_MALFORMED: Final = 400
_FORBIDDEN: Final = (401, 403)
_TOO_LARGE: Final = 413
_SESSION: Final = "start a new session, and check that its account has VOD Avatar"
_RIGHTS: Final = "see what this session may do: `storyboard doctor`; or ask who runs the account"
_FIELDS: Final = (
    "correct what it names in the files: `storyboard show` prints what is sent; a newer version of "
    "storyboard may know what the API takes now"
)
_LESS: Final = "ask for less at once, or ask who runs the account for a higher limit"
_QUOTA: Final = (
    "delete what you do not need any more, or ask who runs the account for a higher limit"
)
_ABSENT: Final = (
    "see whether it is there for this user: `storyboard doctor`; what apply would do about it: "
    "`storyboard plan`"
)
_OTHER: Final = (
    "run the command again; if it happens again, examine the studio with `storyboard doctor`, and "
    "report the code to who runs it"
)
# In this order, as a code may have words of two: `PROPERTY_VALIDATION_MAX_LENGTH` is of a field,
# and not of the account's limits.
_KINDS: Final = (
    (
        r"NOT_EMULATED",
        "use an environment of Kaltura for it; what a local studio has: `storyboard studio "
        "contract`",
    ),
    (
        r"SNAPSHOT_NOT_FOUND",
        "see which ones there are: `storyboard studio snapshot list`; each server of a local "
        "studio has its own, so ask the one that saved it, or copy the snapshot's folder",
    ),
    (r"BLOCKED|THROTTLED|RATE_LIMIT|TOO_MANY_REQUESTS", SLOW_DOWN),
    (r"UNAUTHORIZED|SESSION|KS", _SESSION),
    (r"FORBIDDEN|RESTRICTED|PERMISSIONS?|NOT_ALLOWED|ACCESS", _RIGHTS),
    (r"NOT_FOUND|NOT_EXISTS?|DELETED|UNKNOWN_[A-Z]+", _ABSENT),
    (
        r"VALIDATION|INVALID|MISSING|MANDATORY|ILLEGAL|MALFORMED|(?:UN|NOT_)SUPPORTED|CANNOT_BE"
        r"|TOO_(?:LONG|SHORT)",
        _FIELDS,
    ),
    (r"QUOTAS?", _QUOTA),
    (r"EXCEED(?:S|ED|ING)?|LIMIT|TOO_(?:MANY|LARGE|BIG)|MAX(?:IMUM)?", _LESS),
    (
        r"STATUS|PROCESSING|ALREADY|CONFLICT|BUSY|CANNOT|NOT_READY",
        "see its status: `storyboard status`; then run the command again",
    ),
)
_PATTERNS: Final = tuple(
    (re.compile(rf"(?:^|_)(?:{words})(?:_|$)"), hint) for words, hint in _KINDS
)


def is_of_quota(code: str) -> bool:
    """Whether a code tells that the account has no more of something: no one video is to blame."""
    return hint_of(code, 200) == _QUOTA


def hint_of(code: str, status: int) -> str:
    """Return what to do about an error code, by its HTTP status where its words tell nothing."""
    known = hint_for(code)
    if known is not None:
        return known
    told = code.upper().replace(" ", "_")
    kind = next((hint for pattern, hint in _PATTERNS if pattern.search(told)), None)
    if kind is not None:
        return kind
    if status in _FORBIDDEN:
        return _RIGHTS
    if status == _TOO_LARGE:
        return _LESS
    return _FIELDS if status == _MALFORMED else _OTHER
