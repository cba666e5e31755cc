"""Values that people chose in the studio, in the words of a file: names before ids, short forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storyboard.broll import Broll
from storyboard.commands.plain_names import plain_avatars, plain_entries
from storyboard.expand.localization import localized
from storyboard.language import scene_form as short_forms
from storyboard.language.forms import is_entry_id
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.storyboard import Storyboard
from storyboard.language.timecode import format_timecode, parse_timecode
from storyboard.plan.merged import MergedScene
from storyboard.video import Avatar, Layout


@dataclass(frozen=True, slots=True)
class Names:
    """What one locale of a storyboard calls avatars, and entries by their ids.

    `taken` are all names of avatars: a template that is called like one has to be written in full.
    """

    avatars: Mapping[Avatar, str]
    entries: Mapping[str, str]
    taken: frozenset[str] = frozenset()


def names_of(
    storyboard: Storyboard, project: Project, overlay: EnvironmentOverlay, locale: str | None
) -> Names:
    """Return the names whose values are written plainly; an expression may be another tomorrow."""
    local = localized(storyboard, locale)
    ids = plain_entries((project.entries, storyboard.entries, overlay.entries, *local.entries))
    avatars = {**project.avatars, **storyboard.avatars, **local.avatars}
    names = {id_: name for name, id_ in ids.items()}
    return Names(plain_avatars(avatars, ids), names, frozenset(avatars))


def avatar_form(avatar: Avatar, names: Names) -> Any:
    """Return an avatar by its name, by its template's id, or in full."""
    form = short_forms.avatar_form(avatar, names.entries, names.avatars)
    if avatar not in names.avatars and isinstance(form, str) and form in names.taken:
        return {"templateId": avatar.template_id}
    return form


def entry_form(entry_id: str, names: Names) -> str | None:
    """Return what a clip calls an entry; None for an id that a file has in full only."""
    name = names.entries.get(entry_id)
    return name or (entry_id if is_entry_id(entry_id) else None)


def clip_form(entry_id: str, start: float, names: Names) -> Any:
    """Return a clip, as `metrics@30` where that is possible."""
    named = {**names.entries}
    if is_entry_id(entry_id):
        named.setdefault(entry_id, entry_id)
    return short_forms.broll_form(Broll(entry_id, start), named)


def start_form(start: float, before: Any) -> Any:
    """Return a start in the way in which another one is written: seconds, or a clock."""
    is_clock = isinstance(before, str) and ":" in before and parse_timecode(before) is not None
    return format_timecode(start) if is_clock else short_forms.seconds_form(start)


def new_scene_form(scene: MergedScene, id_: str, names: Names) -> dict[str, Any]:
    """Return a scene in the words of the file, as short as they can be."""
    shown = scene.shown
    form: dict[str, Any] = {"id": id_}
    usual = Layout.FULL_SCREEN if shown.broll_entry is None else Layout.BROLL
    if shown.layout != usual.value:
        form["layoutType"] = shown.layout
    if shown.narration:
        form["narration"] = shown.narration
    if shown.broll_entry is not None:
        form["broll"] = clip_form(shown.broll_entry, shown.start_time or 0.0, names)
    if not scene.follows and isinstance(shown.presenter, Avatar):
        form["avatar"] = avatar_form(shown.presenter, names)
    return form
