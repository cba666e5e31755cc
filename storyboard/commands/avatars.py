"""The account's presenters, those that the project casts, and pictures of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storyboard.commands.compiled_project import environment_of, select
from storyboard.commands.film_folders import marked_suffix
from storyboard.commands.previews import preview_avatar
from storyboard.commands.request import Request
from storyboard.commands.saving import save
from storyboard.compiler import Compilation
from storyboard.kaltura.at_once import some_at_once
from storyboard.kaltura.client import StudioClient
from storyboard.local_studio.opening import LOCAL
from storyboard.source.file_names import file_name
from storyboard.video import Address, Avatar, Background, BackgroundKind
from storyboard.wire import DEFAULT_BACKGROUND_COLOR

DEFAULT_BACKGROUND: Final = Background(BackgroundKind.COLOR, DEFAULT_BACKGROUND_COLOR)
"""The background of an avatar that names none (guide §5)."""

_AT_ONCE: Final = 2
"""Pictures asked for at once: each is drawn when it is asked for, by a core of its own. A choice.
"""


@dataclass(frozen=True, slots=True)
class Presenter:
    """A template of the account, and where the project casts it: avatar → addresses.

    `name` is None for a template that the project casts and the account does not have.
    """

    id: str
    name: str | None
    parts: Mapping[Avatar, tuple[Address, ...]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an avatar that was written."""

    avatar: Avatar
    path: Path


@dataclass(frozen=True, slots=True)
class Casting:
    """The account's presenters in its order, and the pictures that were wanted."""

    presenters: tuple[Presenter, ...]
    pictures: tuple[Picture, ...] = ()


async def fetch_casting(
    request: Request, compilation: Compilation, *, previews: Path | None = None, every: bool = False
) -> Casting:
    """Fetch the templates; write a PNG of each avatar in use into `previews`, where that is given.

    `every` has a picture of every other template too, on the default background. For a picture the
    studio makes the avatar, if it has none like it: there is no other way to see one (guide §5).
    """
    from storyboard.commands.connection import connect

    parts = cast_of(request, compilation)
    async with connect(environment_of(request, compilation.project)) as client:
        templates = {template.id: template.name for template in await client.list_templates()}
        presenters = tuple(
            Presenter(id_, templates.get(id_), parts.get(id_, {}))
            for id_ in dict.fromkeys((*templates, *parts))
        )
        if previews is None:
            return Casting(presenters)
        wanted = [avatar for presenter in presenters for avatar in presenter.parts]
        if every:
            wanted += [Avatar(p.id, DEFAULT_BACKGROUND) for p in presenters if not p.parts]
        return Casting(presenters, await _fetch_pictures(client, wanted, previews, request))


def cast_of(
    request: Request, compilation: Compilation
) -> dict[str, dict[Avatar, tuple[Address, ...]]]:
    """Return the avatars that the project's videos show, by template: avatar → addresses."""
    parts: dict[str, dict[Avatar, tuple[Address, ...]]] = {}
    for video in select(request, compilation):
        for avatar in video.avatars:
            of_template = parts.setdefault(avatar.template_id, {})
            of_template[avatar] = (*of_template.get(avatar, ()), video.address)
    return parts


def picture_name(avatar: Avatar, beside: Iterable[Avatar] = (), *, environment: str = LOCAL) -> str:
    """Return the file's name of an avatar's picture: `jane-ceeedb.png`, `adam-office-1.png`.

    Another environment than `local` is in the name: it may draw the avatar otherwise.
    """
    return file_name(_words(avatar), marked_suffix(".png", environment), beside=map(_words, beside))


def _words(avatar: Avatar) -> str:
    background = avatar.background
    is_color = background.kind is BackgroundKind.COLOR
    value = background.value.removeprefix("#").lower() if is_color else background.value
    return f"{avatar.template_id}-{value}"


async def _fetch_pictures(
    client: StudioClient, avatars: Sequence[Avatar], folder: Path, request: Request
) -> tuple[Picture, ...]:
    async def fetch(avatar: Avatar) -> Picture:
        content = await preview_avatar(client, avatar)
        name = picture_name(avatar, avatars, environment=request.environment)
        return Picture(avatar, save(folder / name, content, inside=folder))

    return tuple(await some_at_once(avatars, fetch, _AT_ONCE))
