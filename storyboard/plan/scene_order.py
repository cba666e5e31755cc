"""Puts two lists of scenes into one order: what only one of them has follows its neighbor there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from storyboard.neighbors import behind_neighbors

_Scene = TypeVar("_Scene")


def in_their_order(order: Sequence[int], theirs: Sequence[int]) -> list[int]:
    """Return positions in the order of `theirs`; what only `order` has follows its neighbor."""
    return list(behind_neighbors(theirs, ((d, d) for d in order), int))


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
    walk = ((d, added.get(c)) for c, d in enumerate(theirs))
    yield from behind_neighbors(order, walk, scene_at)
