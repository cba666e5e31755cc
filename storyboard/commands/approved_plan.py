"""Which plan a pull request approves of, and how another one differs from it. Asks no studio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.counting import NAMES_IN_LINE, counted, listed
from storyboard.forges.forge import Forge
from storyboard.forges.marks import PLAN, RESULT, Shown, marker, read_shown
from storyboard.forges.runner import Commit
from storyboard.forges.sticky import find
from storyboard.plan.parts import parts_of
from storyboard.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a plan is not the approved one: which addresses it has more, or plans otherwise.

    `gone` counts those of the approved plan that it has not. `newer` is the commit that the branch
    is at, if the job's own commit was left behind.
    """

    why: str
    new: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    gone: int = 0
    newer: Commit | None = None

    def __str__(self) -> str:
        told = [f"{word}: {listed(names, NAMES_IN_LINE)}" for word, names in self.named]
        told += [self.rest] if self.gone else []
        return f"{self.why}: {'; '.join(told)}" if told else self.why

    @property
    def named(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The addresses, each kind with its word."""
        yield from ((word, names) for word, names in
                    (("new", self.new), ("different", self.different)) if names)  # fmt: skip

    @property
    def rest(self) -> str:
        """How much of the approved plan is not due any more."""
        return f"{counted(self.gone, 'video')} no longer in it"


@dataclass(frozen=True, slots=True)
class Approved:
    """The plan in our comment of a pull request; it is spent if all of it was applied.

    `has_comment` tells a comment without a plan, as where none could be made, from no comment.
    """

    shown: Shown | None
    is_spent: bool = False
    has_comment: bool = True

    @property
    def is_open(self) -> bool:
        """Whether it shows a plan that was not applied yet."""
        return self.shown is not None and not self.is_spent

    def doubt(self, plan: Plan) -> Doubt | None:
        """Say why a plan is not the approved one; None if it is."""
        shown = self.shown
        if shown is None and not self.has_comment:
            return Doubt("it has no comment of ours with a plan to apply")
        if shown is None:
            return Doubt("its comment shows no plan that can be applied")
        if not shown.is_whole:
            return Doubt("the comment with its plan was edited by hand")
        if shown.digest != plan.digest:
            return _difference(shown, plan)
        return Doubt("its plan was applied before, and was undone since") if self.is_spent else None


async def read_approved(opened: Forge, environment: str) -> Approved:
    """Read what a pull request approves of for an environment: in our own comments only."""
    comment, result = await find(opened, marker(PLAN, environment), marker(RESULT, environment))
    shown = None if comment is None else read_shown(comment.body)
    done = None if result is None else read_shown(result.body)
    is_spent = shown is not None and done is not None and done.digest == shown.digest
    return Approved(shown, is_spent, has_comment=comment is not None)


def _difference(shown: Shown, plan: Plan) -> Doubt:
    """Say which videos are not planned as they were; a comment of many tells no single ones."""
    parts, why = parts_of(plan), "the plan is another one now"
    if not shown.parts:
        return Doubt(f"{why}, which changes {counted(len(parts), 'video')}")
    was = {address: shown.parts.get(part.address) for address, part in parts.items()}
    found = Doubt(
        why,
        new=tuple(address for address, done in was.items() if done is None),
        different=tuple(a for a, done in was.items() if done not in (None, parts[a].done)),
        gone=len(shown.parts.keys() - {part.address for part in parts.values()}),
    )
    same = not (found.new or found.different or found.gone)
    return Doubt("the same is planned for another account or user now") if same else found
