"""The edits that give a scene's clip another entry or start, in the form in which it is written."""

from __future__ import annotations

from collections.abc import Sequence

from storyboard.commands.pulled_forms import Names, clip_form, entry_form, start_form
from storyboard.commands.pulled_slots import ENTRY, START, Slot
from storyboard.language.editing import (
    CannotEdit,
    Edit,
    insert_key,
    remove_key,
    replace_text,
    replace_value,
)
from storyboard.language.place import Place
from storyboard.language.scene_form import seconds_form


def clip_edit(slots: Sequence[Slot], names: Names) -> Edit:
    """Return the edit of a clip's entry, start, or both where they are one text."""
    entries = [slot for slot in slots if slot.field == ENTRY]
    starts = [slot for slot in slots if slot.field == START]
    slot = (entries or starts)[0]
    if not isinstance(slot.spot, Place):
        assert slot.item is not None
        form = clip_form(slot.after, starts[0].after or 0.0, names)
        return insert_key(slot.item.document, slot.item.pointer, "broll", form, "narration")
    document, pointer = slot.spot.document, slot.spot.pointer
    if entries and entries[0].after is None:
        is_part = pointer[-1] in ("entry", "entryId")
        return remove_key(document, pointer[:-1] if is_part else pointer)
    written = document.value(pointer)
    if isinstance(written, str) and pointer[-1:] == ("broll",):
        return replace_text(document, pointer, _short_clip(written, entries, starts, names))
    if not isinstance(written, dict):
        return _clip_field(slot, pointer, names)
    key = next((k for k in ("entry", "entryId") if k in written), "entryId")
    changed = [each[0] for each in (entries, starts) if each and each[0].changes]
    if len(changed) > 1:
        form = clip_form(entries[0].after, starts[0].after, names)
        return replace_value(document, pointer, form)
    if changed[0].field == ENTRY:
        return _clip_field(changed[0], (*pointer, key), names)
    if "startTime" in written:
        return _clip_field(changed[0], (*pointer, "startTime"), names)
    start = seconds_form(changed[0].after)
    return insert_key(document, pointer, "startTime", start, key)


def _clip_field(slot: Slot, pointer: tuple[str | int, ...], names: Names) -> Edit:
    assert isinstance(slot.spot, Place)
    document = slot.spot.document
    if slot.field == START:
        before = document.value(pointer)
        new = start_form(slot.after, before)
        if isinstance(before, str) and isinstance(new, str):
            return replace_text(document, pointer, new)
        return replace_value(document, pointer, new)
    if pointer[-1] == "entryId":
        return replace_value(document, pointer, slot.after)
    form = entry_form(slot.after, names)
    if form is None:
        raise CannotEdit("the entry has no name in the files")
    return replace_value(document, pointer, form)


def _short_clip(written: str, entries: Sequence[Slot], starts: Sequence[Slot], names: Names) -> str:
    """Return a clip's short form with another entry or start, the rest as it is written."""
    entry, _, start = written.partition("@")
    if entries and entries[0].changes:
        form = entry_form(entries[0].after, names)
        if form is None:
            raise CannotEdit("the entry has no name in the files")
        entry = form
    if starts and starts[0].changes:
        start = str(start_form(starts[0].after, start))
    return f"{entry}@{start}" if start else entry
