"""Turns values that people chose in the studio into edits of the files that they are written in.

A value is rewritten only where it stands as plain text in its storyboard's own file or catalog, and
only if all that is made of that text is to change alike. Everything else is left to the author.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from storyboard.catalogs.paths import catalog_path
from storyboard.commands.pulled_clips import clip_edit
from storyboard.commands.pulled_forms import (
    Names,
    avatar_form,
)
from storyboard.commands.pulled_slots import (
    AVATAR,
    ENTRY,
    LAYOUT,
    NAME,
    NARRATION,
    START,
    Slot,
    slots_of,
)
from storyboard.counting import NAMES_IN_LINE, listed
from storyboard.language.editing import (
    CannotEdit,
    Edit,
    insert_key,
    remove_key,
    replace_text,
    replace_value,
)
from storyboard.language.forms import long_avatar
from storyboard.language.place import Place
from storyboard.language.scene_form import background_form
from storyboard.plan.merged import Merged
from storyboard.source.span import Span
from storyboard.templates.scanning import has_template
from storyboard.video import Address, Avatar


@dataclass(frozen=True, slots=True)
class Board:
    """A storyboard's file, all of its videos as they are to be, and each one's names."""

    top: Place
    merged: tuple[Merged, ...]
    names: Mapping[Address, Names]

    @property
    def path(self) -> str:
        """The file's path."""
        return self.top.document.path


@dataclass(frozen=True, slots=True)
class Translated:
    """A text of a catalog that is to say something else."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One edit, and the values that it settles."""

    slots: tuple[Slot, ...]
    edit: Edit | Translated


@dataclass(frozen=True, slots=True)
class Left:
    """A value that is not rewritten, where it comes from, and why the author has to do it."""

    slot: Slot
    reason: str
    span: Span | None


def edits_of(board: Board) -> Iterator[Step | Left]:
    """Yield an edit for each value that is to change, or why there is none."""
    groups: dict[object, list[Slot]] = {}
    for merged in board.merged:
        for slot in slots_of(merged, board.top):
            groups.setdefault(slot.group, []).append(slot)
    done: set[object] = set()
    for key, slots in groups.items():
        if key in done or not any(slot.changes for slot in slots):
            continue
        done.add(key)
        slots = [*slots, *_with_entry(slots, groups, done)]
        try:
            edit = _edit(board, slots)
        except CannotEdit as refusal:
            span = _span(slots[0])
            yield from (Left(slot, str(refusal), span) for slot in slots if slot.changes)
        else:
            yield Step(tuple(slots), edit)


def _with_entry(
    slots: Sequence[Slot], groups: Mapping[object, list[Slot]], done: set[object]
) -> list[Slot]:
    """Return the starts that are one text with these entries, such as `metrics@30`."""
    if slots[0].field != ENTRY:
        return []
    key = (START, slots[0].group[1]) if isinstance(slots[0].group, tuple) else None
    done.add(key)
    return groups.get(key, [])


def _edit(board: Board, slots: Sequence[Slot]) -> Edit | Translated:
    """Return the edit of a text; raises `CannotEdit` with the reason why there is none."""
    first = slots[0]
    match first.spot:
        case Span():
            return _translated(board, slots)
        case Place():
            _require_own(board, first.spot)
            _require_plain(first.spot)
        case None:
            if first.item is None:
                raise CannotEdit("it is not written in a storyboard")
            _require_own(board, first.item)
        case _:
            assert_never(first.spot)
    _require_agreement(slots)
    names = board.names[first.address]
    if first.field in (NAME, NARRATION, LAYOUT):
        return _text(first)
    if first.field == AVATAR:
        return _avatar(first, names)
    return clip_edit(slots, names)


def _require_own(board: Board, place: Place) -> None:
    if place.document.path != board.path:
        raise CannotEdit("it comes from a file that other storyboards may use")


def _require_plain(place: Place) -> None:
    if has_template(place.document.value(place.pointer)):
        raise CannotEdit("an expression writes it")


def _require_agreement(slots: Iterable[Slot]) -> None:
    """Refuse to change a text for one video, or scene, that another has its own value from."""
    by_field: dict[str, list[Slot]] = {}
    for slot in slots:
        by_field.setdefault(slot.field, []).append(slot)
    for same in by_field.values():
        changed = [slot for slot in same if slot.changes]
        others = [s for s in same if changed and s.after != changed[0].after]
        if others:
            whose = [
                f"'{s.address}'" if s.address != changed[0].address else s.path for s in others
            ]
            shown = listed(list(dict.fromkeys(whose)), NAMES_IN_LINE)
            raise CannotEdit(f"{shown} is made of the same text, and has not changed alike")


def _text(slot: Slot) -> Edit:
    if isinstance(slot.spot, Place):
        return replace_text(slot.spot.document, slot.spot.pointer, str(slot.after))
    if slot.field == NARRATION and not slot.after:
        raise CannotEdit("nothing is said")
    assert slot.item is not None
    return insert_key(slot.item.document, slot.item.pointer, slot.field, slot.after, "id")


def _avatar(slot: Slot, names: Names) -> Edit:
    avatar = slot.after
    if isinstance(avatar, str) or (avatar is None and not slot.scene_id):
        raise CannotEdit("the studio does not tell which template and background its avatar has")
    if not isinstance(slot.spot, Place):
        assert slot.item is not None
        form = avatar_form(avatar, names)
        after = "narration" if slot.scene_id else "name"
        return insert_key(slot.item.document, slot.item.pointer, AVATAR, form, after)
    document, pointer = slot.spot.document, slot.spot.pointer
    if avatar is None:
        return remove_key(document, pointer)
    written = document.value(pointer)
    if isinstance(written, dict) and avatar not in names.avatars:
        edit = _part_of_avatar(slot.spot, written, avatar, names)
        if edit is not None:
            return edit
    return replace_value(document, pointer, avatar_form(avatar, names))


def _part_of_avatar(
    spot: Place, written: Mapping[str, Any], avatar: Avatar, names: Names
) -> Edit | None:
    """Return the edit of the one part of a mapping that changes, if it is one."""
    long, new = long_avatar(written), background_form(avatar.background, names.entries)
    background = long_avatar({"background": new})["background"]
    same = [long["templateId"] == avatar.template_id, long["background"] == background]
    key = "background" if same[0] else "templateId"
    if not any(same) or key not in written:
        return None
    value = new if key == "background" else avatar.template_id
    return replace_value(spot.document, (*spot.pointer, key), value)


def _translated(board: Board, slots: Sequence[Slot]) -> Translated:
    """Return the edit of a translation in the storyboard's own catalog."""
    slot = slots[0]
    span = slot.spot
    assert isinstance(span, Span)
    locale = slot.address.locale
    if locale is None or span.file != catalog_path(locale, slot.address.storyboard):
        raise CannotEdit("it comes from a catalog that other videos may use")
    if slot.source is not None and has_template(slot.source.document.value(slot.source.pointer)):
        raise CannotEdit("an expression writes a part of it")
    _require_agreement(slots)
    return Translated(span.file, span.line, str(slot.after))


def _span(slot: Slot) -> Span | None:
    if isinstance(slot.spot, Place):
        return slot.spot.span
    if slot.spot is not None:
        return slot.spot
    return None if slot.item is None else slot.item.span
