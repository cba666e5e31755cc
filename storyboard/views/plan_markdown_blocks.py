"""The blocks of a plan's Markdown: one a video, an edit that many share, or what is held.

A reviewer may read them on a phone. So a head says in a line what happens, the words of a text
stand below what they belong to, and lines are folded before a screen cuts them off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from storyboard.counting import counted
from storyboard.plan.action import Action
from storyboard.plan.change import Change
from storyboard.plan.diff import ChangeKind, FieldChange
from storyboard.plan.grouping import SameEdit, Waiting, group_plan
from storyboard.plan.plan import Plan
from storyboard.video import Scene
from storyboard.views.characters import cell_width
from storyboard.views.folding import folded
from storyboard.views.markdown import code, details, fenced, html_code
from storyboard.views.plan_lines import (
    difference,
    facts_of,
    field_notes,
    film_facts,
    head_line,
    plain,
    words,
)
from storyboard.views.plan_text import waiting_line
from storyboard.views.wording import cut, place, printable

LINE: Final = 2_000
"""Characters of a text: one of which every word is new is still read here, its end is not."""

_COLUMNS: Final = 52
"""Characters of a folded line: what a phone shows of a block of code, held upright; a choice."""

_HEAD: Final = 300
"""Characters of what a head says beside its address."""

_EXCERPT: Final = 100
"""Characters of a new scene's narration: the file in the same pull request has all of it."""

_LINES: Final = 60
"""Texts of one video, so that others have room too."""

_SIGNS: Final = {ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown; `group` is what it is told with if there are many of its kind."""

    text: str
    group: Action | None = None

    @property
    def opened(self) -> Block:
        """The block as it is shown alone: nothing is to be clicked."""
        return replace(self, text=self.text.replace("<details>", "<details open>", 1))


def blocks_of(plan: Plan) -> Iterator[Block]:
    """Yield what weighs most first: it is shown even if not all has room."""
    groups = group_plan(plan)
    shared = {id(item) for edit in groups.edits for _, item in edit.places}
    rest = [change for change in plan.changes if change.actions and not _weighs(change)]
    yield from (Block(_video(change, shared)) for change in plan.changes if _weighs(change))
    yield from (Block(_edit(edit)) for edit in groups.edits)
    if groups.waiting:
        yield Block(_held(groups.waiting))
    kinds = dict.fromkeys(change.action for change in rest if change.action is not Action.HOLD)
    for kind in kinds:
        yield from (Block(_video(c, shared), kind) for c in rest if c.action is kind)
    for item in plan.retirements:
        yield Block(f"{code(str(item.address))} - delete: a newer video took its place")


def _weighs(change: Change) -> bool:
    """Tell whether something is lost: a video, or what a person did in the studio."""
    lost = any(action in (Action.DELETE, Action.REPLACE) for action in change.actions)
    return lost or any(item.drift for item in change.changes)


def _video(change: Change, shared: set[int]) -> str:
    """Return what happens to one video; edits that many texts have are told elsewhere."""
    fields = [item for action in change.actions for item in change.changes_of(action)]
    own = [item for item in fields if id(item) not in shared]
    told = len(fields) - len(own)
    blocks = [list(_field(item)) for item in own]
    if change.action is Action.CREATE and change.desired is not None:
        blocks += [list(_new_scene(scene)) for scene in change.desired.scenes]
    if not blocks:
        above = f"; {counted(told, 'text')} as above" if told else ""
        return f"{_head(change, code)}{above}"
    more = len(blocks) - _LINES
    lines = [line for block in blocks[:_LINES] for line in block]
    if more > 0:
        lines.append(f"  … and {counted(more, 'more field')}")
    if told:
        lines.append(f"  and {counted(told, 'text')} that many videos share, see above")
    return details(_head(change, html_code), fenced([*_reasons(change), *lines], "diff"))


def _head(change: Change, quoted: Callable[[str], str]) -> str:
    """Return what happens in a line: what is not clear from the action is said there, too."""
    told = []
    for action in change.actions:
        sign = head_line(action, "", 0, plain).strip()
        facts = _numbers(change, action)
        special = "; ".join(map(printable, _special(change, action)))
        sign = f"{sign}, {'; '.join(facts)}" if facts else sign
        told.append(f"{sign}: {quoted(cut(special, _HEAD))}" if special else sign)
    warning = "⚠️ " if _weighs(change) else ""
    return f"{warning}{quoted(str(change.address))} {' · '.join(told)}"


def _numbers(change: Change, action: Action) -> list[str]:
    video = change.desired
    if action is Action.CREATE and video is not None and video.compose is None:
        return [counted(len(video.scenes), "scene")]
    if action is Action.GENERATE and change.film is not None:
        return film_facts([change.film])
    return []


def _special(change: Change, action: Action) -> Sequence[str]:
    """Return the reasons that a reader would not think of: a new video is made since it is new."""
    if (action is Action.CREATE and change.applied is None) or action is Action.GENERATE:
        return change.reasons(action)[1:]
    return change.reasons(action) if action is Action.CREATE else facts_of(change, action)


def _reasons(change: Change) -> Iterator[str]:
    """Yield where a video stands in the files, and why its film is made."""
    where = place(change.source)
    if where:
        yield f"@@ {where} @@"
    for action in change.actions:
        if action is Action.GENERATE:
            yield from folded(f"# {action.value}: ", change.reasons(action)[0], _COLUMNS, "#   ")


def _new_scene(scene: Scene) -> Iterator[str]:
    text = f"“{cut(printable(scene.narration or ''), _EXCERPT)}”"
    yield from folded(f"+ {scene.id}  ", text, _COLUMNS, "+   ")


def _field(item: FieldChange) -> Iterator[str]:
    """Yield a field's lines as a diff colors them: `!` for what changed, `+`, `-`."""
    notes = ", ".join(note.strip("()") for note in field_notes(item, plain))
    place_line = f"@@ {item.path}, {notes} @@"
    if notes and cell_width(place_line) <= _COLUMNS:
        yield place_line
    else:
        yield f"@@ {item.path} @@"
        yield from folded("# ", notes, _COLUMNS, "#   ") if notes else ()
    sign = _SIGNS.get(item.kind, "!")
    yield from folded(f"{sign} ", cut(difference(item, plain), LINE), _COLUMNS, f"{sign} ")


def _edit(edit: SameEdit) -> str:
    """Return an edit that many texts have, with one of them."""
    change, item = edit.example
    count = f"{counted(len(edit.places), 'text')} of {counted(len(edit.changes), 'video')}"
    name = words(edit.pieces, plain) if edit.definition is None else edit.definition.name
    where = place(edit.definition.span) if edit.definition is not None else ""
    lines = [*folded("! ", cut(words(edit.pieces, plain), LINE), _COLUMNS, "! ")]
    lines += [f"@@ for example {change.address} @@", *_field(item)]
    head = f"{html_code(cut(name, _HEAD))} in {count}" + (f", {html_code(where)}" if where else "")
    return details(head, fenced(lines, "diff"))


def _held(waiting: Sequence[Waiting]) -> str:
    videos = counted(sum(len(each.changes) for each in waiting), "video")
    lines = [cut(waiting_line(each, plain, 0), LINE) for each in waiting]
    return details(f"! {videos} held", fenced(lines))
