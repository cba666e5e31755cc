"""Resolved scenes and avatars in the words of a file, as short as they can be. Writes no text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storyboard.broll import Broll
from storyboard.video import Avatar, Background, BackgroundKind, Layout, Scene
from storyboard.wire import DEFAULT_BACKGROUND_COLOR, DEFAULT_TEMPLATE

_DEFAULT_BACKGROUND = Background(BackgroundKind.COLOR, DEFAULT_BACKGROUND_COLOR)


def scene_form(
    scene: Scene,
    id_: str,
    entry_names: Mapping[str, str],
    avatar_names: Mapping[Avatar, str] | None = None,
) -> dict[str, Any]:
    """Return a scene; what has a name is called by it, and defaults are left out.

    Its narration is as it is spoken: the caller escapes what looks like an expression.
    """
    form: dict[str, Any] = {"id": id_}
    if scene.layout is not usual_layout(scene.broll):
        form["layoutType"] = scene.layout.value
    if scene.narration is not None:
        form["narration"] = scene.narration
    if scene.broll is not None:
        form["broll"] = broll_form(scene.broll, entry_names)
    if scene.avatar is not None:
        form["avatar"] = avatar_form(scene.avatar, entry_names, avatar_names)
    return form


def usual_layout(broll: Broll | None) -> Layout:
    """Return the layout of a scene that does not name one."""
    return Layout.FULL_SCREEN if broll is None else Layout.BROLL


def broll_form(broll: Broll, entry_names: Mapping[str, str]) -> str | dict[str, Any]:
    """Return a clip: `name@12.5`, or an object where its entry has no name."""
    name, start = entry_names.get(broll.entry_id), seconds_form(broll.start_time)
    if name is None:
        return {"entryId": broll.entry_id, "startTime": start}
    return f"{name}@{start}" if start else name


def avatar_form(
    avatar: Avatar,
    entry_names: Mapping[str, str],
    avatar_names: Mapping[Avatar, str] | None = None,
) -> str | dict[str, Any]:
    """Return an avatar: its name, its template where the background is the usual one, or all."""
    name = (avatar_names or {}).get(avatar)
    if name is not None:
        return name
    if is_short(avatar):
        return avatar.template_id
    background = background_form(avatar.background, entry_names)
    return {"templateId": avatar.template_id, "background": background}


def is_short(avatar: Avatar) -> bool:
    """Whether the template's id says all of an avatar."""
    return avatar.background == _DEFAULT_BACKGROUND


def is_default(avatar: Avatar) -> bool:
    """Whether it is the avatar of a storyboard that names none."""
    return is_short(avatar) and avatar.template_id == DEFAULT_TEMPLATE


def seconds_form(start: float) -> int | float:
    """Return seconds to the millisecond, whole ones as an integer."""
    rounded = round(start, 3)
    return int(rounded) if float(rounded).is_integer() else rounded


def background_form(background: Background, entry_names: Mapping[str, str]) -> str | dict[str, str]:
    """Return a background: a color, or an object."""
    value = background.value
    if background.kind is BackgroundKind.COLOR:
        return value
    if background.kind is BackgroundKind.ENTRY:
        value = entry_names.get(value, value)
    return Background(background.kind, value).payload()
