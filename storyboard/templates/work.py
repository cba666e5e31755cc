"""How much work all templates of one video may be together. Knows no template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from storyboard.templates import limits


class Purse:
    """What is left to spend of the steps that one video may take."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = limits.WORK_OF_A_VIDEO


_PURSE: ContextVar[Purse | None] = ContextVar("purse", default=None)


@contextmanager
def work_of_a_video() -> Iterator[None]:
    """Have all that is rendered in the block pay from one purse."""
    token = _PURSE.set(Purse())
    try:
        yield
    finally:
        _PURSE.reset(token)


def purse() -> Purse | None:
    """Return the purse of the video that is rendered now, if one is."""
    return _PURSE.get()
