"""A plan as Markdown for a pull request: a summary first, then a part to open for each video.

It begins with a marker that is the same for each plan of an environment, so that one comment can
be found and renewed. It never grows beyond what a forge takes, and never ends inside of a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from storyboard.commands.approved_plan import Doubt
from storyboard.counting import NAMES_IN_LIST, counted, listed
from storyboard.forges.marks import PLAN, digest_line, marker, parts_line
from storyboard.plan.action import Action
from storyboard.plan.parts import parts_of
from storyboard.plan.plan import Plan
from storyboard.views.markdown import code, details, fenced
from storyboard.views.plan_markdown_blocks import LINE, Block, blocks_of
from storyboard.views.plan_text import plan_notes, plan_totals
from storyboard.views.wording import cut

MOST_CHARACTERS: Final = 60_000
"""GitHub takes 65,536 in a comment, GitLab a million; what a pipeline puts around it has room."""

_MANY: Final = 4
"""Videos of one kind from which on they are told together, and opened by one more click."""

_KEPT_FREE: Final = 200
"""Characters for the line that counts what is left out, and for the empty lines."""

_OF_A_GROUP: Final = 160
"""Characters of what is put around a group, and of the line that counts what it leaves out."""


def render_plan_markdown(
    plan: Plan, *, environment: str, most: int = MOST_CHARACTERS, notice: str = ""
) -> str:
    """Return the plan as Markdown of at most `most` characters, which ends with a newline.

    `notice`, which is Markdown, is said above the plan.
    """
    head = "\n\n".join(_head(plan, environment, notice))
    tail = _tail(plan)
    room = most - len(head) - len(tail) - _KEPT_FREE
    blocks = list(blocks_of(plan))
    shown = _fitting(blocks if len(blocks) > 1 else [each.opened for each in blocks], room)
    return "\n\n".join((head, *shown, tail)) + "\n"


def _fitting(blocks: Sequence[Block], room: int) -> Iterator[str]:
    """Yield the blocks that there is room for, those of one kind together, then the count of the
    others."""
    left = 0
    for kind, run in groupby(blocks, key=lambda block: block.group):
        members = list(run)
        together = kind is not None and len(members) >= _MANY
        room -= _OF_A_GROUP if together else 0
        kept: list[str] = []
        for block in members:
            if len(block.text) + 2 <= room:
                kept.append(block.text)
                room -= len(block.text) + 2
        missing = len(members) - len(kept)
        if kind is None or not together or not kept:
            yield from kept
            left += missing
        else:
            more = [f"… and {missing} more: {_ALL}"] if missing else []
            yield details(_title(kind, len(members)), "\n\n".join((*kept, *more)))
    if left:
        yield f"… and {counted(left, 'more part')}: {_ALL}"


_ALL: Final = "`storyboard plan --full` shows all."


def _title(kind: Action, count: int) -> str:
    """Return what a group is, in words of ours only: it is told outside of code."""
    what = f"{count:,} to {kind.value}" if kind is not Action.KEEP else f"{count:,} more"
    return f"<b>{what}</b>"


def render_no_plan_markdown(*, environment: str) -> str:
    """Return what takes the place of a plan that could not be made: an older one would mislead."""
    title = f"### No plan for {code(environment)}"
    return f"{marker(PLAN, environment)}\n\n{title}\n\nThe log of the job says why.\n"


def render_doubt(doubt: Doubt) -> str:
    """Return why a plan was not applied, as the notice above it."""
    told = [
        f"{word.capitalize()}: {listed([code(name) for name in names], NAMES_IN_LIST)}."
        for word, names in doubt.named
    ]
    if doubt.gone:
        told.append(f"{doubt.rest}.")
    if doubt.newer is None:
        told.append("This is the plan now. Look at it, and run the job again to apply it.")
    else:
        head = f"{code(doubt.newer.branch)} is at commit {doubt.newer.short} now"
        told.append(f"{head}: run the job of that commit.")
        told.append(
            "This is the plan of an older one. Run again, its job takes back what is newer."
        )
    return "\n\n".join((f"⚠️ **Not applied**: {doubt.why}.", *told))


def _head(plan: Plan, environment: str, notice: str) -> Iterator[str]:
    first = marker(PLAN, environment)
    yield f"{first}\n{digest_line(plan.digest)}" if _may_be_applied(plan) else first
    yield f"### Plan for {code(environment)}"
    if notice:
        yield notice
    yield f"**{plan_totals(plan)}**"
    notes = [cut(line, LINE) for line in plan_notes(plan)]
    if plan.refusals:
        yield "⛔ A guard refuses this plan: an apply changes nothing."
    if notes:
        yield fenced(notes)


def _tail(plan: Plan) -> str:
    whom = f"partner {plan.principal.partner_id}"
    user = f", user {code(plan.principal.user_id)}" if plan.principal.user_id else ""
    if not _may_be_applied(plan):
        return f"{whom}{user} at {code(plan.principal.studio)}"
    how = f"{code('storyboard apply --expect-digest')} with the same options applies no other."
    digest = details("Digest of this plan", f"{code(plan.digest)}: {how}")
    parts = parts_line(list(parts_of(plan).values()))
    shown = f"{whom}{user} at {code(plan.principal.studio)}\n\n{digest}"
    return f"{shown}\n\n{parts}" if parts else shown


def _may_be_applied(plan: Plan) -> bool:
    return plan.has_changes and not plan.refusals
