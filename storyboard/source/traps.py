"""What scalars carry that their value does not show: tags, anchors, escapes, a cut expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from storyboard.source import refusals
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.escapes import forbidden_escape
from storyboard.source.indents import misplaced_line
from storyboard.source.limits import MAX_SCALAR
from storyboard.source.places import Places, split_lines

_VALUE_COMMENT: Final = re.compile(r"[ \t]+(#[^\s#!][^\r\n]*)")
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{3,8}\b")
_COMMENT: Final = re.compile(r"(?<=[ \t])#[^\s#][^\r\n]*")
"""A comment with no space behind its '#', as nobody writes one that is meant to be one."""
_ITEM: Final = re.compile(r"[\r\n][ \t]*-(?=[ \t])")
_CLOSED: Final = re.compile(r"(?<![ \t])[ \t]*[\]}].*")
REMARK: Final = re.compile(r"(?<![ \t])[ \t]+#[ \t]")
"""What parts a text from a comment that is meant to be one."""
_SEPARATOR: Final = re.compile(r"[:,\[{][ \t]")


def decorations(places: Places, event: Any) -> Iterator[Diagnostic]:
    """Yield a refusal for the anchor, the tag and the length of an event's value."""
    start = event.start_mark.index
    if event.anchor is not None:
        yield refusals.anchor(event.anchor, places.span(start, start + 1))
    if event.tag is not None:
        yield refusals.tag(event.tag, places.span(start, start + 1))
    size = len(getattr(event, "value", ""))
    if size > MAX_SCALAR:
        yield refusals.long_scalar(size, places.span(start, start + 1))


def cut_expression(places: Places, value: str, end: int) -> Diagnostic | None:
    """Refuse a plain scalar whose expression ran into a comment."""
    if value.count("{{") == value.count("}}"):
        return None
    rest = split_lines(places.text[end : end + 200])[0]
    blank = len(rest) - len(rest.lstrip(" \t"))
    if not blank or rest[blank : blank + 1] != "#":
        return None
    return refusals.cut_expression(places.span(end + blank, end + blank + 1))


def item_in_text(places: Places, start: int, end: int) -> Diagnostic | None:
    """Refuse a line that starts with '- ' and goes on with the plain text above it."""
    text = places.text
    item = _ITEM.search(text, start, end)
    if item is None:
        return None
    if text[start] == "-":
        return refusals.glued_item(places.span(start, start + 1))
    return misplaced_line(places, item.end() - 1)


def commented_value(places: Places, end: int) -> Diagnostic | None:
    """Refuse a value that is missing because it became a comment: a color, or `#1 in hospitals`."""
    match = _VALUE_COMMENT.match(places.text, end)
    if match is None:
        return None
    value = match[1].rstrip()
    start = match.start(1)
    return refusals.commented_value(value, places.span(start, start + len(value)))


def commented_end(places: Places, start: int | None, end: int) -> Diagnostic | None:
    """Refuse a comment that took a value and the bracket behind it; `start` is where that opens."""
    match = None if start is None else _COMMENT.search(places.text, start, end)
    if match is None:
        return None
    line_start = places.text.rfind("\n", 0, match.start()) + 1
    before = places.text[line_start : match.start()]
    value = _SEPARATOR.split(before)[-1]
    color = _COLOR.match(match[0])
    if color is not None and not value.strip():
        span = places.span(match.start(), match.start() + len(color[0]))
        return refusals.commented_value(color[0], span)
    text = value.lstrip() + _CLOSED.sub("", match[0])
    return refusals.cut_text(text, places.span(*match.span()))


def escaped_control(places: Places, start: int, end: int) -> Diagnostic | None:
    """Refuse an escape inside double quotes that makes a forbidden character."""
    escape = forbidden_escape(places.text, start, end)
    if escape is None:
        return None
    return refusals.escaped_control(escape.char, places.span(escape.start, escape.end))
