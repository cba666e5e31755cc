"""Keys that stand beside the key whose value they are: one mistake, and not an error a key.

They are moved into the value that they follow in a copy, and are said to belong there where the
schema then has nothing against them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.counting import listed
from storyboard.source.fault import UNKNOWN, Find, SchemaFault
from storyboard.source.scalars import shortened
from storyboard.source.span import Pointer

_MOST_TRIES: Final = 5
"""Each try explains the whole file again; a file with more of them is not one that slipped."""
_NONSENSE: Final = "no_such_key"
"""A key that fits only where every key does."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Unknown keys of one mapping, one behind the other, and the known key before them."""

    parent: Pointer
    owner: str
    keys: tuple[str, ...]


def with_moved_keys(value: Any, faults: Sequence[SchemaFault], find: Find) -> list[SchemaFault]:
    """Return the faults of a value, one in the place of all that come of one outdent."""
    told = list(faults)
    for tried, run in enumerate(_runs(value, faults)):
        if tried >= _MOST_TRIES:
            break
        left = _faults_once_moved(value, run, run.keys, find)
        if left is None or len(left) > len(told) - len(run.keys) or _fits_all(value, run, find):
            continue
        kept = {(fault.pointer, fault.message) for fault in left}
        first = (*run.parent, run.keys[0])
        told = [f for f in told if (f.pointer, f.message) in kept or f.pointer == first]
        told = [_moved(fault, run, value) if fault.pointer == first else fault for fault in told]
    return told


def _runs(value: Any, faults: Sequence[SchemaFault]) -> Iterator[_Run]:
    # a key with a near known one is a slip of the hand, and not of the indentation
    unknown = {f.pointer for f in faults if f.keyword in UNKNOWN and f.key is None and f.pointer}
    for parent in dict.fromkeys(pointer[:-1] for pointer in unknown):
        owner, keys = None, list[str]()
        for key in _at(value, parent):
            if (*parent, key) in unknown:
                keys.append(key)
                continue
            if owner is not None and keys:
                break
            owner, keys = key, []
        if owner is not None and keys:
            yield _Run(parent, owner, tuple(keys))


def _faults_once_moved(
    value: Any, run: _Run, keys: Sequence[str], find: Find
) -> tuple[SchemaFault, ...] | None:
    """Return what is wrong once keys stand in their owner's value; None where they cannot."""
    holder = _at(value, run.parent)
    inside = _taken_in(holder[run.owner], {key: holder.get(key) for key in keys})
    if inside is None:
        return None
    rest = {key: holder[key] for key in holder if key not in run.keys}
    return find(_replaced(value, run.parent, {**rest, run.owner: inside}))


def _fits_all(value: Any, run: _Run, find: Find) -> bool:
    """Whether the owner takes any key: that the keys fit there then says nothing."""
    if _at(value, run.parent)[run.owner] is None:
        return False
    left = _faults_once_moved(value, run, (_NONSENSE,), find) or ()
    return not any(f.keyword in UNKNOWN and f.pointer[-1:] == (_NONSENSE,) for f in left)


def _taken_in(owned: Any, keys: dict[str, Any]) -> Any:
    """Return a value with keys in it, of a list with keys in its last item; None where it can't."""
    match owned:
        case None:
            return keys
        case dict() if not keys.keys() & owned.keys():
            return {**owned, **keys}
        case [*others, dict() as last] if not keys.keys() & last.keys():
            return [*others, {**last, **keys}]
        case _:
            return None


def _moved(fault: SchemaFault, run: _Run, value: Any) -> SchemaFault:
    owner, first = shortened(run.owner), shortened(run.keys[0])
    keys = listed([f"'{shortened(key)}'" for key in run.keys], 3)
    in_list = isinstance(_at(value, run.parent)[run.owner], list)
    where = f"to the last item of '{owner}'" if in_list else f"below '{owner}'"
    hint = f"move {keys} below the item's first key" if in_list else f"indent {keys} further"
    message = f"'{first}' belongs {where}, and stands beside '{owner}'"
    return SchemaFault(fault.pointer, message, hint, fault.keyword)


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _replaced(value: Any, pointer: Pointer, inner: Any) -> Any:
    """Return a copy with another value at a place; parts beside it are shared."""
    if not pointer:
        return inner
    copy = value.copy()
    copy[pointer[0]] = _replaced(value[pointer[0]], pointer[1:], inner)
    return copy
