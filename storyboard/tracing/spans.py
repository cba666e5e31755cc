"""What a trace is made of, and of which span the present work is part. Knows no exporter.

A span has ids and words of ours: no text of a user, no session, no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Final, Protocol

HEADER: Final = "traceparent"
"""The header by which a request says of which span it is part (W3C Trace Context)."""

_CONTEXT: Final = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_CURRENT: Final[ContextVar[str]] = ContextVar("current_trace", default="")


class Side(Enum):
    """On which side of a call or a queue a span is."""

    CALLS = "calls"
    ANSWERS = "answers"
    WORKS = "works"
    WITHIN = "within"


class Span(Protocol):
    """Some work from its beginning to its end."""

    @property
    def context(self) -> str:
        """Return what `traceparent` says of it; empty where nothing is traced."""

    def call(self, name: str) -> None:
        """Give it a name that was not known when it began."""

    def note(self, **facts: str | int) -> None:
        """Add facts to it, by names of ours."""

    def fail(self, why: str) -> None:
        """Say that the work failed, in a word of ours."""

    def end(self) -> None:
        """End it."""


class Traces(Protocol):
    """Takes spans, from any thread; what it costs is little, and it never fails."""

    @property
    def is_on(self) -> bool:
        """Return whether they go anywhere."""

    def begin(self, name: str, parent: str, side: Side, **facts: str | int) -> Span:
        """Begin a span below a parent's context, or a trace of its own without a valid one."""

    def close(self) -> None:
        """Send what was not sent yet."""


class _NoSpan:
    context = ""

    def call(self, name: str) -> None:
        pass

    def note(self, **facts: str | int) -> None:
        pass

    def fail(self, why: str) -> None:
        pass

    def end(self) -> None:
        pass


class Untraced:
    """Takes nothing, which costs nothing."""

    is_on = False

    def begin(self, name: str, parent: str, side: Side, **facts: str | int) -> Span:
        """Begin nothing."""
        del name, parent, side, facts
        return _NoSpan()

    def close(self) -> None:
        """Send nothing."""


@contextmanager
def spanning(span: Span) -> Iterator[Span]:
    """Have the work of the block be part of a span, which ends with it."""
    before = _CURRENT.set(span.context)
    try:
        yield span
    except BaseException as cause:
        span.fail(type(cause).__name__)
        raise
    finally:
        _CURRENT.reset(before)
        span.end()


def current_trace() -> str:
    """Return the context of the span that the present work is part of; empty where it is of none.

    A thread has its own: who hands work to one runs it in a copy of its own context.
    """
    return _CURRENT.get()


def trace_headers() -> dict[str, str]:
    """Return what a client sends so that its calls are part of the present span."""
    return {HEADER: current_trace()} if current_trace() else {}


def is_context(text: str) -> bool:
    """Return whether a text is a context that a caller, or a row, may tell."""
    return _CONTEXT.fullmatch(text) is not None
