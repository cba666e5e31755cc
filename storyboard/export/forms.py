"""A storyboard and a project file as mappings, in the order and the words of a person. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from storyboard.expand.scene_ids import scene_slugs
from storyboard.export.grouping import Group
from storyboard.export.naming import Cast, Things
from storyboard.export.taken import Taken
from storyboard.language.scene_form import (
    avatar_form,
    broll_form,
    is_default,
    scene_form,
    seconds_form,
    usual_layout,
)
from storyboard.language.yaml_writing import escaped
from storyboard.video import Avatar, Scene

_PARAGRAPH: Final = "\n\n"
_LINE_WIDTH: Final = 92
"""Of a narration in several paragraphs, which is written in lines of its own."""


def storyboard_form(group: Group, cast: Cast) -> dict[str, Any]:
    """Return the storyboard of a group: what equals a default is left out."""
    source = group.videos[0]
    form: dict[str, Any] = {"name": _name(group)}
    if not is_default(source.avatar):
        form["avatar"] = avatar_form(source.avatar, cast.entries, cast.avatars)
    form |= _definitions(group, cast)
    if said := _say(source):
        form["say"] = said
    if titles := _titles(source, cast):
        form["titles"] = titles
    if group.locales:
        form["locales"] = list(group.locales)
    if source.composed:
        form["composed"] = dict(source.composed)
    form["scenes"] = [
        _escaped(scene_form(scene, id_, cast.entries, cast.avatars))
        for scene, id_ in zip(source.scenes, scene_ids(source), strict=True)
    ]
    others = zip(group.locales[1:], group.videos[1:], strict=True)
    localize = {tag: _difference(source, video, cast) for tag, video in others}
    if any(localize.values()):
        form["localize"] = {tag: block for tag, block in localize.items() if block}
    return form


def scene_ids(video: Taken) -> tuple[str, ...]:
    """Return the ids of a video's scenes: from then on they are written, and stay."""
    return scene_slugs([scene.narration or "" for scene in video.scenes])


def definitions_form(
    entries: Iterable[str], avatars: Iterable[Avatar], cast: Cast
) -> dict[str, Any]:
    """Return the tables of avatars and entries that define these."""
    tables = {
        "avatars": {cast.avatars[a]: avatar_form(a, cast.entries) for a in avatars},
        "entries": {cast.entries[id_]: {"entryId": id_} for id_ in entries},
    }
    return {name: table for name, table in tables.items() if table}


def things_of(group: Group) -> Things:
    """Return what the storyboard of a group has to name."""
    source, *others = group.videos
    entries = list(source.entries)
    for video in others:
        replaced = _replaced_entries(source, video).values()
        entries += [entry for entry in video.entries if entry not in replaced]
    return Things(tuple(entries), tuple(a for video in group.videos for a in video.avatars))


def _definitions(group: Group, cast: Cast) -> dict[str, Any]:
    things = things_of(group)
    return definitions_form(
        (entry for entry in dict.fromkeys(things.entries) if entry not in cast.elsewhere),
        (
            avatar
            for avatar in dict.fromkeys(things.avatars)
            if avatar in cast.avatars and avatar not in cast.elsewhere
        ),
        cast,
    )


def _name(group: Group) -> str:
    if group.name_around is None:
        return escaped(group.videos[0].name)
    before, after = map(escaped, group.name_around)
    return before + "{{ locale }}" + after


def _escaped(form: dict[str, Any]) -> dict[str, Any]:
    if "narration" in form:
        form["narration"] = _in_lines(escaped(form["narration"]))
    return form


def _in_lines(text: str) -> str:
    """Return a text in lines of a readable length, if it has paragraphs: their breaks say nothing.

    A single paragraph is folded by who writes it.
    """
    if _PARAGRAPH not in text:
        return text
    paragraphs = []
    for paragraph in text.split(_PARAGRAPH):
        lines = [""]
        for word in paragraph.split(" "):
            if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE_WIDTH:
                lines.append(word)
            else:
                lines[-1] = f"{lines[-1]} {word}".lstrip()
        paragraphs.append("\n".join(lines))
    return _PARAGRAPH.join(paragraphs)


def _say(video: Taken) -> dict[str, str]:
    """Return how a video's words are said: a studio has that scene by scene."""
    return {word: said for scene in video.scenes for word, said in scene.say}


def _titles(video: Taken, cast: Cast) -> dict[str, dict[str, str]]:
    """Return who presents, by the avatars' names: a studio has that where each first appears."""
    rows = [(scene.avatar or video.avatar, scene.title) for scene in video.scenes]
    return {
        cast.avatars.get(avatar, avatar.template_id): {k: escaped(v) for k, v in title.row.items()}
        for avatar, title in rows
        if title is not None
    }


def _difference(source: Taken, video: Taken, cast: Cast) -> dict[str, Any]:
    """Return what a locale has otherwise than the source, beside its texts."""
    form: dict[str, Any] = {}
    if video.avatar != source.avatar:
        form["avatar"] = avatar_form(video.avatar, cast.entries, cast.avatars)
    replaced = _replaced_entries(source, video)
    if replaced:
        form["entries"] = {cast.entries[own]: {"entryId": e} for own, e in replaced.items()}
    said = _say(source).items()
    if rows := dict(row for row in _say(video).items() if row not in said):
        form["say"] = rows
    told = _titles(source, cast)
    if titles := {k: row for k, row in _titles(video, cast).items() if row != told.get(k)}:
        form["titles"] = titles
    scenes = {
        id_: _scene_difference(_with_entry(own, replaced), other, video.avatar, cast)
        for id_, own, other in zip(scene_ids(source), source.scenes, video.scenes, strict=True)
    }
    if any(scenes.values()):
        form["scenes"] = {id_: block for id_, block in scenes.items() if block}
    return form


def _replaced_entries(source: Taken, video: Taken) -> dict[str, str]:
    """Return which entries a locale shows in the place of the source's, if it does so throughout.

    An entry that is a background, or that both show, is none of them.
    """
    pairs: dict[str, str] = {}
    for own, other in zip(source.scenes, video.scenes, strict=True):
        if own.broll is None or other.broll is None:
            continue
        entry = pairs.setdefault(own.broll.entry_id, other.broll.entry_id)
        if entry != other.broll.entry_id:
            return {}
    both = {*source.entries}.intersection(video.entries)
    pairs = {own: other for own, other in pairs.items() if own != other}
    backgrounds = {*source.backgrounds, *video.backgrounds}
    alone = [scene.broll for scene in source.scenes if scene.broll is not None]
    shown = {broll.entry_id for broll in alone}
    is_sound = shown.issuperset(pairs) and not (both | backgrounds) & {*pairs, *pairs.values()}
    return pairs if is_sound else {}


def _with_entry(scene: Scene, replaced: Mapping[str, str]) -> Scene:
    if scene.broll is None or scene.broll.entry_id not in replaced:
        return scene
    return replace(scene, broll=replace(scene.broll, entry_id=replaced[scene.broll.entry_id]))


def _scene_difference(own: Scene, other: Scene, avatar: Avatar, cast: Cast) -> dict[str, Any]:
    form: dict[str, Any] = {}
    is_written = own.layout is not usual_layout(own.broll)
    if other.layout is not (own.layout if is_written else usual_layout(other.broll)):
        form["layoutType"] = other.layout.value
    if other.broll is not None and other.broll != own.broll:
        if own.broll is not None and own.broll.entry_id == other.broll.entry_id:
            form["broll"] = {"startTime": seconds_form(other.broll.start_time)}
        else:
            form["broll"] = broll_form(other.broll, cast.entries)
    if other.avatar != own.avatar:
        form["avatar"] = avatar_form(other.avatar or avatar, cast.entries, cast.avatars)
    return form
