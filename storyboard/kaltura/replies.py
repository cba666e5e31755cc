"""Tells an answer from an error, in whatever status it came. Knows no action.

A domain error arrives as HTTP 200 with `code` and `message` (guide §12); other Kaltura services add
`objectType: KalturaAPIException`; gateways send real 4xx and 5xx.
"""

from __future__ import annotations

from typing import Any, Final

from storyboard.errors import ApiError, StudioError
from storyboard.kaltura.secrets import redact
from storyboard.kaltura.transport import Reply
from storyboard.wire import REFUSALS, hint_for

AUTH_CODES = frozenset(
    {"INVALID_KS", "EXPIRED_KS", "MISSING_KS", "SERVICE_FORBIDDEN", "UNAUTHORIZED"}
)
RENEWABLE_CODES = AUTH_CODES - {"SERVICE_FORBIDDEN"}


_PATIENCE = 500
"""Characters of a message that are passed on; more say no more."""

_STARTS: Final = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "audio/mpeg": (b"ID3", *(bytes([0xFF, second]) for second in range(0xE0, 0x100))),
}
"""What a file of a media type begins with: the header is a hint, and a page may come with it."""


_MALFORMED: Final = 400
_UNAUTHORIZED: Final = 401
_NOT_FOUND: Final = 404

_START = 60
"""Characters of what was not expected."""


_ADDRESS: Final = "the address may be wrong: check KALTURA_VOD_AVATAR_URL and KALTURA_SERVICE_URL"


class Unusable(StudioError):
    """The reply says neither success nor failure: empty where an object is due, or garbage."""


class Foreign(ApiError):
    """An error status that the API did not word: of a gateway, or of what else has the address.

    It tells neither that a call had no effect nor that an object is not there.
    """


def is_refusal(error: ApiError) -> bool:
    """Whether an error says for certain that the call had no effect: the API's own word does.

    That is a code which is known, or a request that it found malformed. All else leaves it open.
    """
    if isinstance(error, Foreign):
        return False
    return error.code in REFUSALS or error.status == _MALFORMED


def decode(reply: Reply) -> Any:
    """Return the JSON answer, `None` for an empty one; raises `ApiError` or `Unusable`."""
    try:
        body = reply.json() if reply.body.strip() else None
    except ValueError as cause:
        if reply.status >= 400:
            raise _http_error(reply, None) from cause
        raise Unusable(f"the reply is no JSON but {shown_start(reply)}") from cause
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
        error = redact(reply.headers.get("x-kaltura", "")[:_PATIENCE])
        raise Unusable(error or f"an empty reply instead of {expected}")
    if reply.status >= 300 or not reply.body.startswith(_STARTS[expected]):
        raise Unusable(f"expected {expected}, but HTTP {reply.status} brought {shown_start(reply)}")
    return reply.body


def shown_start(reply: Reply) -> str:
    """Return what a reply seems to be: its type, and its first words where it has some."""
    kind = reply.headers.get("content-type", "").partition(";")[0].strip()[:60] or "no type"
    words = redact(reply.body[:_START].decode("utf-8", "replace").strip())
    if not words:
        return f"{kind}, empty"
    return f"{kind}, '{words}'" if words.isprintable() else kind


def said(reply: Reply) -> str:
    """Return what a failed reply says of its cause, after a colon; empty where it says nothing."""
    try:
        body = reply.json()
    except ValueError:
        return ""
    message = body.get("message") if isinstance(body, dict) else None
    told = redact(message[:_PATIENCE]) if isinstance(message, str) else ""
    return f": {told}" if told else ""


def raise_error(reply: Reply, body: Any) -> None:
    """Raise `ApiError` where a parsed reply is an error."""
    if isinstance(body, dict):
        named = body.get("objectType") == "KalturaAPIException"
        bare = "code" in body and "message" in body and "id" not in body
        if named or bare:
            code = str(body.get("code") or "UNKNOWN")[:_START]
            message = redact(str(body.get("message") or "")[:_PATIENCE])
            raise ApiError(code, message, status=reply.status, hint=hint_for(code))
    if reply.status >= 400:
        raise _http_error(reply, body)


def _http_error(reply: Reply, body: Any) -> ApiError:
    code = {401: "UNAUTHORIZED", 403: "SERVICE_FORBIDDEN"}.get(reply.status, f"HTTP_{reply.status}")
    text = body.get("message") if isinstance(body, dict) else None
    shown = (
        text[:_PATIENCE] if isinstance(text, str) else reply.body[:200].decode("utf-8", "replace")
    )
    is_own = reply.status == _UNAUTHORIZED or (
        reply.status == _MALFORMED and isinstance(body, dict) and "message" in body
    )
    hint = _ADDRESS if reply.status == _NOT_FOUND else None
    kind = ApiError if is_own else Foreign
    message = redact(shown.strip()) or "no further word"
    return kind(code, message, status=reply.status, hint=hint)
