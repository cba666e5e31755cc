"""Text to YAML events, by libyaml where it is there, else in Python. Knows no meaning of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

import yaml
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    CParser = None  # type: ignore[assignment,misc]

FAILURES: Final = (yaml.YAMLError, ValueError, OverflowError)
"""All that `get_event` may raise; the last two come of number-like escapes, in Python only."""


class Events(Protocol):
    """A parser, asked for one event after another."""

    def get_event(self) -> Any:
        """Return the next event of `yaml.events`."""


OpenEvents = Callable[[str], Events]


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """The text is not YAML from `offset` on; `since` is where the broken thing began."""

    problem: str
    offset: int
    context: str
    since: int | None


class _PythonParser(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def open_events_in_python(text: str) -> Events:
    """Read without libyaml: the same events, slower."""
    return _PythonParser(text)


def open_events_in_c(text: str) -> Events:
    """Read by libyaml."""
    return CParser(text)


HAS_LIBYAML: Final = CParser is not None


def open_events(text: str) -> Events:
    """Read by the fastest parser that is there."""
    return open_events_in_c(text) if HAS_LIBYAML else open_events_in_python(text)


def is_too_deep(problem: Exception) -> bool:
    """Whether libyaml met its own limit of brackets, which it looks at far ahead of its events.

    Since 0.2.6; where our own limit is passed, which is lower, only Python's parser still tells.
    """
    return "nesting depth" in (getattr(problem, "problem", None) or "")


def fault_of(problem: Exception, events: Events, size: int) -> SyntaxFault:
    """Return what a failure of `get_event` says, with offsets inside a text of `size`."""
    if isinstance(problem, yaml.MarkedYAMLError):
        at, since = problem.problem_mark, problem.context_mark
        offset = min(at.index if at is not None else 0, size)
        return SyntaxFault(
            problem.problem or "",
            offset,
            problem.context or "",
            None if since is None else min(since.index, size),
        )
    mark = events.get_mark() if isinstance(events, _PythonParser) else None
    offset = 0 if mark is None else min(mark.index, size)
    return SyntaxFault("found invalid Unicode character escape code", offset, "", None)
