"""Avatars by the guide's actions: `avatarTemplate/list` and `avatar/*` (guide §5)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeVar

from storyboard.errors import ApiError
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.fields import MalformedReply, list_of
from storyboard.kaltura.objects import RemoteAvatar, RemoteTemplate
from storyboard.wire import Action, ErrorCode

_T = TypeVar("_T")


class Avatars(Protocol):
    """Presenters and avatars of an account, whatever service has them.

    Templates have the guide's names, and backgrounds are written as the guide does.
    """

    async def list_templates(self) -> tuple[RemoteTemplate, ...]:
        """Fetch the presenters that the account may use."""
        ...

    async def upsert(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Make or find the avatar of a template and background."""
        ...

    async def get(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        ...

    async def preview(self, avatar_id: str) -> bytes:
        """Fetch the PNG of a presenter on its background."""
        ...


class GuideAvatars:
    """Those of the guide: a second upsert of the same finds the first one's."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def list_templates(self) -> tuple[RemoteTemplate, ...]:
        """Fetch the presenters that the account may use."""
        return await self._calls.act(Action.TEMPLATE_LIST, {}, _templates)

    async def upsert(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Make or find the avatar with this template and background."""
        return await self._calls.act(Action.AVATAR_UPSERT, body, RemoteAvatar.parse)

    async def get(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        parse = same_id(avatar_id, RemoteAvatar.parse)
        call = self._calls.act(Action.AVATAR_GET, {"id": avatar_id}, parse)
        return await unless_absent(call, ErrorCode.AVATAR_NOT_FOUND.value)

    async def preview(self, avatar_id: str) -> bytes:
        """Fetch the PNG of a presenter on its background."""
        return await self._calls.act_bytes(Action.AVATAR_PREVIEW, {"id": avatar_id}, "image/png")


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_I = TypeVar("_I", bound=_Identified)


def same_id(wanted: str, parse: Callable[[Any], _I]) -> Callable[[Any], _I]:
    """Return a parser that takes the object with the wanted id only."""

    def checked(body: Any) -> _I:
        found = parse(body)
        if found.id != wanted:
            raise MalformedReply(f"asked for '{wanted}', the studio answered with '{found.id}'")
        return found

    return checked


async def unless_absent(call: Awaitable[_T], *absent: str) -> _T | None:
    """Await a call; `None` where the studio says, by the code, that there is no such object."""
    try:
        return await call
    except ApiError as cause:
        if cause.code in absent:
            return None
        raise


def _templates(body: Any) -> tuple[RemoteTemplate, ...]:
    return tuple(RemoteTemplate.parse(item) for item in list_of(body))
