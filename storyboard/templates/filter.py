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

    def apply(self, name: str, value: Value, *arguments: Value, **keywords: Value) -> Value:
        """Return what the named filter makes of a value; raises `ValueRefused`."""

    def ask(self, name: str, value: Value, *arguments: Value) -> bool:
        """Return the answer of the named test; raises `ValueRefused`."""


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
        return signature_of(self.run, 2)

    @property
    def usage(self) -> str:
        """How it is written: `round(precision=0, method='common')`."""
        return usage_of(self.name, self.signature)


@lru_cache(maxsize=128)
def signature_of(run: Callable[..., object], given: int) -> inspect.Signature:
    """Return the parameters that stand in brackets; the first ones are `given` otherwise."""
    whole = inspect.signature(run)
    return whole.replace(parameters=list(whole.parameters.values())[given:])


def usage_of(name: str, signature: inspect.Signature) -> str:
    """Return how a filter or test is written, with its arguments."""
    taken = ", ".join(
        str(part.replace(annotation=inspect.Parameter.empty))
        for part in signature.parameters.values()
    )
    for python, ours in (("=None", "=none"), ("=True", "=true"), ("=False", "=false")):
        taken = taken.replace(python, ours)
    return f"{name}({taken})" if taken else name
