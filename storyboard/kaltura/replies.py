"""Tells an answer from an error, in whatever status it came. Knows no action.

A domain error arrives as HTTP 200 with `code` and `message` (guide §12); other Kaltura services add
`objectType: KalturaAPIException`; gateways send real 4xx and 5xx.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from storyboard.errors import ApiError, StudioError
from storyboard.hidden import masked_value
from storyboard.kaltura.code_hints import hint_of
from storyboard.kaltura.secrets import redact
from storyboard.kaltura.transport import Reply
from storyboard.wire import REFUSALS

AUTH_CODES = frozenset(
    {"INVALID_KS", "EXPIRED_KS", "MISSING_KS", "SERVICE_FORBIDDEN", "UNAUTHORIZED"}
)
RENEWABLE_CODES = AUTH_CODES - {"SERVICE_FORBIDDEN"}


_CARRIERS: Final = frozenset({"ks", "downloadUrl"})
"""Fields that may hold a session, to be used and not to be shown."""

_PATIENCE = 500
"""Characters of a message that are passed on; more say no more."""

_STARTS: Final = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "audio/mpeg": (b"ID3", *(bytes([0xFF, second]) for second in range(0xE0, 0x100))),
}
"""What a file of a media type begins with: the header is a hint, and a page may come with it."""


_MALFORMED: Final = 400
_NOT_FOUND: Final = 404

_WORDED: Final = (_MALFORMED, 401)
"""Statuses that the API words with a message and no code; without one, they are a gateway's."""

_START = 60
"""Characters of what was not expected."""

_READ = 20_000
"""Characters of a message that are looked at: half a secret at its end would not be known as one,
and a session has at most 16,384."""

_NOT_THERE: Final = (
    "the address may be wrong, or a proxy answered: "
    "check KALTURA_VOD_AVATAR_URL and KALTURA_SERVICE_URL"
)
_NO_ACTION: Final = "UNKNOWN_ACTION"
_UNKNOWN: Final = "UNKNOWN"
_SILENT: Final = "the studio gave no reason"


class Unusable(StudioError):
    """The reply says neither success nor failure: empty where an object is due, or garbage."""


class Foreign(ApiError):
    """An error status that the API did not word: of a gateway, or of what else has the address.

    It tells neither that a call had no effect nor that an object is not there.
    """


def is_refusal(error: ApiError, refusals: Collection[str] = REFUSALS) -> bool:
    """Whether an error says for certain that the call had no effect: the API's own word does.

    That is one of the codes that refuse the call, or a request that it found malformed. All else
    leaves it open.
    """
    if isinstance(error, Foreign):
        return False
    return error.code in refusals or error.status == _MALFORMED


def decode(reply: Reply) -> Any:
    """Return the JSON answer, `None` for an empty one; raises `ApiError` or `Unusable`.

    Our secrets are masked in all that it says, so that none comes into a message, a plan or a file.
    A text alone is a session of Kaltura's services, and no other answer.
    """
    try:
        body = reply.json() if reply.body.strip() else None
    except ValueError as cause:
        if reply.status >= 400:
            raise _http_error(reply, None) from cause
        raise Unusable(f"the reply cannot be read, {cause}: {shown_start(reply)}") from cause
    # A text alone is a session: masked, it could not be used.
    if not isinstance(body, str):
        body = masked_value(body, _CARRIERS)
    raise_error(reply, body)
    if reply.status >= 300:
        raise Unusable(f"the studio answered HTTP {reply.status}, which leads elsewhere")
    return body


def decode_bytes(reply: Reply, *, expected: str) -> bytes:
    """Return a binary answer, such as `audio/mpeg`; an error in JSON raises `ApiError`."""
    is_json = "json" in reply.headers.get("content-type", "") or reply.body[:1] == b"{"
    if is_json or reply.status >= 400:
        decode(reply)
    if not reply.body:
        error = _words(reply.headers.get("x-kaltura", ""))
        raise Unusable(error or f"an empty reply instead of {expected}")
    if reply.status >= 300 or not reply.body.startswith(_STARTS[expected]):
        raise Unusable(f"expected {expected}, but HTTP {reply.status} brought {shown_start(reply)}")
    return reply.body


def shown_start(reply: Reply) -> str:
    """Return what a reply seems to be: its type, and its first words where it has some."""
    kind = shown_type(reply)
    words = redact(reply.body[:_READ].decode("utf-8", "replace"))[:_START].strip()
    if not words:
        return f"{kind}, empty"
    return f"{kind}, '{words}'" if words.isprintable() else kind


def shown_type(reply: Reply) -> str:
    """Return the media type that a reply names, as far as it is shown."""
    return redact(reply.headers.get("content-type", "").partition(";")[0].strip())[:_START] or (
        "no type"
    )


def said(reply: Reply) -> str:
    """Return what a failed reply says of its cause, after a colon; empty where it says nothing."""
    try:
        body = reply.json()
    except ValueError:
        return ""
    message = body.get("message") if isinstance(body, dict) else None
    told = _words(message)
    return f": {told}" if told else ""


def raise_error(reply: Reply, body: Any) -> None:
    """Raise `ApiError` where a parsed reply is an error."""
    if isinstance(body, dict):
        named = body.get("objectType") == "KalturaAPIException"
        # An object with an id is an answer, whatever other fields it has.
        bare = "code" in body and "message" in body and "id" not in body
        if named or bare:
            code = _code_of(body.get("code"))
            words = _words(body.get("message"))
            hint = hint_of(code, reply.status)
            # The local studio words its 404 so: an address that is wrong by a step ends there.
            if code == _NO_ACTION and reply.status == _NOT_FOUND:
                hint = _NOT_THERE
            raise ApiError(code, words or _SILENT, status=reply.status, hint=hint)
    if reply.status >= 400:
        raise _http_error(reply, body)


def _http_error(reply: Reply, body: Any) -> ApiError:
    code = {401: "UNAUTHORIZED", 403: "SERVICE_FORBIDDEN"}.get(reply.status, f"HTTP_{reply.status}")
    words = _words(body.get("message") if isinstance(body, dict) else None)
    if not words and body is None:
        words = _words(reply.body[: 4 * _READ].decode("utf-8", "replace"), 200)
    hint = _NOT_THERE if reply.status == _NOT_FOUND else hint_of(code, reply.status)
    if not words or words.startswith(("<", "{", "[")):
        words, hint = f"the answer is {shown_start(reply)}", _NOT_THERE
    is_own = reply.status in _WORDED and isinstance(body, dict) and "message" in body
    kind = ApiError if is_own else Foreign
    return kind(code, words, status=reply.status, hint=hint)


def tells_nothing(code: str) -> bool:
    """Whether a code is ours, for a refusal that has none: nobody finds its cause by it."""
    return code == _UNKNOWN or code.startswith("HTTP_")


def _code_of(told: Any) -> str:
    """Return the code of an error as one word; a number may be one."""
    is_code = isinstance(told, str | int) and not isinstance(told, bool)
    return _words(str(told), _START) or _UNKNOWN if is_code else _UNKNOWN


def _words(told: Any, most: int = _PATIENCE) -> str:
    """Return the words of a server, if it said any: in one line, short, and without our secrets.

    A line's end would let it write lines that look like ours.
    """
    text = redact(told[:_READ]) if isinstance(told, str) else ""
    return " ".join(text.split())[:most]
