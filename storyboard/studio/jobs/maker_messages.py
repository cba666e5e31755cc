"""What a studio asks the program that speaks and draws for it. What comes back is a pair.

Of each call: its number, and a piece; `None` is its end, and a failure what `told_of` makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Begin:
    """Begin a call of a maker, by its name and with what it is given."""

    call: int
    maker: str
    given: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """Make the next piece of a call."""

    call: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Forget a call: nobody waits for what is left of it."""

    call: int
