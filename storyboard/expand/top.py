"""Resolves what a video has beside its scenes: its name, its avatar, what is to be composed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from storyboard.expand.cast import Cast
from storyboard.expand.localization import Localized
from storyboard.expand.lower import lower_compose
from storyboard.expand.origins import LazySpans
from storyboard.expand.provenance import source_of
from storyboard.expand.rendering import BROKEN, Broken, Renderer
from storyboard.expand.spoken import spoken
from storyboard.expand.texts import Texts
from storyboard.expand.value_check import VIDEO
from storyboard.language.place import Written
from storyboard.language.project import Project
from storyboard.language.storyboard import Storyboard
from storyboard.language.timecode import parse_timecode
from storyboard.scene_origin import SceneOrigin, TextSource
from storyboard.source.diagnostic import diagnose
from storyboard.source.span import Span
from storyboard.video import Avatar, Compose, Hold


@dataclass(frozen=True, slots=True)
class Top:
    """The fields of a video beside its scenes; `BROKEN` for what is at fault."""

    name: str | Broken
    avatar: Avatar | Broken
    written_avatar: Written | None
    compose: Compose | Broken | None
    protect: bool
    span: Span
    holds: tuple[Hold, ...]
    name_source: TextSource | None
    name_origin: SceneOrigin | None
    avatar_origin: SceneOrigin | None


def resolve_top(
    storyboard: Storyboard, local: Localized, project: Project, cast: Cast, texts: Texts
) -> Top:
    """Resolve them; what is wrong goes to the findings of the cast."""
    _check_id(storyboard, cast)
    name, holds, origin = _name(storyboard, cast, texts)
    avatar = local.avatar or storyboard.avatar or project.avatar
    return Top(
        name=name,
        avatar=cast.default_avatar() if avatar is None else cast.avatar(avatar, cast.renderer),
        written_avatar=avatar,
        compose=None if storyboard.compose is None else _compose(storyboard.compose, cast),
        protect=storyboard.protect,
        span=storyboard.start,
        holds=holds,
        name_source=_name_source(storyboard, cast, texts),
        name_origin=origin,
        avatar_origin=None if avatar is None else _origin("avatar", avatar),
    )


def _check_id(storyboard: Storyboard, cast: Cast) -> None:
    if storyboard.has_id:
        origin = _origin("id", Written(storyboard.id, storyboard.place.at("id")))
        cast.check.accepts(VIDEO, "id", storyboard.id, origin)
    elif not cast.check.is_good(VIDEO, "id", storyboard.id):
        message = (
            f"the file's name gives an invalid id '{storyboard.id}': expected lower-case letters, "
            "digits and '-'"
        )
        hint = "rename the file, or write an `id`"
        cast.check.refuse(diagnose("bad-format", message, storyboard.start, hint))


def _name(
    storyboard: Storyboard, cast: Cast, texts: Texts
) -> tuple[str | Broken, tuple[Hold, ...], SceneOrigin | None]:
    written = storyboard.name
    if written is None:
        return storyboard.id, (), None
    text = texts.name(written, cast.renderer)
    value, origin = spoken(text.value), _origin("name", written, text.span)
    if value is BROKEN or not cast.check.accepts(VIDEO, "name", value, origin):
        return BROKEN, text.holds, origin
    return value, text.holds, origin


def _name_source(storyboard: Storyboard, cast: Cast, texts: Texts) -> TextSource | None:
    if storyboard.name is None:
        return None

    def render(written: Written, renderer: Renderer) -> Any:
        return spoken(texts.name(written, renderer).value)

    return source_of(storyboard.name, cast.renderer, render)


def _compose(written: Written, cast: Cast) -> Compose | Broken:
    value = cast.renderer.render(written)
    if isinstance(value, dict):
        value = _long_compose(value, written, cast)
    if isinstance(value, Broken):
        return value
    if not cast.check.accepts(VIDEO, "compose", value, _origin("compose", written)):
        return BROKEN
    return lower_compose(value, written.place.at("entryIds"))


def _long_compose(value: dict[str, Any], written: Written, cast: Cast) -> dict[str, Any] | Broken:
    value = dict(value)
    seconds = parse_timecode(value.get("duration"))
    if seconds is not None:
        value["duration"] = seconds
    if isinstance(value.get("entryIds"), list):
        place = written.place.at("entryIds")
        ids = [
            cast.entry(entry, place.at(i)) if isinstance(entry, str) else entry
            for i, entry in enumerate(value["entryIds"])
        ]
        if any(isinstance(entry, Broken) for entry in ids):
            return BROKEN
        value["entryIds"] = ids
    return value


def _origin(key: str, written: Written, pinned: Span | None = None) -> SceneOrigin:
    """Return where a field is written; `pinned` is its place where a catalog has it."""
    start = Span(written.place.document.path, 1, 1, 1, 1)
    spans = LazySpans({key: written.place}, None if pinned is None else {key: pinned})
    return SceneOrigin(start, spans)
