"""Sends calls to a studio, each with a session that is good. Knows no objects."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from pathlib import Path
from typing import Any, Final, TypeVar

from storyboard.errors import (
    ApiError,
    CredentialsError,
    StoryboardError,
    StudioError,
)
from storyboard.kaltura.answers import Answers, Row, reply_digest
from storyboard.kaltura.attempts import Pace, attempts, taken
from storyboard.kaltura.film_places import fetchable
from storyboard.kaltura.replies import (
    AUTH_CODES,
    RENEWABLE_CODES,
    Unusable,
    decode,
    decode_bytes,
    is_refusal,
    shown_start,
    shown_type,
    tells_nothing,
)
from storyboard.kaltura.retry import POLICIES, Effect, Policy
from storyboard.kaltura.secrets import Secret, redact
from storyboard.kaltura.session import Sessions
from storyboard.kaltura.throttle import Throttle
from storyboard.kaltura.told_waits import watched
from storyboard.kaltura.transport import Reply, Transport
from storyboard.origins import is_same_origin
from storyboard.wire import (
    CATALOG_ACTIONS,
    GUIDE_ACTIONS,
    LOCAL_STUDIO,
    NEXT_ACTIONS,
    PROFILES,
    Action,
)

_SOMEWHERE: Final = frozenset(
    action.value
    for action in Action
    if (action in GUIDE_ACTIONS) != (action in (*NEXT_ACTIONS, *CATALOG_ACTIONS))
)
"""Actions of one generation that the other lacks."""

_NO_ACTION: Final = ("UNKNOWN_ACTION", "HTTP_404")
_OTHER_PROFILE: Final = (
    f"set `profile` of the environment, or STORYBOARD_PROFILE, to {' or '.join(PROFILES)}: the "
    "studio may speak another generation of the API; or correct its address"
)
_REFUSED_TWICE: Final = (
    "a new session was started with the secret, and refused too: check that the secret, the "
    "partner id and the user are this studio's, and the clock of this machine"
)
_SERVICE_READ = Policy(Effect.READ, 4)
_T = TypeVar("_T")


class Calls:
    """Owns how calls to one studio are tried, paced and given up.

    Where there is a `catalog_url`, actions on avatars go there.
    """

    def __init__(
        self,
        *,
        avatar_url: str,
        service_url: str | None,
        catalog_url: str | None = None,
        sessions: Sessions,
        transport: Transport,
        pace: Pace | None = None,
    ) -> None:
        self._avatar_url = avatar_url.rstrip("/")
        self._service_url = service_url.rstrip("/") if service_url else None
        self._catalog_url = catalog_url.rstrip("/") if catalog_url else None
        self._sessions = sessions
        self._transport = transport
        self._pace = pace or Pace()
        self._throttle = Throttle()
        self._answers: Answers | None = None
        self.met_local_studio = False

    def note_in(self, answers: Answers) -> None:
        """Note from here on what is asked; answers that it has are used in the place of calls."""
        self._answers = answers

    def unnoted(self) -> Calls:
        """Return the same calls, of which nothing is noted."""
        other = copy(self)
        other._answers = None
        return other

    async def act(self, action: Action, body: Mapping[str, Any], parse: Callable[[Any], _T]) -> _T:
        """Call an action of the avatar API; `parse` raises `MalformedReply` on nonsense."""
        policy, answers = POLICIES[action], self._answers
        if answers is not None:
            answers.asking(is_read=policy.effect is Effect.READ)

        def read(reply: Reply) -> _T:
            value = parse(decode(reply))
            if answers is not None:
                answers.note(action.value, body, reply)
            return value

        return await self._attempt(action.value, policy, self._sender(action, body), read)

    async def check_answer(self, row: Row, answers: Answers) -> bool:
        """Whether a read has the answer that a row tells; the answer waits in `answers`."""
        name, body, digest = row
        action = Action(name)
        if POLICIES[action].effect is not Effect.READ:
            return False

        def checked(reply: Reply) -> Reply:
            if reply_digest(reply) != digest:
                decode(reply)  # raises where the session has ended
            return reply

        try:
            send = self._sender(action, body)
            reply = await self._attempt(name, POLICIES[action], send, checked)
        except ApiError:  # told by who asks next
            return False
        answers.keep_early(name, body, reply)
        return reply_digest(reply) == str(digest)

    async def act_bytes(self, action: Action, body: Mapping[str, Any], kind: str) -> bytes:
        """Call an action that answers with a file of a media type."""
        self.doubt_answers()
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
        self.doubt_answers()
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
        self,
        url: str,
        path: Path,
        on_bytes: Callable[[int, int | None], None],
        *,
        fault: Callable[[], str | None] = lambda: None,
    ) -> None:
        """Stream a URL into a file; the session goes along to the studio's own origins only.

        `fault` says what is wrong with the file that came, which is then fetched again.
        """
        studio = (self._avatar_url, self._service_url or "")
        headers: Mapping[str, str] = {}
        # A film may lie on another host, whose address is a server's word: the session is not for
        # that one.
        if any(is_same_origin(url, own) for own in studio):
            headers = bearer(await self._sessions.current())

        def place(named: str) -> str:
            return fetchable(named, studio)

        async def once() -> None:
            reply = await self._transport.download(
                url, path, headers=headers, place=place, on_bytes=on_bytes
            )
            if taken(reply).status != 200:
                if reply.status >= 400:
                    decode(reply)
                raise Unusable(f"HTTP {reply.status} brought {shown_start(reply)}")
            # It decodes a picture, and the lease of the state has to be renewed meanwhile.
            told = await asyncio.to_thread(fault)
            if told is not None:
                raise Unusable(f"HTTP 200 brought no film ({shown_type(reply)}): {redact(told)}")

        await attempts("the download", _SERVICE_READ, once, self._pace)

    async def download_picture(self, url: str, kind: str) -> bytes:
        """Fetch a file of a media type that the studio named, without the session."""
        own = (self._avatar_url, self._service_url or "", self._catalog_url or "")
        place = fetchable(url, own, "the picture")

        async def once() -> bytes:
            return decode_bytes(taken(await self._transport.get(place)), expected=kind)

        most = self._transport.whole_seconds()
        return await attempts(
            "the picture", _SERVICE_READ, once, self._pace, self._throttle, seconds=most
        )

    def _met(self, reply: Reply) -> Reply:
        name, value = LOCAL_STUDIO
        self.met_local_studio |= reply.headers.get(name) == value
        return reply

    def doubt_answers(self) -> None:
        """Note that something is asked whose answer cannot be compared."""
        if self._answers is not None:
            self._answers.asking(is_read=False)

    def _sender(
        self, action: Action, body: Mapping[str, Any]
    ) -> Callable[[Secret], Awaitable[Reply]]:
        is_there = self._catalog_url is not None and action in CATALOG_ACTIONS
        base = self._catalog_url if is_there else self._avatar_url

        async def send(ks: Secret) -> Reply:
            answers = self._answers
            early = None if answers is None else answers.take_early(action.value, body)
            if early is not None:
                return early
            return await self._transport.post(
                f"{base}/{action.value}",
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
        ks = await self._sessions.current()
        renewed = False
        most = self._transport.whole_seconds(policy.read_seconds)

        async def sent() -> _T:
            nonlocal ks, renewed
            try:
                return read(self._met(taken(await send(ks))))
            except ApiError as cause:
                if cause.code not in RENEWABLE_CODES or not self._sessions.renewable or renewed:
                    raise
                # A gateway's 401 says nothing of what the studio did: the call would be sent a
                # second time.
                if policy.effect is Effect.ONCE and not is_refusal(cause):
                    raise
            renewed = True
            ks = await self._sessions.renew(ks)
            return read(self._met(taken(await send(ks))))

        async def once() -> _T:
            with watched(name):  # neither its turn, nor a pause that was asked for
                return await sent()

        try:
            return await attempts(name, policy, once, self._pace, self._throttle, seconds=most)
        except ApiError as cause:
            raise _explained(name, cause, renewed=renewed) from cause


def bearer(ks: Secret) -> dict[str, str]:
    """Return the header that carries a session (guide §4)."""
    return {"Authorization": f"Bearer {ks.reveal()}"}


def _explained(name: str, cause: ApiError, *, renewed: bool) -> StoryboardError:
    if name in _SOMEWHERE and cause.code in _NO_ACTION:
        return type(cause)(cause.code, cause.said, status=cause.status, hint=_OTHER_PROFILE)
    if cause.code not in AUTH_CODES:
        if not tells_nothing(cause.code):
            return cause
        said = f"{name}: {cause.said}"
        return type(cause)(cause.code, said, status=cause.status, hint=cause.hint)
    is_second = renewed and cause.code in RENEWABLE_CODES
    return CredentialsError(
        f"the studio refused the session: {cause.message}",
        hint=_REFUSED_TWICE if is_second else cause.hint,
    )
