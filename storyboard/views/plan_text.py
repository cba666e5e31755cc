"""A plan as text: a symbol and a word for each action, and what differs. No decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from storyboard.counting import counted, listed
from storyboard.plan.action import Action
from storyboard.plan.change import Change, Retirement
from storyboard.plan.diff import FieldChange
from storyboard.plan.grouping import Alike, SameEdit, Waiting, group_plan
from storyboard.plan.plan import Plan
from storyboard.plan.policy import PolicyChange
from storyboard.plan.refusal import name_addresses, shortened
from storyboard.video import Address
from storyboard.views.leftovers import leftover_lines
from storyboard.views.plan_lines import (
    BOLD,
    DIM,
    RED,
    YELLOW,
    Paint,
    difference,
    facts_of,
    field_line,
    film_facts,
    head_line,
    painted,
    plain,
    words,
)
from storyboard.views.wording import duration, place, printable

_FILES: Final = 8
"""Saved films that are named; more are counted."""

MOST_LINES: Final = 40
"""Lines of a plan that is shown short: a screen, or what a reader of a pull request takes in."""


def render_plan_text(plan: Plan, *, color: bool = False, full: bool = False) -> str:
    """Return what an apply would do, most telling first line to summary; ends with a newline.

    What is the same in many videos is told once, and at most `MOST_LINES` lines are shown, but for
    deletions, replacements and edits of others; `full` shows all. Color only repeats what symbols
    and words say.
    """
    paint: Paint = painted if color else plain
    blocks = list(_whole(plan, paint) if full else _grouped(plan, paint))
    blocks += [_retirement(item, plan, paint) for item in plan.retirements]
    notes = [*plan_notes(plan, paint), _summary(plan, paint)]
    if not full:
        blocks = _fitting(blocks, MOST_LINES - len(notes) - 1)
    lines = [paint(_principal(plan), DIM), *(line for block in blocks for line in block.lines)]
    text = "\n".join(line.rstrip() for line in (*lines, *notes))
    return text.encode(errors="replace").decode() + "\n"


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that belong together; `weighty` ones are never left out."""

    lines: tuple[str, ...]
    weighty: bool = False


def _fitting(blocks: Sequence[_Block], most: int) -> list[_Block]:
    """Leave out what does not fit, and count it."""
    if sum(len(block.lines) for block in blocks) <= most:
        return list(blocks)
    room = most - 1 - sum(len(block.lines) for block in blocks if block.weighty)
    shown, left = [], 0
    for block in blocks:
        if block.weighty or len(block.lines) <= room:
            shown.append(block)
            room -= 0 if block.weighty else len(block.lines)
        else:
            room, left = 0, left + 1
    more = counted(left, "more entry", "more entries")
    return [*shown, _Block((f"… {more}: --full shows all",))] if left else shown


def _principal(plan: Plan) -> str:
    user = f"user {plan.principal.user_id} · " if plan.principal.user_id else ""
    return printable(f"partner {plan.principal.partner_id} · {user}{plan.principal.studio}")


def _whole(plan: Plan, paint: Paint) -> Iterator[_Block]:
    """Yield every video on its own."""
    width = _width(str(change.address) for change in plan.changes if change.actions)
    for change, action in plan.actions:
        yield _action(change, action, change.changes_of(action), paint, width)


def _grouped(plan: Plan, paint: Paint) -> Iterator[_Block]:
    """Yield what is the same once, then what stands alone, then the held videos."""
    groups = group_plan(plan)
    heads = [_videos(edit.changes) for edit in groups.edits]
    heads += [_alike_head(group) for group in groups.alike]
    heads += [_waiting_head(waiting) for waiting in groups.waiting]
    width = _width([*heads, *(str(change.address) for change, _, _ in groups.rest)])
    for edit in groups.edits:
        yield _Block(tuple(_edit_lines(edit, paint, width)))
    told = {change.address for edit in groups.edits for change in edit.changes}
    for change, action, left in groups.rest:
        yield _action(change, action, left, paint, width)
    for group in groups.alike:
        yield _Block(tuple(_alike_lines(group, told, paint, width)))
    for waiting in groups.waiting:
        yield _Block((waiting_line(waiting, paint, width),))


def _width(heads: Iterable[str]) -> int:
    return max(map(len, heads), default=0)


def _videos(changes: Sequence[Change]) -> str:
    return counted(len(changes), "video")


def _action(
    change: Change, action: Action, items: Sequence[FieldChange], paint: Paint, width: int
) -> _Block:
    head = head_line(action, str(change.address), width, paint)
    where = paint(place(change.source), DIM) if action in _PLACED else ""
    told = "  ".join(filter(None, ("; ".join(facts_of(change, action)), where)))
    lines = (f"{head}  {told}", *(field_line(item, paint) for item in items))
    weighty = action in (Action.DELETE, Action.REPLACE) or any(item.drift for item in items)
    return _Block(lines, weighty)


_PLACED = (Action.CREATE, Action.ADOPT, Action.MOVE, Action.HOLD)
"""Actions that are placed at the storyboard; of edits each field has its own place."""


def _edit_lines(edit: SameEdit, paint: Paint, width: int) -> Iterator[str]:
    change, item = edit.example
    texts = counted(len(edit.places), "text")
    files = counted(len(edit.files), "file")
    cause = f"one edit in {texts} of {files}"
    if edit.definition is not None:
        where = place(edit.definition.span) or "set on the command line"
        cause = f"{edit.definition.name} in {texts}  {paint(printable(where), DIM)}"
    yield f"{head_line(Action.UPDATE, _videos(edit.changes), width, paint)}  {cause}"
    example = f"{change.address} {item.path}"
    yield f"    {paint('~', YELLOW)} {words(edit.pieces, paint)}"
    yield f"      for example {example}  {difference(item, paint)}"
    yield f"      in {name_addresses(change.address for change in edit.changes)}"


def _alike_head(group: Alike) -> str:
    noun = "film" if group.action is Action.GENERATE else "video"
    return counted(len(group.changes), noun)


def _alike_lines(group: Alike, told: set[Address], paint: Paint, width: int) -> Iterator[str]:
    facts = [printable(reason) for reason in group.reasons]
    if group.action is Action.CREATE:
        scenes = sum(len(c.desired.scenes) for c in group.changes if c.desired is not None)
        facts.append(counted(scenes, "scene"))
    if group.action is Action.GENERATE:
        facts += film_facts([change.film for change in group.changes if change.film is not None])
    head = head_line(group.action, _alike_head(group), width, paint)
    yield f"{head}  {'; '.join(facts)}"
    if group.action is Action.MOVE:
        pairs = [f"{change.moved_from} → {change.address}" for change in group.changes]
        yield f"      {shortened(pairs)}"
    elif {change.address for change in group.changes} != told:
        yield f"      {name_addresses(change.address for change in group.changes)}"


def _waiting_head(waiting: Waiting) -> str:
    alone = len(waiting.changes) == 1
    return str(waiting.changes[0].address) if alone else waiting.locale or "–"


def waiting_line(waiting: Waiting, paint: Paint, width: int) -> str:
    """One line a locale: whoever translates it looks at its catalogs, not at a plan."""
    head = head_line(Action.HOLD, _waiting_head(waiting), width, paint)
    texts, others = waiting.texts, waiting.others
    more = f" and {counted(len(others) - 1, 'more reason')}" if len(others) > 1 else ""
    told = [f"{printable(others[0])}{more}"] if others else []
    if len(waiting.changes) > 1:
        counts = [_videos(waiting.changes), *([counted(len(texts), "text")] if texts else [])]
        names = name_addresses(change.address for change in waiting.changes)
        return f"{head}  {', '.join([*counts, *told])}: {names}"
    if not others:
        told, texts = [printable(texts[0].reason)], texts[1:]
    noun = "text" if others else "more text"
    rest = [counted(len(texts), noun)] if texts else []
    return f"{head}  {' and '.join([*told, *rest])}  {paint(place(waiting.changes[0].source), DIM)}"


def _retirement(item: Retirement, plan: Plan, paint: Paint) -> _Block:
    head = head_line(Action.DELETE, str(item.address), len(str(item.address)), paint)
    return _Block((f"{head}  its successor is published",), weighty=True)


def plan_notes(plan: Plan, paint: Paint = plain) -> Iterator[str]:
    """Yield what stays, and what a guard refuses, a line each."""
    for item in plan.policy_changes:
        yield f"{paint('!', YELLOW)} {_policy_line(item)}"
    for remark in plan.remarks:
        yield f"{paint('?', YELLOW)} {printable(remark)}"
    if plan.orphans:
        names = name_addresses(plan.orphans)
        until = "the videos of their new id are held" if plan.pruned else "deleted with --prune"
        yield f"{paint('!', YELLOW)} no longer in the files, kept: {names} ({until})"
    for line in leftover_lines(plan.leftovers):
        yield f"{paint('!', YELLOW)} {line}"
    if plan.films_left:
        yield f"  saved films that stay: {_files(plan.films_left.values())}"
        yield from _captions(plan, "stay")
    if plan.films_removed:
        yield f"  saved films that are deleted too: {_files(plan.films_removed.values())}"
        yield from _captions(plan, "are deleted too")
    for refusal in plan.refusals:
        yield paint(f"! refused by {refusal.rule}: {printable(refusal.message)}", RED)
        if refusal.instead:
            yield f"  keep its videos with `{refusal.instead}`"
        yield f"  allow it with {refusal.flag}"


def _captions(plan: Plan, what: str) -> Iterator[str]:
    if plan.captions_beside:
        yield f"  captions beside them that {what}: {_files(plan.captions_beside)}"


def _policy_line(item: PolicyChange) -> str:
    before, after = (printable(shortened(each)) or "none" for each in (item.before, item.after))
    looser = ", which allows more" if item.is_looser else ""
    where = f"  {printable(item.source)}" if item.source else ""
    return f"policy since the last apply: {item.key} {before} → {after}{looser}{where}"


def _files(paths: Collection[str]) -> str:
    return listed([printable(path) for path in paths], _FILES)


def _summary(plan: Plan, paint: Paint) -> str:
    if not plan.actions and not plan.retirements and not plan.swept:
        return plan_totals(plan)
    plan_id = plan.digest.removeprefix("sha256:")[:12]
    return f"{paint('plan:', BOLD)} {plan_totals(plan)} · plan id {plan_id}"


def _wait(plan: Plan) -> str:
    """Say how long the films are waited for, and how many at once that rests on."""
    seconds = plan.expected_wait
    if seconds is None:
        return "waiting time unknown (no film was timed here yet)"
    if len(plan.films) == 1:
        return f"about {duration(seconds)} to wait"
    at_once = "one at a time" if plan.films_at_once < 2 else f"{plan.films_at_once} at once"
    return f"about {duration(seconds)} to wait ({at_once}, as before)"


def plan_totals(plan: Plan) -> str:
    """Return how much of what would be done, in one line."""
    counts = plan.summary
    kept = counts[Action.KEEP.value]
    if not plan.actions and not plan.retirements and not plan.swept:
        return f"no changes: {counted(kept, 'video')} as the files say"
    told = [
        f"{count:,} to {word}"
        for word, count in counts.items()
        if count and word not in (Action.KEEP.value, Action.GENERATE.value, Action.HOLD.value)
    ]
    if plan.swept:
        told.append(f"{counted(len(plan.swept), 'leftover')} to delete")
    if plan.films:
        speech = sum(film.speech_seconds for film in plan.films)
        told.append(f"{counted(len(plan.films), 'film')} to make, {duration(speech)} of speech")
        told.append(_wait(plan))
    if counts[Action.HOLD.value]:
        told.append(f"{counts[Action.HOLD.value]:,} held")
    if kept:
        told.append(f"{kept:,} unchanged")
    return ", ".join(told)
