"""A guard's no, and how it names what it is about. Decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from storyboard.counting import NAMES_IN_LIST, listed
from storyboard.errors import GuardError
from storyboard.plan.change import Change
from storyboard.plan.limits import SetLimit
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Refusal:
    """A guard's no: what it guards, the objects, and the one flag that lifts it.

    `instead` is a command that makes the refused change needless. `limits` are those that were not
    kept, by what was counted: `number`. `brief` is a long message in short.
    """

    rule: str
    message: str
    addresses: tuple[Address, ...]
    flag: str
    instead: str = ""
    number: float | None = None
    limits: tuple[SetLimit, ...] = ()
    brief: str = ""


def enforce(refusals: Sequence[Refusal], *, shown: bool = False) -> None:
    """Raise `GuardError` with all refusals, where there are any; see `refused`."""
    if refusals:
        raise refused(refusals, shown=shown)


def refused(refusals: Sequence[Refusal], *, shown: bool = False) -> GuardError:
    """Return the failure that refusals are.

    Where they were `shown` just now, it leaves out the pairs of a twin: they are read once.
    """
    told = [(shown and refusal.brief) or refusal.message for refusal in refusals]
    flags = ", ".join(dict.fromkeys(refusal.flag for refusal in refusals))
    instead = [f"`{refusal.instead}`" for refusal in refusals if refusal.instead]
    keep = f"keep its videos: {', '.join(instead)}; or " if instead else ""
    return GuardError(
        "; ".join(told),
        hint=f"{keep}pass {flags} to allow it; nothing was changed",
        rules=tuple(dict.fromkeys(refusal.rule for refusal in refusals)),
    )


def name_addresses(addresses: Iterable[Address]) -> str:
    """List addresses for people, the first ten of many."""
    return shortened([str(address) for address in addresses])


def shortened(names: Sequence[str]) -> str:
    """List names, the first of many, and count the others."""
    return listed(names, NAMES_IN_LIST)


def keeps(changes: Sequence[Change], addresses: Collection[Address]) -> str:
    """Return the first command that makes a replacement needless."""
    found = (c.keep_command for c in changes if c.address in addresses)
    return next((command for command in found if command), "")
