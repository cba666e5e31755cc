"""Where what went wrong becomes an answer: refusals, transport errors, a world that failed."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from storyboard.counting import counted
from storyboard.errors import StudioError
from storyboard.studio.api.cut_connections import Dropped
from storyboard.studio.api.payloads import error_payload
from storyboard.studio.api.xml_replies import xml_of
from storyboard.studio.behavior.contract import Contract
from storyboard.studio.behavior.refusal import Refusal, StudioCode
from storyboard.studio.behavior.rights import API, CATALOG, SERVICES
from storyboard.studio.jobs.entry_files import FileMissing
from storyboard.studio.records.file_store import FilesAway
from storyboard.studio.records.guesses import TooManyGuesses
from storyboard.studio.records.store import StoreAway
from storyboard.wire import ErrorCode

_UNAUTHENTICATED: Final = frozenset(
    {ErrorCode.MISSING_KS, ErrorCode.INVALID_KS, ErrorCode.EXPIRED_KS}
)
_SESSION: Final = re.compile(r"(/ks/|djJ8)[^/\s]+")
_XML: Final = "2"
_NO_CALLS: Final = {
    400: StudioCode.VALIDATION_ERROR,
    404: StudioCode.UNKNOWN_ACTION,
    405: StudioCode.METHOD_NOT_ALLOWED,
    413: StudioCode.BODY_TOO_LARGE,
    415: StudioCode.UNSUPPORTED_MEDIA_TYPE,
    429: StudioCode.ACTION_BLOCKED,
    503: StudioCode.SERVICE_UNAVAILABLE,
}
_AGAIN_AFTER: Final = "5"
"""Seconds after which who met a database that is away may ask again: as in a studio that drains."""

_PLACES: Final = (
    "There is nothing at this address: calls go to /api/v1/SERVICE/ACTION and to "
    "/api_v3/service/SERVICE/action/ACTION"
)
_TOLD_AGAIN_AFTER: Final = 10.0
_LONGEST_WAIT: Final = 2.0
_MOST_WAITING: Final = 16
"""Each holds a connection: far fewer than there may be."""
_LOG = logging.getLogger("storyboard.studio")

Failure = Callable[[Request, Exception], Awaitable[Response]]


def refused(contract: Contract, refusal: Refusal) -> Response:
    """Return a refusal as it goes over the wire, in JSON."""
    return JSONResponse(error_payload(refusal), status_of(contract, refusal))


def status_of(contract: Contract, refusal: Refusal) -> int:
    """Return the HTTP status of a refusal: 200, where no switch says else."""
    if refusal.code in _UNAUTHENTICATED:
        return int(contract["authentication_status"])
    if refusal.code is StudioCode.VALIDATION_ERROR:
        return int(contract["validation_status"])
    return 200


def failures(contract: Contract) -> Mapping[type[Exception], Failure]:
    """Return what the application answers to each kind of exception."""

    async def refuse(request: Request, cause: Exception) -> Response:
        assert isinstance(cause, Refusal)
        return refused(contract, cause)

    return {
        Refusal: refuse,
        HTTPException: _http_error,
        TooManyGuesses: _Slowed().answer,
        ClientDisconnect: HungUp().answer,
        **dict.fromkeys((StudioError, OSError), _world_error),
        FileMissing: _file_missing,
        Exception: _bug,
    }


def is_api(path: str) -> bool:
    """Return whether a path is one of the API's, or was meant to be."""
    return f"{path}/".startswith((API, CATALOG, SERVICES))


def no_call(status: int, detail: str) -> dict[str, Any]:
    """Return what tells of a request that is no call: its clients read nothing but JSON."""
    code = _NO_CALLS.get(status, StudioCode.INTERNAL_SERVER_ERROR)
    return error_payload(Refusal(code, detail))


def without_sessions(path: str) -> str:
    """Return a path as a log may have it."""
    return _SESSION.sub(r"\1…", path)


def world_refusal(path: str, cause: Exception) -> Refusal:
    """Log what the disk or the database failed with, and return what the caller is told.

    A file that is missing was logged by who missed it.
    """
    if isinstance(cause, FileMissing):
        return Refusal(StudioCode.FILE_MISSING, cause.message)
    _LOG.error("%s could not be answered: %s", without_sessions(path), cause)
    if isinstance(cause, StoreAway | FilesAway):  # what may be back soon
        told = "The studio cannot reach its data now; try again"
        return Refusal(StudioCode.SERVICE_UNAVAILABLE, told)
    return Refusal(StudioCode.INTERNAL_SERVER_ERROR, "The studio cannot keep its data now")


async def _http_error(request: Request, cause: Exception) -> Response:
    assert isinstance(cause, HTTPException)
    if not is_api(request.url.path):
        return PlainTextResponse(f"{cause.detail}\n", cause.status_code, cause.headers)
    detail = _PLACES if cause.status_code == 404 else cause.detail
    return _written(request, no_call(cause.status_code, detail), cause.status_code, cause.headers)


def _written(
    request: Request, told: dict[str, Any], status: int, headers: Mapping[str, str] | None
) -> Response:
    """Return an error as JSON, or as XML to a service's caller who asked for that."""
    if request.url.path.startswith(SERVICES) and request.query_params.get("format") == _XML:
        return Response(xml_of(told, 0), status, headers, media_type="text/xml")
    return JSONResponse(told, status, headers)


class HungUp:
    """Owns how many hung up since the log said so: anybody may, as often as they like."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told = -_TOLD_AGAIN_AFTER
        self._others = 0

    async def answer(self, request: Request, cause: Exception) -> Response:
        """Answer nobody: whoever sent half a body is gone, or was too slow."""
        if self._clock() - self._told < _TOLD_AGAIN_AFTER:
            self._others += 1
        else:
            told = f"the client hung up in {request.method} {without_sessions(request.url.path)}"
            if self._others:
                told += f", and {counted(self._others, 'other')} since the last such line"
            _LOG.info("%s", told)
            self._told, self._others = self._clock(), 0
        return Response(status_code=400)


class _Slowed:
    """Owns how many guessers wait for their answers."""

    def __init__(self) -> None:
        self._waiting = 0

    async def answer(self, request: Request, cause: Exception) -> Response:
        """Answer late, say when to come again, and close: a connection is good for one guess."""
        assert isinstance(cause, TooManyGuesses)
        if self._waiting < _MOST_WAITING:
            self._waiting += 1
            try:
                await asyncio.sleep(min(cause.seconds, _LONGEST_WAIT))
            finally:
                self._waiting -= 1
        told = {"retry-after": str(math.ceil(cause.seconds)), "connection": "close"}
        if is_api(request.url.path):
            return JSONResponse(no_call(429, str(cause)), 429, told)
        return PlainTextResponse(f"{cause}\n", 429, told)


async def _bug(request: Request, cause: Exception) -> Response:
    """Answer for a fault of ours, which goes on to the log: what is told is JSON all the same."""
    return JSONResponse(no_call(500, "The studio failed: its log says where"), 500)


async def _file_missing(request: Request, cause: Exception) -> Response:
    """Answer for an entry whose file is lost: asking again does not bring it back."""
    told = error_payload(world_refusal(request.url.path, cause))
    return JSONResponse(told, 404, {"x-kaltura": "error-2"})


async def _world_error(request: Request, cause: Exception) -> Response:
    """Answer for a full disk or a database that is away: nothing was changed, or all of it."""
    if isinstance(cause, Dropped):
        raise cause
    refusal = world_refusal(request.url.path, cause)
    told = error_payload(refusal)
    if refusal.code is StudioCode.SERVICE_UNAVAILABLE:
        return _written(request, told, 503, {"retry-after": _AGAIN_AFTER})
    return _written(request, told, 500, None)
