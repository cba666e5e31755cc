"""Where a Kaltura Session (KS) comes from, and when it is renewed. Shows none.

Three sources: a KS as it is; partner id and admin secret (`session/start`); an app token, as
Kaltura recommends (`session/startWidgetSession`, then `appToken/startSession` with
sha256 of widget KS + token).
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Any

from storyboard.errors import ApiError, CredentialsError, StoryboardError, StudioError
from storyboard.kaltura.attempts import Pace, attempts, taken
from storyboard.kaltura.credentials import (
    AppTokenLogin,
    Credentials,
    GivenSession,
    SecretLogin,
)
from storyboard.kaltura.replies import decode
from storyboard.kaltura.retry import Effect, Policy
from storyboard.kaltura.secrets import Secret, is_sendable
from storyboard.kaltura.transport import Transport

EXPIRY_SECONDS = 86_400
"""A day: generation takes minutes and must not outlive its session."""

_LONGEST_KS = 16_384
"""Characters; Kaltura's have a few hundred, and servers refuse longer headers."""

_POLICY = Policy(Effect.READ, 4)
"""A second start only makes a second session."""


class Sessions:
    """Owns the current KS of one run: starts it, renews it once for all who wait."""

    def __init__(
        self,
        credentials: Credentials,
        service_url: str | None,
        transport: Transport,
        *,
        clock: Callable[[], float] = time.monotonic,
        pace: Pace | None = None,
    ) -> None:
        given = credentials if isinstance(credentials, GivenSession) else None
        self._given = given.ks if given else None
        self._login = given.renewal if given else credentials
        self._service_url = service_url
        self._transport = transport
        self._clock = clock
        self._pace = pace or Pace()
        self._lock = asyncio.Lock()
        self._ks: Secret | None = None
        self._renew_at = 0.0

    @property
    def renewable(self) -> bool:
        """Whether a refused KS can be replaced."""
        return self._login is not None

    async def current(self) -> Secret:
        """Return a KS that is good for a while; raises `CredentialsError`."""
        async with self._lock:
            if self._ks is None or self._clock() >= self._renew_at:
                self._ks = await self._start()
            return self._ks

    async def renew(self, refused: Secret) -> Secret:
        """Replace a KS that was refused, unless somebody already did."""
        async with self._lock:
            # Of eight calls that were refused at once, the first one renews, and the others find
            # its session.
            if self._ks is None or self._ks == refused:
                self._ks = await self._start()
            return self._ks

    async def _start(self) -> Secret:
        if self._given is not None and self._ks is None:
            if not is_sendable(self._given.reveal()):
                raise CredentialsError(
                    "the session that was given is not one: it has spaces, line breaks or letters "
                    "beyond ASCII",
                    hint="copy it again into the variable, as one line",
                )
            # Nobody knows how long it is good: it is used until it is refused.
            self._renew_at = float("inf")
            return self._given
        match self._login:
            case SecretLogin():
                name = "session/start"
                answer: Any = await self._start_with_secret(self._login)
            case AppTokenLogin():
                name = "appToken/startSession"
                answer = await self._start_with_token(self._login)
            case _:
                raise CredentialsError("the session was refused and cannot be renewed")
        text = answer.get("ks") if isinstance(answer, dict) else answer
        if not isinstance(text, str) or len(text) > _LONGEST_KS or not is_sendable(text):
            raise StudioError(
                f"{name} answered without a session",
                hint="check KALTURA_SERVICE_URL; if it is right, report it to who runs the service",
            )
        if isinstance(self._login, AppTokenLogin):
            _refuse_another_user(answer, self._login.user_id)
        # Before its end: a film that is begun with the rest of it would outlive it.
        self._renew_at = self._clock() + 0.8 * EXPIRY_SECONDS
        return Secret(text)

    async def _start_with_secret(self, login: SecretLogin) -> Any:
        form = {
            "secret": login.admin_secret.reveal(),
            "partnerId": str(login.partner_id),
            "type": str(login.session_type),
            "userId": login.user_id,
            "expiry": str(EXPIRY_SECONDS),
        }
        return await self._call("session", "start", form)

    async def _start_with_token(self, login: AppTokenLogin) -> Any:
        widget = await self._call(
            "session", "startWidgetSession", {"widgetId": f"_{login.partner_id}"}
        )
        told = widget.get("ks") if isinstance(widget, dict) else None
        ks = Secret(told if isinstance(told, str) else "")
        mixed = ks.reveal() + login.token.reveal()
        token_hash = Secret(hashlib.sha256(mixed.encode()).hexdigest())
        form = {
            "ks": ks.reveal(),
            "id": login.token_id,
            "tokenHash": token_hash.reveal(),
            "expiry": str(EXPIRY_SECONDS),
        }
        if login.user_id:
            form["userId"] = login.user_id
        return await self._call("appToken", "startSession", form)

    async def _call(self, service: str, action: str, form: Mapping[str, str]) -> Any:
        if not self._service_url:
            raise CredentialsError(
                "a session cannot be started without the service's address",
                hint="set KALTURA_SERVICE_URL, or give a session in KALTURA_KS",
            )
        url = f"{self._service_url.rstrip('/')}/service/{service}/action/{action}"

        async def once() -> Any:
            return decode(taken(await self._transport.post(url, form={"format": "1", **form})))

        try:
            name, most = f"{service}/{action}", self._transport.whole_seconds()
            return await attempts(name, _POLICY, once, self._pace, seconds=most)
        except ApiError as cause:
            raise _refused(f"{service}/{action}", cause) from cause


def _refuse_another_user(answer: Any, asked: str) -> None:
    """Raise `CredentialsError` where an app token is another user's: theirs wins, and is told.

    All that is made would be theirs, and recorded as of the one that was asked for.
    """
    told = answer.get("userId") if isinstance(answer, dict) else None
    if asked and isinstance(told, str) and told.strip().casefold() not in ("", asked.casefold()):
        raise CredentialsError(
            f"the app token is of user '{told[:100]}', and user '{asked}' is asked for",
            hint="correct KALTURA_USER_ID, or `userId` of the environment, or take that user's "
            "token",
        )


def _refused(name: str, cause: ApiError) -> StoryboardError:
    """Return a refusal as what it is: of the credentials, or by what answers at the address."""
    if cause.code.startswith("HTTP_"):
        return StudioError(f"{name} answered {cause.message}", hint="check KALTURA_SERVICE_URL")
    return CredentialsError(
        f"{name} was refused: {cause.message}",
        hint="check the partner id, the secret or the app token",
    )
