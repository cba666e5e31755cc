"""Which storyboards and locales some addresses need, so that faults of the others do not count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyboard.expand.compiled import Compiled
from storyboard.language.reading import ReadStoryboard
from storyboard.video import Address


@dataclass(frozen=True, slots=True)
class Part:
    """Some storyboards in some locales, and the files of which none came."""

    compiled: tuple[Compiled, ...]
    unread: tuple[ReadStoryboard, ...]


def split_by_scope(
    compiled: Sequence[Compiled], files: Sequence[ReadStoryboard], scope: Sequence[str]
) -> tuple[Part, Part]:
    """Return what the addresses need, and the rest; no address needs all.

    A file that cannot be read counts where its name could be that of the storyboard, and where an
    address names nothing that was read: then any such file may be the one.
    """
    inside = tuple(each.only(scope, matching=True) for each in compiled)
    outside = tuple(each.only(scope, matching=False) for each in compiled)
    unread = [file for file in files if file.storyboard is None]
    found = [expansion.address for each in inside for expansion in each.expansions]
    is_known = all(any(address.matches((pattern,)) for address in found) for pattern in scope)
    near = [file for file in unread if not is_known or Address(file.id).may_match(scope)]
    return (
        Part(tuple(each for each in inside if each.expansions), tuple(near)),
        Part(
            tuple(each for each in outside if each.expansions),
            tuple(file for file in unread if file not in near),
        ),
    )
