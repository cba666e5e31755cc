"""Puts two lists of scenes into one order: what only one of them has follows its neighbor there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

_Scene = TypeVar("_Scene")


def in_their_order(order: Sequence[int], theirs: Sequence[int]) -> list[int]:
    """Return positions in the order of `theirs`; what only `order` has follows its neighbor."""
    both = set(theirs)
    behind: dict[int | None, list[int]] = {}
    last: int | None = None
    for d in order:
        if d in both:
            last = d
        else:
            behind.setdefault(last, []).append(d)
    arranged = list(behind.get(None, ()))
    for d in theirs:
        arranged += [d, *behind.get(d, ())]
    return arranged


def with_added(
    order: Sequence[int],
    theirs: Sequence[int | None],
    added: Mapping[int, _Scene],
    scene_at: Callable[[int], _Scene],
) -> Iterator[_Scene]:
    """Yield the scenes of `order`, and each `added` one behind the scene that it follows there.

    `theirs` has our position of each of the studio's scenes, None for one that we lack; `added` are
    those of them that are to be ours, by their positions there.
    """
    kept = set(order)
    behind: dict[int | None, list[_Scene]] = {}
    last: int | None = None
    for c, d in enumerate(theirs):
        if d in kept:
            last = d
        elif c in added:
            behind.setdefault(last, []).append(added[c])
    yield from behind.get(None, ())
    for d in order:
        yield scene_at(d)
        yield from behind.get(d, ())
