"""Sends one call until there is an answer, within its policy. Knows retries, no objects."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from storyboard.errors import (
    ApiError,
    CredentialsError,
    StoryboardError,
    StudioError,
    UnknownOutcomeError,
    UnreachableError,
)
from storyboard.kaltura.objects import MalformedReply
from storyboard.kaltura.replies import (
    AUTH_CODES,
    RENEWABLE_CODES,
    Unusable,
    decode,
    decode_bytes,
    said,
)
from storyboard.kaltura.retry import (
    BLOCKED_CODE,
    POLICIES,
    REFUSED_FOR_NOW,
    UNAVAILABLE,
    Effect,
    Policy,
    delay_seconds,
)
from storyboard.kaltura.secrets import Secret
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.transport import NoReply, NotSent, Reply, Transport
from storyboard.wire import Action

_SERVICE_READ = Policy(Effect.READ, 4)
_T = TypeVar("_T")


class Calls:
    """Owns how calls to one studio are tried, paced and given up."""

    def __init__(
        self,
        *,
        avatar_url: str,
        service_url: str | None,
        sessions: Sessions,
        transport: Transport,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._avatar_url = avatar_url.rstrip("/")
        self._service_url = service_url.rstrip("/") if service_url else None
        self._sessions = sessions
        self._transport = transport
        self._sleep = sleep
        self._jitter = jitter

    async def act(self, action: Action, body: Mapping[str, Any], parse: Callable[[Any], _T]) -> _T:
        """Call an action of the avatar API; `parse` raises `MalformedReply` on nonsense."""
        return await self._attempt(
            action.value,
            POLICIES[action],
            self._sender(action, body),
            lambda reply: parse(decode(reply)),
        )

    async def act_bytes(self, action: Action, body: Mapping[str, Any], kind: str) -> bytes:
        """Call an action that answers with a file of a media type."""
        return await self._attempt(
            action.value,
            POLICIES[action],
            self._sender(action, body),
            lambda reply: decode_bytes(reply, expected=kind),
        )

    async def service(
        self, service: str, action: str, form: Mapping[str, str], parse: Callable[[Any], _T]
    ) -> _T:
        """Call a read-only action of the Kaltura v3 services."""
        if self._service_url is None:
            raise StudioError(
                "media entries cannot be read without the service's address",
                hint="set KALTURA_SERVICE_URL",
            )
        url = f"{self._service_url}/service/{service}/action/{action}"

        async def send(ks: Secret) -> Reply:
            return await self._transport.post(url, form={"format": "1", "ks": ks.reveal(), **form})

        return await self._attempt(
            f"{service}/{action}", _SERVICE_READ, send, lambda reply: parse(decode(reply))
        )

    async def download(
        self, url: str, path: Path, on_bytes: Callable[[int, int | None], None]
    ) -> None:
        """Stream a URL into a file; the session goes along to the studio's own hosts only."""
        own = {urlsplit(u).netloc for u in (self._avatar_url, self._service_url or "")}
        headers: Mapping[str, str] = {}
        if urlsplit(url).netloc in own:
            headers = bearer(await self._sessions.current())
        failure: StudioError = UnreachableError("the download was never tried")
        for attempt in range(_SERVICE_READ.attempts):
            if attempt:
                await self._sleep(delay_seconds(attempt, None, self._jitter))
            try:
                reply = await self._transport.download(
                    url, path, headers=headers, on_bytes=on_bytes
                )
            except (NotSent, NoReply) as cause:
                failure = cause
                continue
            if reply.status == 200:
                return
            failure = StudioError(f"the download answered HTTP {reply.status}")
            if reply.status not in UNAVAILABLE | REFUSED_FOR_NOW:
                break
        raise failure

    def _sender(
        self, action: Action, body: Mapping[str, Any]
    ) -> Callable[[Secret], Awaitable[Reply]]:
        async def send(ks: Secret) -> Reply:
            return await self._transport.post(
                f"{self._avatar_url}/{action.value}",
                body=dict(body),
                headers=bearer(ks),
                read_seconds=POLICIES[action].read_seconds,
            )

        return send

    async def _attempt(
        self,
        name: str,
        policy: Policy,
        send: Callable[[Secret], Awaitable[Reply]],
        read: Callable[[Reply], _T],
    ) -> _T:
        """Send until there is an answer, within the policy; renew the session once."""
        renewed = False
        failure: StoryboardError = UnreachableError(f"{name}: never tried")
        ks = await self._sessions.current()
        attempt, retry_after = 0, None
        while attempt < policy.attempts:
            if attempt:
                await self._sleep(delay_seconds(attempt, retry_after, self._jitter))
            attempt, retry_after = attempt + 1, None
            try:
                reply = await send(ks)
                retry_after = reply.headers.get("retry-after")
                if reply.status in REFUSED_FOR_NOW:
                    failure = UnreachableError(f"{name}: the studio asks to slow down")
                    continue
                if reply.status in UNAVAILABLE:
                    raise NoReply(f"the studio answered HTTP {reply.status}{said(reply)}")
                return read(reply)
            except NotSent as cause:
                failure = UnreachableError(cause.message, hint=cause.hint)
            except (NoReply, Unusable, MalformedReply) as cause:
                if policy.effect is Effect.ONCE:
                    raise UnknownOutcomeError(f"{name}: {cause}") from cause
                failure = UnreachableError(f"{name}: {cause}")
            except ApiError as cause:
                failure = _explained(cause)
                if cause.code in RENEWABLE_CODES and self._sessions.renewable and not renewed:
                    renewed, attempt = True, attempt - 1
                    ks = await self._sessions.renew(ks)
                elif cause.code == BLOCKED_CODE and policy.effect is Effect.READ:
                    retry_after = "10"
                else:
                    raise failure from cause
        raise failure


def bearer(ks: Secret) -> dict[str, str]:
    """Return the header that carries a session (guide §4)."""
    return {"Authorization": f"Bearer {ks.reveal()}"}


def _explained(cause: ApiError) -> StoryboardError:
    if cause.code not in AUTH_CODES:
        return cause
    return CredentialsError(
        f"the studio refused the session: {cause.message}",
        hint="start a new session, and check that its account has VOD Avatar",
    )
