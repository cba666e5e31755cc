"""One mistake gives one error: what follows from a mistyped key is not said beside it.

The mistyped keys are corrected in a copy, and whatever is right then was no mistake of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from storyboard.source.fault import UNKNOWN, Find, SchemaFault
from storyboard.source.outdents import with_moved_keys
from storyboard.source.span import Pointer


def drop_consequences(
    value: Any, faults: Sequence[SchemaFault], find: Find
) -> tuple[SchemaFault, ...]:
    """Return the faults of a value without those that go once mistyped keys are corrected.

    `find` returns all faults of a value.
    """
    moved = _without_wrong_guesses(value, with_moved_keys(value, faults, find), find)
    told = _without_looser_limits(_with_last_guesses(moved))
    mistyped = {f.pointer: f.key for f in told if f.keyword in UNKNOWN and f.key is not None}
    if not mistyped or len(mistyped) == len(told):
        return tuple(told)
    left = {_identity(fault) for fault in find(_corrected(value, mistyped))}
    return tuple(f for f in told if f.keyword in UNKNOWN or _identity(f) in left)


def _without_wrong_guesses(
    value: Any, faults: Sequence[SchemaFault], find: Find
) -> Sequence[SchemaFault]:
    """Take back guesses where another kind of value belongs: `title: Tour` is no `titles`."""
    if not any(fault.keyword == "required" for fault in faults):
        return faults
    guesses = {f.pointer: f.key for f in faults if f.keyword in UNKNOWN and f.key is not None}
    wrong = {
        fault.pointer
        for fault in (find(_corrected(value, guesses)) if guesses else ())
        if fault.keyword == "type"
    }
    return [
        replace(fault, key=None, hint=(fault.hint or "").partition("? ")[2] or None)
        if fault.keyword in UNKNOWN and (*fault.pointer[:-1], fault.key) in wrong
        else fault
        for fault in faults
    ]


def _with_last_guesses(faults: Sequence[SchemaFault]) -> list[SchemaFault]:
    """Take the only unknown key of a mapping for the only one that is missing there."""
    unknown, missing = defaultdict[Pointer, list[int]](list), defaultdict[Pointer, set[str]](set)
    for index, fault in enumerate(faults):
        if fault.keyword in UNKNOWN:
            unknown[fault.pointer[:-1]].append(index)
        elif fault.keyword == "required" and fault.key is not None:
            missing[fault.pointer[:-1] if fault.at_value else fault.pointer].add(fault.key)
    guessed = list(faults)
    for parent, (first, *others) in unknown.items():
        fault = faults[first]
        if not others and fault.key is None and len(missing[parent]) == 1:
            (key,) = missing[parent]
            hint = f"did you mean '{key}'? {fault.hint or ''}".rstrip()
            guessed[first] = replace(fault, key=key, hint=hint)
    return guessed


def _without_looser_limits(faults: Iterable[SchemaFault]) -> list[SchemaFault]:
    """Drop a limit of a list that is passed after a lower one."""
    lowest: dict[Pointer, int] = {}
    for fault in faults:
        if fault.keyword == "maxItems":
            parent, at = fault.pointer[:-1], int(fault.pointer[-1])
            lowest[parent] = min(at, lowest.get(parent, at))
    return [
        fault
        for fault in faults
        if fault.keyword != "maxItems" or int(fault.pointer[-1]) == lowest[fault.pointer[:-1]]
    ]


def _corrected(value: Any, mistyped: dict[Pointer, str], at: Pointer = ()) -> Any:
    """Return a copy with other names for some keys; parts without any are shared."""
    if not any(pointer[: len(at)] == at for pointer in mistyped):
        return value
    if isinstance(value, list):
        return [_corrected(item, mistyped, (*at, index)) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    return {
        mistyped.get((*at, key), key): _corrected(item, mistyped, (*at, key))
        for key, item in value.items()
    }


def _identity(fault: SchemaFault) -> tuple[Pointer, str]:
    return fault.pointer, fault.message
