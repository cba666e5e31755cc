"""Which errors a request is answered, for whoever counts them: most have the status 200."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_TOLD: Final[ContextVar[list[str] | None]] = ContextVar("told_errors", default=None)


@contextmanager
def noting_errors() -> Iterator[list[str]]:
    """Lend the list of the codes that are told while the block runs, in whatever thread."""
    told: list[str] = []
    token = _TOLD.set(told)
    try:
        yield told
    finally:
        _TOLD.reset(token)


def note_error(code: str) -> None:
    """Note the code of an error that goes into an answer."""
    told = _TOLD.get()
    if told is not None:
        told.append(code)
