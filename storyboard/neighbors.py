"""Where the items go that only one of two lists has: behind their neighbor. Knows no items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_Key = TypeVar("_Key")
_Item = TypeVar("_Item")


def behind_neighbors(
    kept: Iterable[_Key],
    other: Iterable[tuple[_Key | None, _Item | None]],
    item_of: Callable[[_Key], _Item],
) -> Iterator[_Item]:
    """Yield what is kept in its order, and what only the other list has behind what it follows.

    `other` has a key for each of its items, which is not among the kept ones if the item is new
    (None will do), and the new item; None for one that goes nowhere.
    """
    order = tuple(dict.fromkeys(kept))
    known = frozenset(order)
    behind: dict[_Key | None, list[_Item]] = {}
    last: _Key | None = None
    for key, item in other:
        if key is not None and key in known:
            last = key
        elif item is not None:
            behind.setdefault(last, []).append(item)
    yield from behind.get(None, ())
    for key in order:
        yield item_of(key)
        yield from behind.get(key, ())
