"""Calls a server that keeps one state and its lock, as Terraform's HTTP protocol has it.

Every call may be sent again: a lock has its id, and so has a write. What a refused write or a
foreign lock means for a run is not known here.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from storyboard.errors import FailureCode, StateAccessError, StateError, StudioError
from storyboard.kaltura.blocking import BlockingTransport
from storyboard.kaltura.limits import Limits
from storyboard.kaltura.secrets import Secret, is_sendable, redact
from storyboard.kaltura.transport import Reply
from storyboard.state.blobs import CALL_SECONDS
from storyboard.state.local_names import MAX_STATE_BYTES
from storyboard.state.server_lock_info import LockInfo, format_lock, parse_lock
from storyboard.state.server_place import Calling, ServerPlace
from storyboard.whole_numbers import whole_number

USERNAME: Final = "STORYBOARD_STATE_USERNAME"
PASSWORD: Final = "STORYBOARD_STATE_PASSWORD"
"""The variables that have the login. Without a user's name, the password is sent as a token."""

_AGAIN_SECONDS: Final = 6.0
"""Until when a call that failed is sent once more; with the last try, it ends in time."""

_PAUSES: Final = (0.5, 2.0)
_BUSY: Final = 429
"""The one status below 500 that passes by itself."""
_LOCKED: Final = (HTTPStatus.CONFLICT, HTTPStatus.LOCKED)
_SAID: Final = 300
"""Characters of what a server says that a message repeats."""


@dataclass(frozen=True, slots=True)
class Login:
    """What a server knows us by: Basic authentication, or a bearer token without a user's name."""

    username: str = ""
    password: Secret = field(default_factory=lambda: Secret(""))

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Login:
        """Read the operator's variables; raises `StateAccessError`, which does not show them."""
        username = variables.get(USERNAME, "").strip()
        password = variables.get(PASSWORD, "").strip()
        if password and not username and not is_sendable(password):
            raise StateAccessError(
                f"{PASSWORD} holds characters that no token has",
                hint=f"copy it again, as one line; or set {USERNAME}, if it is a password",
            )
        return cls(username, Secret(password))

    @property
    def headers(self) -> dict[str, str]:
        """What is sent with every call."""
        if not self.password:
            return {}
        if not self.username:
            return {"Authorization": f"Bearer {self.password.reveal()}"}
        pair = f"{self.username}:{self.password.reveal()}".encode()
        return {"Authorization": f"Basic {b64encode(pair).decode()}"}


class StateServer:
    """One state of a server. Its methods block, and raise `StateError`."""

    def __init__(
        self,
        place: ServerPlace,
        login: Login,
        *,
        transport: BlockingTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.place = place
        self._login = login
        self._transport = transport or BlockingTransport(
            seconds=CALL_SECONDS - _AGAIN_SECONDS, limits=Limits(reply_bytes=MAX_STATE_BYTES)
        )
        self._sleep = sleep
        self._clock = clock

    def fetch(self) -> bytes | None:
        """Return the state's bytes, None where there is none yet."""
        reply = self._called(Calling("GET", self.place.url))
        if reply.status == HTTPStatus.NOT_FOUND and b"project" not in reply.body.lower():
            return None  # GitLab: of a state it says "Not Found", else that the project is not
        if reply.status not in (HTTPStatus.OK, HTTPStatus.NO_CONTENT):
            raise self._failure(reply, "read")
        return reply.body or None

    def store(self, content: bytes, lock_id: str) -> bool:
        """Replace the state; False where the server says that the lock is another's."""
        url = f"{self.place.url}?ID={quote(lock_id, safe='')}"
        reply = self._called(Calling("POST", url), content)
        if reply.status in _LOCKED:
            return False
        if not _is_done(reply):
            raise self._failure(reply, "written")
        return True

    def lock(self, asking: LockInfo) -> LockInfo | None:
        """Take the lock; returns who has it where that is another. An empty id is not told."""
        reply, tries = self._tried(self.place.locking, format_lock(asking, self.place.url))
        if _is_done(reply):
            return None
        if reply.status in _LOCKED:
            found = parse_lock(reply.body, asking)
            if found.id == asking.id:
                return None
            return found if found.id else replace(found, may_be_ours=tries > 1)
        if reply.status in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED):
            raise self.unfit("it does not lock states")
        raise self._failure(reply, "locked")

    def unlock(self, info: LockInfo) -> bool:
        """Give the lock of this id back; False where another run has it, or none."""
        calling = self.place.unlocking
        if calling.method == "DELETE":
            # Without an id it is an order to break whatever lock is there: not all that stands
            # between passes on what a DELETE carries.
            calling = Calling(calling.method, f"{calling.url}?ID={quote(info.id, safe='')}")
        reply = self._called(calling, format_lock(info, self.place.url))
        if reply.status in (*_LOCKED, HTTPStatus.NOT_FOUND):
            return False
        if not _is_done(reply):
            raise self._failure(reply, "unlocked")
        return True

    def unfit(self, why: str) -> StateError:
        """Return that two runs are not kept apart there."""
        return StateError(
            f"the server '{self.place.origin.location}' cannot keep a state: {why}",
            hint="use a server that locks states as GitLab does, or keep the state in git: two "
            "runs would overwrite each other there",
        )

    def _called(self, calling: Calling, content: bytes | None = None) -> Reply:
        """Send a call, and return the reply."""
        return self._tried(calling, content)[0]

    def _tried(self, calling: Calling, content: bytes | None) -> tuple[Reply, int]:
        """Send a call, again while a server is away or busy and there is time; count the tries."""
        headers = {**self._login.headers, "Content-Type": "application/json"}
        until = self._clock() + _AGAIN_SECONDS
        for tries, pause in enumerate((*_PAUSES, None), start=1):
            try:
                reply = self._transport.send(
                    calling.method, calling.url, content=content, headers=headers
                )
            except StudioError as cause:
                if pause is None or self._clock() + pause > until:
                    raise self._unreached(cause) from cause
            else:
                is_away = reply.status == _BUSY or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                asked = float(whole_number(reply.headers.get("retry-after", "")) or 0)
                pause = None if pause is None else max(pause, asked)
                if not is_away or pause is None or self._clock() + pause > until:
                    return reply, tries
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _unreached(self, cause: StudioError) -> StateError:
        near = self.place.origin.is_loopback
        return StateError(
            f"the state '{self.place}' cannot be reached: {cause.message}",
            hint="check that the server runs there" if near else cause.hint,
            code=FailureCode.STATE_UNREACHABLE,
        )

    def _failure(self, reply: Reply, done: str) -> StateError:
        said = redact(reply.body[:_SAID].decode("utf-8", "replace")).strip()
        told = f"the state '{self.place}' cannot be {done}: the server answers {reply.status}"
        # A page of HTML, as proxies send it, tells nobody anything in a line.
        whole = f"{told}: {said}" if said and "<" not in said else told
        match reply.status:
            case HTTPStatus.UNAUTHORIZED:
                return StateAccessError(whole, hint=f"set {USERNAME} and {PASSWORD}")
            case HTTPStatus.FORBIDDEN:
                role = "; in GitLab, a Maintainer writes states, and a Developer reads them"
                return StateAccessError(
                    whole,
                    hint=f"give the user of {PASSWORD} the right to do this"
                    + (role if self.place.is_gitlab else ""),
                )
            case HTTPStatus.NOT_FOUND:
                return StateAccessError(
                    whole,
                    hint="check the address; a server says the same to a login that may not see it",
                )
            case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                return StateError(whole, hint="ask who runs the server to allow larger states")
            case status if status in range(300, 400):
                return StateError(whole, hint="write the address that it leads to")
        return StateError(whole, hint="run it again; if it stays so, ask who runs the server")


def _is_done(reply: Reply) -> bool:
    return HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES
