"""A plan as Markdown for a pull request: a summary first, then a part to open for each video.

It begins with a marker that is the same for each plan of an environment, so that one comment can
be found and renewed. It never grows beyond what a forge takes, and never ends inside of a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from storyboard.counting import counted
from storyboard.forges.marks import PLAN, digest_line, marker, parts_line
from storyboard.plan.change import Action, Change
from storyboard.plan.diff import FieldChange
from storyboard.plan.grouping import SameEdit, Waiting, group_plan
from storyboard.plan.plan import Plan
from storyboard.video import Scene
from storyboard.views.markdown import code, details, fenced, html_code
from storyboard.views.plan_lines import facts_of, field_line, head_line, plain, words
from storyboard.views.plan_text import plan_notes, plan_totals, waiting_line
from storyboard.views.wording import cut, place, printable

MOST_CHARACTERS: Final = 60_000
"""GitHub takes 65,536 in a comment, GitLab a million; what a pipeline puts around it has room."""

_LINE: Final = 2_000
"""Characters of a line: a text of which every word is new is still read here, its end is not."""

_EXCERPT: Final = 100
"""Characters of a new scene's narration: the file in the same pull request has all of it."""

_LINES: Final = 60
"""Lines of one video, so that others have room too."""


def render_plan_markdown(
    plan: Plan, *, environment: str, most: int = MOST_CHARACTERS, notice: str = ""
) -> str:
    """Return the plan as Markdown of at most `most` characters, which ends with a newline.

    `notice`, which is Markdown, is said above the plan.
    """
    head = "\n\n".join(_head(plan, environment, notice))
    tail = _tail(plan)
    room = most - len(head) - len(tail) - _KEPT_FREE
    blocks, left = [], 0
    for block in _blocks(plan):
        if len(block) + 2 <= room:
            blocks.append(block)
            room -= len(block) + 2
        else:
            left += 1
    if left:
        blocks.append(f"… and {counted(left, 'more part')}: `storyboard plan --full` shows all.")
    return "\n\n".join((head, *blocks, tail)) + "\n"


def render_doubt(doubt: str) -> str:
    """Return why a plan was not applied, as the notice above it."""
    return (
        f"⚠️ **Not applied**: {code(cut(doubt, _LINE))}\n\n"
        "This is the plan now. Look at it, and run the job again to apply it."
    )


_KEPT_FREE: Final = 200
"""Characters for the line that counts what is left out, and for the empty lines."""


def _head(plan: Plan, environment: str, notice: str) -> Iterator[str]:
    first = marker(PLAN, environment)
    yield f"{first}\n{digest_line(plan.digest)}" if _may_be_applied(plan) else first
    yield f"### Plan for {code(environment)}"
    if notice:
        yield notice
    yield f"**{plan_totals(plan)}**"
    notes = [cut(line, _LINE) for line in plan_notes(plan)]
    if plan.refusals:
        yield "⛔ A guard refuses this plan: an apply changes nothing."
    if notes:
        yield fenced(notes)


def _tail(plan: Plan) -> str:
    whom = f"partner {plan.principal.partner_id}"
    user = f", user {code(plan.principal.user_id)}" if plan.principal.user_id else ""
    if not _may_be_applied(plan):
        return f"{whom}{user} at {code(plan.principal.studio)}"
    digest = f"Digest of this plan: {code(plan.digest)}"
    told = f"{code('storyboard apply --expect-digest')} with the same options applies no other."
    parts = parts_line(list(plan.parts.values()))
    shown = f"{whom}{user} at {code(plan.principal.studio)}\n\n{digest}. {told}"
    return f"{shown}\n\n{parts}" if parts else shown


def _may_be_applied(plan: Plan) -> bool:
    return plan.has_changes and not plan.refusals


def _blocks(plan: Plan) -> Iterator[str]:
    """Yield what weighs most first: it is shown even if not all has room."""
    groups = group_plan(plan)
    shared = {id(item) for edit in groups.edits for _, item in edit.places}
    weighty = [change for change in plan.changes if _weighs(change)]
    yield from (_video(change, shared) for change in weighty)
    yield from (_edit(edit) for edit in groups.edits)
    if groups.waiting:
        yield _held(groups.waiting)
    for change in plan.changes:
        if change.actions and not _weighs(change) and change.action is not Action.HOLD:
            yield _video(change, shared)
    for item in plan.retirements:
        yield details(html_code(f"- delete  {item.address}"), "A newer video took its place.")


def _weighs(change: Change) -> bool:
    """Tell whether something is lost: a video, or what a person did in the studio."""
    lost = any(action in (Action.DELETE, Action.REPLACE) for action in change.actions)
    return lost or any(item.drift for item in change.changes)


def _video(change: Change, shared: set[int]) -> str:
    """Return what happens to one video; edits that many texts have are told elsewhere."""
    heads, lines, told = [], [], 0
    for action in change.actions:
        facts = "; ".join(facts_of(change, action))
        heads.append(f"{head_line(action, '', 0, plain).strip()}" + (f": {facts}" if facts else ""))
        for item in change.changes_of(action):
            if id(item) in shared:
                told += 1
            else:
                lines.append(_field(item))
    if change.action is Action.CREATE and change.desired is not None:
        lines += [_new_scene(scene) for scene in change.desired.scenes]
    if told:
        lines.append(f"  and {counted(told, 'text')} that many videos share, see above")
    more = len(lines) - _LINES
    if more > 0:
        lines = [*lines[:_LINES], f"  … and {counted(more, 'more field')}"]
    where = place(change.source)
    head = f"{html_code(str(change.address))} {html_code(cut(', '.join(heads), _LINE))}"
    if not lines:
        return head
    return details(head, fenced([*([f"@@ {where} @@"] if where else []), *lines], "diff"))


def _new_scene(scene: Scene) -> str:
    return f"+ {scene.id}  “{cut(printable(scene.narration or ''), _EXCERPT)}”"


def _field(item: FieldChange) -> str:
    """Return a field's line as a diff colors it: `!` for what changed, `+`, `-`."""
    line = field_line(item, plain).strip()
    return cut(f"! {line[2:]}" if line.startswith("~ ") else line, _LINE)


def _edit(edit: SameEdit) -> str:
    """Return an edit that many texts have, with one of them."""
    change, item = edit.example
    count = f"{counted(len(edit.places), 'text')} of {counted(len(edit.changes), 'video')}"
    name = "one edit" if edit.definition is None else edit.definition.name
    where = place(edit.definition.span) if edit.definition is not None else ""
    lines = [
        cut(f"! {words(edit.pieces, plain)}", _LINE),
        f"@@ for example {change.address} {item.path} @@",
        _field(item),
    ]
    head = f"{name} in {count}" + (f", {where}" if where else "")
    return details(html_code(cut(head, _LINE)), fenced(lines, "diff"))


def _held(waiting: Sequence[Waiting]) -> str:
    videos = counted(sum(len(each.changes) for each in waiting), "video")
    lines = [cut(waiting_line(each, plain, 0), _LINE) for each in waiting]
    return details(html_code(f"! {videos} held"), fenced(lines))
