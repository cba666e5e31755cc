"""Avatars by the newest generation's catalog, which numbers what the guide names.

It makes one more avatar with each call, so what is there is looked through first. Only avatars that
this tool made are taken: any other may be somebody's who changes it tomorrow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, TypeVar

from storyboard.errors import StudioError, UnknownOutcomeError
from storyboard.kaltura.avatars import same_id, unless_absent
from storyboard.kaltura.calls import Calls
from storyboard.kaltura.fields import (
    MalformedReply,
    id_of,
    list_of,
    mapping_of,
    name_of,
    optional_id,
    optional_text,
    text_of,
)
from storyboard.kaltura.objects import RemoteAvatar, RemoteTemplate
from storyboard.kaltura.pages import PAGE, is_end, total_of
from storyboard.wire import TEMPLATE_IDS, Action, ErrorCode

TAG: Final = "storyboard"
"""Marks the avatars that this tool makes; the catalog finds them by it."""

_MOST: Final = 10_000
"""Objects of one list: nobody chooses among more, and a service may go on without end."""
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Template:
    """A template: the catalog's id of it and of its face, and what files call it."""

    id: str
    face: str
    name: str
    shown: str


class CatalogAvatars:
    """The avatars of one account's catalog; its templates are fetched once."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._looking, self._casting = asyncio.Lock(), asyncio.Lock()
        self._templates: tuple[_Template, ...] | None = None
        self._made: dict[tuple[str, str, str], RemoteAvatar] | None = None

    async def list_templates(self) -> tuple[RemoteTemplate, ...]:
        """Fetch the presenters that the account may use, by the names that files have for them."""
        return tuple(RemoteTemplate(each.name, each.shown) for each in await self._all_templates())

    async def upsert(self, body: Mapping[str, Any]) -> RemoteAvatar:
        """Find the avatar with this template and background among ours, or make it."""
        templates = await self._all_templates()
        name = str(body["templateId"])
        template = next((each for each in templates if each.name == name), None)
        if template is None:
            raise StudioError(
                f"the catalog has no avatar template '{name}'",
                hint="see which templates there are: `storyboard avatars`",
            )
        key = _key(name, body["background"])
        async with self._casting:
            if self._made is None:
                self._made = await self._find_made(templates)
            if key not in self._made:
                self._made[key] = await self._make(template, key, templates)
            return self._made[key]

    async def get(self, avatar_id: str) -> RemoteAvatar | None:
        """Fetch an avatar; `None` where there is none."""
        templates = await self._all_templates()
        parse = same_id(avatar_id, lambda body: _avatar(body, templates))
        call = self._calls.act(Action.AVATAR_GET, {"id": avatar_id}, parse)
        return await unless_absent(call, ErrorCode.AVATAR_NOT_FOUND.value)

    async def preview(self, avatar_id: str) -> bytes:
        """Fetch the PNG that the catalog shows of an avatar."""
        url = await self._calls.act(Action.AVATAR_GET, {"id": avatar_id}, _picture)
        return await self._calls.download_picture(url, "image/png")

    async def _make(
        self, template: _Template, key: tuple[str, str, str], templates: tuple[_Template, ...]
    ) -> RemoteAvatar:
        """Make the avatar of a key, once; where no answer tells, it is looked for."""
        _, kind, value = key
        made = {
            "templateId": template.id,
            "background": {"type": "color" if kind == "color" else "visual", "value": value},
            "name": template.shown,
            "adminTags": [TAG],
        }
        try:
            return await self._calls.act(
                Action.AVATAR_CREATE, made, lambda body: _avatar(body, templates)
            )
        except UnknownOutcomeError:
            found = await self._find_made(templates)
            if key not in found:
                raise
            return found[key]

    async def _find_made(
        self, templates: tuple[_Template, ...]
    ) -> dict[tuple[str, str, str], RemoteAvatar]:
        """Fetch the avatars that this tool made; of equal ones, the oldest."""
        wanted = {"filter": {"adminTagsIn": [TAG]}}
        found = await self._list(Action.AVATAR_LIST, wanted, lambda item: _avatar(item, templates))
        return {_key(avatar.template_id, avatar.background): avatar for avatar in found}

    async def _all_templates(self) -> tuple[_Template, ...]:
        async with self._looking:
            if self._templates is None:
                self._templates = tuple(await self._list(Action.CATALOG_TEMPLATES, {}, _template))
            return self._templates

    async def _list(
        self, action: Action, asked: Mapping[str, Any], parse: Callable[[Any], _T]
    ) -> list[_T]:
        """Fetch a whole list, page by page."""
        found: list[_T] = []
        while len(found) < _MOST:
            pager = {"offset": len(found), "limit": PAGE}
            page, total = await self._calls.act(action, {**asked, "pager": pager}, _page_of(parse))
            found += page
            if is_end(len(page), len(found), total):
                return found
        raise MalformedReply(f"the catalog lists more than {_MOST:,} objects")


def _page_of(parse: Callable[[Any], _T]) -> Callable[[Any], tuple[list[_T], int | None]]:
    def parsed(body: Any) -> tuple[list[_T], int | None]:
        return [parse(item) for item in list_of(body)], total_of(body)

    return parsed


def _template(body: Any) -> _Template:
    """Read a template; files call it by its name where that is one of the guide's."""
    id_, shown = id_of(body), name_of(body)
    name = shown.lower()
    face = optional_id(mapping_of(body, "face"), "id") or ""
    return _Template(id_, face, name if name in TEMPLATE_IDS else id_, shown)


def _avatar(body: Any, templates: tuple[_Template, ...]) -> RemoteAvatar:
    """Read an avatar as the guide's; its template is told by its id, or else by its face."""
    if not isinstance(body, dict):
        raise MalformedReply("the reply is no avatar object")
    made = mapping_of(mapping_of(body, "visual"), "composition")
    template = optional_id(body, "templateId")
    face = (mapping_of(body, "face") or mapping_of(made, "face")).get("id")
    by_id = (each for each in templates if each.id == template)
    by_face = (each for each in templates if each.face and each.face == face)
    found = next(chain(by_id, by_face), None)
    ground = mapping_of(body, "background") or mapping_of(made, "background")
    return RemoteAvatar(id_of(body), found.name if found else template or "", _background(ground))


def _background(told: Mapping[str, Any]) -> dict[str, str]:
    """Return a background as the guide writes it; of pictures, an entry's id has an underscore."""
    kind, value = text_of(told, "type"), text_of(told, "value")
    if kind == "color":
        return {"type": "color", "color": value}
    if kind != "visual":
        return {"type": kind}
    return {"type": "entry", "entryId": value} if "_" in value else {"type": "library", "id": value}


def _key(template: str, background: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what avatars are compared by: a color is one in either case."""
    kind = str(background.get("type"))
    value = str(background.get({"color": "color", "library": "id"}.get(kind, "entryId")) or "")
    return template, kind, value.upper() if kind == "color" else value


def _picture(body: Any) -> str:
    url = optional_text(body, "previewImageUrl") if isinstance(body, dict) else None
    if url is None:
        raise MalformedReply("the catalog shows no picture of the avatar")
    return url
