"""What a filter is: a function over plain values, and which texts it lets through. Has none."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

from storyboard.templates.values import Value


class Call(Protocol):
    """What a filter may know besides its arguments."""

    @property
    def locale(self) -> str | None:
        """The video's locale, a BCP-47 tag."""

    @property
    def language(self) -> str | None:
        """The locale of the words in the expression; another one where a source's text is shown."""

    def spend(self, steps: int) -> None:
        """Count work done; raises `ValueRefused` when there was too much."""


FilterFunction: TypeAlias = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter. Its function's docstring says what it does, with examples that the tests run."""

    run: FilterFunction
    """Takes a `Call`, the value before the bar, and the arguments; raises `ValueRefused`."""
    speaks: tuple[str, ...] = ()
    """The parameters whose texts can be a part of what comes out, `value` for the one before the
    bar. A translator gets the texts that stand there."""

    @property
    def name(self) -> str:
        """What templates call it."""
        return self.run.__name__.removesuffix("_")

    @property
    def signature(self) -> inspect.Signature:
        """What may stand in its brackets, after the call and the value."""
        return signature_of(self.run)


@lru_cache(maxsize=128)
def signature_of(run: FilterFunction) -> inspect.Signature:
    """Return the parameters of a filter or test that templates give, without the first two."""
    whole = inspect.signature(run)
    return whole.replace(parameters=list(whole.parameters.values())[2:])
