"""Asks a studio about many things, some at a time. Knows no question."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

_A = TypeVar("_A")
_T = TypeVar("_T")

AT_ONCE: Final = 8
"""Questions under way together; as many calls as an apply makes."""


async def some_at_once(
    things: Iterable[_A], ask: Callable[[_A], Awaitable[_T]], at_once: int = AT_ONCE
) -> list[_T]:
    """Return the answers in the order of the things; raises what the first that fails raises."""
    gate = asyncio.Semaphore(at_once)

    async def ask_of(thing: _A) -> _T:
        async with gate:
            return await ask(thing)

    return await asyncio.gather(*map(ask_of, things))
