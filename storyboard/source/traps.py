"""What scalars carry that their value does not show: tags, anchors, escapes, a cut expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from storyboard.source import refusals
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.escapes import forbidden_escape
from storyboard.source.limits import MAX_SCALAR
from storyboard.source.places import Places, split_lines

_COLOR_COMMENT: Final = re.compile(r"[ \t]+(#[0-9A-Fa-f]{3,8})[ \t]*(?=[\r\n]|\Z)")


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


def commented_color(places: Places, end: int) -> Diagnostic | None:
    """Refuse a value that is missing because its colour became a comment."""
    match = _COLOR_COMMENT.match(places.text, end)
    if match is None:
        return None
    return refusals.commented_color(match[1], places.span(match.start(1), match.end(1)))


def escaped_control(places: Places, start: int, end: int) -> Diagnostic | None:
    """Refuse an escape inside double quotes that makes a forbidden character."""
    escape = forbidden_escape(places.text, start, end)
    if escape is None:
        return None
    return refusals.escaped_control(escape.char, places.span(escape.start, escape.end))
