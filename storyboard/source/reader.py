"""A file's bytes to a `Document`, strictly; knows the YAML that is allowed, not what it says."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from storyboard.source import refusals
from storyboard.source.conflicts import find_conflicts
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.document import Document
from storyboard.source.events import (
    FAILURES,
    OpenEvents,
    fault_of,
    is_too_deep,
    open_events,
    open_events_in_python,
)
from storyboard.source.nodes import NodeBuilder
from storyboard.source.places import Places, split_lines
from storyboard.source.syntax import syntax_error
from storyboard.source.text import read_text
from storyboard.source.vetting import LimitReached

MAX_ROUNDS = 20
"""How often a text is read again behind an expression that lost its quotes."""


def read_document(
    path: str,
    content: bytes | str,
    *,
    events: OpenEvents = open_events,
    if_empty: str = "write the file, or run 'storyboard init'",
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Return the document and all findings; None where the text cannot be read to its end.

    Never raises. A document may come with errors: its refused values are None and known as
    damaged, so that later checks still find what else is wrong. `if_empty` is the hint for a file
    with nothing in it.
    """
    text, findings = read_text(path, content)
    if text is None:
        return None, findings
    if not has_content(text):
        place = Places(path, text).span(0, 0)
        return None, (diagnose("yaml-empty", "the file has nothing in it", place, if_empty),)
    return _read(path, text, events)


def has_content(text: str) -> bool:
    """Whether a text has more than comments, white space and the mark before a document."""
    lines = (line.strip() for line in split_lines(text))
    found = list(islice((line for line in lines if line and line[0] != "#"), 2))
    return found not in ([], ["---"])


@dataclass(frozen=True, slots=True)
class _Broken:
    """Where an unquoted template broke the syntax: the stretch to leave out, and the finding."""

    start: int
    end: int
    finding: Diagnostic


def _read(
    path: str, text: str, open_text: OpenEvents
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    places = Places(path, text)
    conflicts = tuple(find_conflicts(places))
    if conflicts:
        return None, conflicts
    repaired, repairs = text, list[Diagnostic]()
    while True:
        events = open_text(repaired)
        builder = NodeBuilder(Places(path, repaired), events)
        try:
            builder.build()
        except LimitReached:
            return None, (*repairs, *builder.findings)
        except FAILURES as problem:
            if is_too_deep(problem):
                return _read(path, text, open_events_in_python)
            fault = fault_of(problem, events, len(repaired))
            broken = _broken_template(builder, fault.offset, places)
            if broken is None or len(repairs) >= MAX_ROUNDS:
                return None, (*repairs, *builder.findings, syntax_error(fault, places))
            repairs.append(broken.finding)
            repaired = _left_out(repaired, broken)
            continue
        break
    if repairs or builder.is_misread:
        return None, (*repairs, *builder.findings)
    value, marks, damaged = builder.finished()
    return Document(path, text, value, marks, damaged), tuple(builder.findings)


def _broken_template(builder: NodeBuilder, at: int, places: Places) -> _Broken | None:
    text = places.text
    start = builder.open_expression()
    if start is None and text[max(at - 1, 0) : at + 1] == "{%":
        start = at - 1
    if start is None:
        start = _finished_expression(text, at)
    if start is None:
        return None
    shown = split_lines(text[start:])[0].rstrip()
    end = start + len(shown)
    make = refusals.statement if shown.startswith("{%") else refusals.unquoted_expression
    return _Broken(start, end, make(shown, places.span(start, end)))


def _finished_expression(text: str, at: int) -> int | None:
    """Return where '{{ … }} and more' began, when the error stands at 'and more'."""
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    before = text[line_start:at]
    start = before.find("{{")
    opened = before[:start].rstrip()
    if start < 0 or "}}" not in before or opened[-1:] not in ("", ":", "-"):
        return None
    return line_start + start


def _left_out(text: str, broken: _Broken) -> str:
    return text[: broken.start] + "x" * (broken.end - broken.start) + text[broken.end :]
