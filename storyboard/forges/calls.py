"""Calls of a forge's API: what may be repeated, how long to wait, what a refusal means in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from storyboard.errors import CredentialsError, StudioError
from storyboard.forges.forge import Comment
from storyboard.kaltura.bodies import BadBody
from storyboard.kaltura.exchange_failures import NoReply, NotSent
from storyboard.kaltura.transport import Reply, Transport
from storyboard.whole_numbers import whole_number

_TRIES: Final = 4
_LONGEST_WAIT: Final = 60.0
"""Seconds. A forge that wants more is told of: a job that waits an hour costs more than one that
is run again."""

_FIRST_WAIT: Final = 1.0
PAGE: Final = 100
_SMALL_PAGE: Final = 5
"""For comments of a megabyte, which anybody may write in GitLab: with the signs that JSON escapes
in six characters each, no more fit into a reply."""

_MOST_COMMENTS: Final = 5_000
_REFUSED, _GONE, _BROKEN = 400, 404, 500
_LIMITED: Final = frozenset({403, 429})
_TOLD: Final = 300
"""Characters of what a forge says that a message repeats."""

Sleep = Callable[[float], Awaitable[None]]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Calls:
    """Sends a token to one API and nowhere else: redirects are answers here, and are not followed.

    `permission` names what the token needs, in the forge's own words.
    """

    transport: Transport
    base: str
    headers: Mapping[str, str]
    where: str
    permission: str
    sleep: Sleep = asyncio.sleep

    async def pages(self, path: str, read: Callable[[Any], _T | None], **query: str) -> list[_T]:
        """Fetch a list from its first page to its last, by smaller ones if one is too large.

        Only what `read` makes of its items is kept; None for nothing.
        """
        try:
            return await self._pages(path, read, query, PAGE)
        except NoReply as cause:
            if not _is_too_large(cause):
                raise
        return await self._pages(path, read, query, _SMALL_PAGE)

    async def _pages(
        self, path: str, read: Callable[[Any], _T | None], query: Mapping[str, str], size: int
    ) -> list[_T]:
        found: list[_T] = []
        for page in range(1, _MOST_COMMENTS // size + 1):
            words = urlencode({**query, "per_page": size, "page": page})
            items = await self.fetched(f"{path}?{words}")
            if not isinstance(items, list):
                raise _unreadable(self.where)
            found += [kept for item in items if (kept := read(item)) is not None]
            if len(items) < size:
                break
        return found

    async def fetched(self, path: str) -> Any:
        """Fetch a resource."""
        return self.read(await self.sent("GET", path))

    async def commit_of(self, path: str, name: str) -> str:
        """Return the commit that a branch is at, by its `name` in there; empty if it is not told.

        Only advice depends on it, so no refusal is a failure.
        """
        try:
            reply = await self.sent("GET", path, accept=range(_REFUSED, 600))
            found = reply.json()["commit"][name]
        except (StudioError, ValueError, KeyError, TypeError):
            return ""
        return found if isinstance(found, str) else ""

    async def written(self, method: str, path: str, body: str) -> Any:
        """Send a comment's text, and return the comment."""
        return self.read(await self.sent(method, path, {"body": body}))

    async def deleted(self, path: str) -> None:
        """Delete a resource; one that is gone already is no failure."""
        await self.sent("DELETE", path, accept={_GONE})

    def comment(self, item: Any, user: str, name: str) -> Comment:
        """Read a comment, whose author is the `name` of its `user`; raises `StudioError`."""
        try:
            author = (item[user] or {}).get(name, "")
            body, url = str(item["body"] or ""), str(item.get("html_url", ""))
            return Comment(int(item["id"]), body, str(author), url)
        except (KeyError, TypeError, ValueError, AttributeError) as cause:
            raise StudioError(f"{self.where}: a comment cannot be read") from cause

    async def sent(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        accept: Collection[int] = (),
        asks: bool = False,
    ) -> Reply:
        """Call, again where that is safe; raises `CredentialsError` and `StudioError`.

        A new comment is sent again only where it surely was not taken; a POST that only `asks`
        changes nothing. Replies with a status to `accept` are returned, but for limits on calls.
        """
        wait, once = _FIRST_WAIT, method == "POST" and not asks
        for tries_left in reversed(range(_TRIES)):
            try:
                reply = await self.transport.request(
                    method, f"{self.base}{path}", body=body, headers=self.headers
                )
            except NotSent:
                if not tries_left:
                    raise
            except NoReply as cause:
                if once or not tries_left or _is_too_large(cause):
                    raise
            else:
                asked = _asked_to_wait(reply)
                if reply.status < _REFUSED or (asked is None and reply.status in accept):
                    return reply
                again = asked is not None or (reply.status >= _BROKEN and not once)
                if not (again and tries_left) or (asked or 0.0) > _LONGEST_WAIT:
                    raise self._refused(reply, asked)
                wait = asked or wait
            await self.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        raise AssertionError("the last try returns or raises")

    def read(self, reply: Reply) -> Any:
        """Return what a reply says; raises `StudioError` for one that is no JSON."""
        try:
            return reply.json()
        except ValueError as cause:
            raise _unreadable(self.where) from cause

    def _refused(self, reply: Reply, asked: float | None) -> StudioError | CredentialsError:
        said = _said(reply)
        told = f": {said}" if said else ""
        if asked is not None:
            return StudioError(
                f"{self.where}: too many calls, it wants {asked:.0f} s of quiet{told}",
                hint="run the job again later",
            )
        match reply.status:
            case 401:
                return CredentialsError(
                    f"{self.where}: the token is not accepted{told}",
                    hint="give the job a token that is valid",
                )
            case 403:
                return CredentialsError(
                    f"{self.where}: the token may not write comments{told}",
                    hint=f"give it {self.permission}; a pull request from a fork has no such token",
                )
            case 404:
                return StudioError(
                    f"{self.where} is not there, or the token may not see it{told}",
                    hint=f"check the number, and that the token has {self.permission}",
                )
        return StudioError(f"{self.where}: the forge answers {reply.status}{told}")


def _is_too_large(cause: NoReply) -> bool:
    """Whether the answer came, and could not be read: it would be the same once more."""
    return isinstance(cause.__cause__, BadBody)


def _asked_to_wait(reply: Reply) -> float | None:
    """Return how long a reply says to wait; None where it is no limit on calls."""
    if reply.status not in _LIMITED:
        return None
    seconds = whole_number(reply.headers.get("retry-after", ""))
    if seconds is not None:
        return float(seconds)
    is_spent = reply.headers.get("x-ratelimit-remaining") == "0"
    return _FIRST_WAIT if reply.status == 429 else (_LONGEST_WAIT + 1 if is_spent else None)


def _said(reply: Reply) -> str:
    """Return what a forge says of a refusal, in one line."""
    try:
        body = reply.json()
    except ValueError:
        return ""
    said = body.get("message") or body.get("error") if isinstance(body, dict) else None
    return " ".join(str(said).split())[:_TOLD] if said else ""


def _unreadable(where: str) -> StudioError:
    return StudioError(
        f"{where}: expected the API of a forge, and got something else",
        hint="check the address of the API in the job's variables",
    )
