"""A mapping of which a changed copy costs about what was changed, however much it holds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar, cast

_K = TypeVar("_K")
_V = TypeVar("_V")


class _Gone:
    """Stands for a key of the base that is no more."""


_GONE: Final = _Gone()
_LEAST: Final = 32
"""Changes that are kept apart in any case: a copy of so few takes no time."""


class Layered(Mapping[_K, _V]):
    """A mapping that no one changes: a base, and what came over it since.

    A copy shares the base and has changes of its own, no more than the square root of what the base
    holds: then both become the base of the next copies. So a change of 50,000 records copies some
    200, and, each 200th time, all.
    """

    __slots__ = ("_base", "_length", "_over")

    def __init__(
        self, base: Mapping[_K, _V], over: Mapping[_K, _V | _Gone] | None = None, length: int = -1
    ) -> None:
        self._base = base
        self._over: Mapping[_K, _V | _Gone] = over or {}
        self._length = len(base) if length < 0 else length

    @classmethod
    def of(cls, mapping: Mapping[_K, _V]) -> Layered[_K, _V]:
        """Return a mapping as one of these; a plain one is not changed from now on."""
        return mapping if isinstance(mapping, Layered) else cls(mapping)

    def with_item(self, key: _K, value: _V) -> Layered[_K, _V]:
        """Return a copy with one value set."""
        return self._changed(key, value, self._length + (key not in self))

    def without(self, key: _K) -> Layered[_K, _V]:
        """Return a copy without a key."""
        return self._changed(key, _GONE, self._length - 1) if key in self else self

    def differences(self, before: Mapping[_K, _V]) -> Iterator[tuple[_K, _V | None]]:
        """Yield what is other than it was before, with `None` for what is no more.

        Among copies of one base only what was changed is looked at.
        """
        if self is before:
            return
        if isinstance(before, Layered) and before._base is self._base:
            was_over, now_over = before._over, self._over
            keys = {k: None for k, v in now_over.items() if was_over.get(k) is not v}
            keys |= {k: None for k in was_over if k not in now_over}
        else:
            keys = dict.fromkeys((*before, *self))
        for key in keys:
            was, now = before.get(key), self.get(key)
            if was is not now and was != now:
                yield key, now

    def __getitem__(self, key: _K) -> _V:
        # No value is None: so one look into the changes is enough, in what is asked most often.
        value = self._over.get(key)
        if value is None:
            return self._base[key]
        if isinstance(value, _Gone):
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[_K]:
        for key in self._base:
            if self._over.get(key) is not _GONE:
                yield key
        for key, value in self._over.items():
            if value is not _GONE and key not in self._base:
                yield key

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"Layered({dict(self)!r})"

    def _changed(self, key: _K, value: _V | _Gone, length: int) -> Layered[_K, _V]:
        over = {**self._over, key: value}
        if len(over) <= max(_LEAST, math.isqrt(len(self._base))):
            return Layered(self._base, over, length)
        whole = {**self._base, **over}
        return Layered(cast("dict[_K, _V]", {k: v for k, v in whole.items() if v is not _GONE}))
