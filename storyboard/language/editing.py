"""Edits single values in a file's text, in the author's own style; every other byte stays.

Knows text and places, no meaning. What cannot be edited for certain is refused as `CannotEdit`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.language.yaml_writing import (
    escaped,
    flow_form,
    quoted,
    scalar,
    value_form,
)
from storyboard.source.document import Document
from storyboard.source.places import Places
from storyboard.source.scalars import is_text_to_all
from storyboard.source.span import Pointer, Span
from storyboard.strict_json import NotJson, parse_json

_COMMENT: Final = re.compile(r"(?:^|[ \t\r\n])#")
_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_FLOW_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w .-]*\w)?")
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_NARROWEST: Final = 60
"""Characters that a folded line has at least, however narrow the author's own lines are."""


class CannotEdit(Exception):
    """Why a value cannot be edited; the author has to do it."""


@dataclass(frozen=True, order=True, slots=True)
class Edit:
    """A stretch of a text, by offsets, and what takes its place."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with the edits made; raises `CannotEdit` where two of them meet."""
    last = len(text)
    for edit in sorted(set(edits), reverse=True):
        if edit.end > last:
            raise CannotEdit("it is one text with another change; pull once more")
        text = text[: edit.start] + edit.text + text[edit.end :]
        last = edit.start
    return text


def replace_text(document: Document, pointer: Pointer, text: str) -> Edit:
    """Return the edit that gives a scalar another text: quotes and folding stay as they are.

    The text is data: what looks like an expression in it is escaped.
    """
    start, end = bounds(document, pointer)
    raw, new = document.text[start:end], escaped(text)
    if raw[:1] in ("|", ">"):
        block = _block(document, raw, new)
        return Edit(start, end, quoted(new) if block is None else block)
    if raw[:1] == '"':
        return Edit(start, end, quoted(new))
    if raw[:1] == "'" and "\n" not in new:
        return Edit(start, end, "'" + new.replace("'", "''") + "'")
    if _is_flow(document, pointer):
        is_plain = _FLOW_PLAIN.fullmatch(new) and is_text_to_all(new)
        return Edit(start, end, new if is_plain else quoted(new))
    gap = " " if start == end else ""  # behind `name:` with nothing
    return Edit(start, end, gap + scalar(new))


def replace_value(document: Document, pointer: Pointer, value: Any) -> Edit:
    """Return the edit that gives a key another value: a text, a number, or a small mapping."""
    start, end = bounds(document, pointer)
    if isinstance(value, str) and isinstance(document.value(pointer), str):
        return replace_text(document, pointer, value)
    require_bare(document.text[start:end])
    is_flow = _is_flow(document, pointer)
    return Edit(start, end, _in_flow(document, value) if is_flow else value_form(value))


def insert_key(document: Document, pointer: Pointer, key: str, value: Any, after: str) -> Edit:
    """Return the edit that adds a key to a mapping, behind another one or else at its end.

    A scene that is only a text becomes a mapping with it.
    """
    whole = document.value(pointer)
    if isinstance(whole, str):
        is_flow = _is_flow(document, pointer[:-1])
        form = _in_flow(document, value) if is_flow else value_form(value)
        return _as_mapping(document, pointer, ("narration", None), (key, form))
    if not isinstance(whole, dict) or not whole:
        raise CannotEdit("there is no mapping to add it to")
    anchor = after if after in whole else list(whole)[-1]
    _, at = bounds(document, (*pointer, anchor))
    if _starts_flow(document, pointer):
        return Edit(at, at, f", {_name(document, key)}: {_in_flow(document, value)}")
    at = _end_of_line(document.text, at)
    return Edit(at, at, f"{_new_line(document, pointer)}{key}: {value_form(value)}")


def prepend_key(document: Document, pointer: Pointer, key: str, form: str) -> Edit:
    """Return the edit that adds a key before all others of a scene; `form` is its value as written.

    A scene that is only a text becomes a mapping with it.
    """
    if isinstance(document.value(pointer), str):
        return _as_mapping(document, pointer, (key, form), ("narration", None))
    start, _ = bounds(document, pointer)
    field = f"{_name(document, key)}: {form}"
    if not _starts_flow(document, pointer):
        return Edit(start, start, f"{field}{_new_line(document, pointer)}")
    blank = _BLANK.match(document.text, start + 1)
    assert blank is not None
    gap = blank[0] if "\n" in blank[0] else " "
    return Edit(blank.end(), blank.end(), f"{field},{gap}")


def _as_mapping(document: Document, pointer: Pointer, *fields: tuple[str, str | None]) -> Edit:
    """Return a scene that was only a text as a mapping of these fields; None is that text.

    Its further lines move to the right.
    """
    start, end = bounds(document, pointer)
    raw = document.text[start:end]
    if _is_flow(document, pointer[:-1]):
        pairs = (f"{_name(document, key)}: {raw if form is None else form}" for key, form in fields)
        return Edit(start, end, f"{{{', '.join(pairs)}}}")
    first, *rest = raw.split("\n")
    moved = "\n".join((first, *(f"  {line}" if line.strip() else line for line in rest)))
    lines = (f"{key}: {moved if form is None else form}" for key, form in fields)
    return Edit(start, end, _new_line(document, pointer).join(lines))


def remove_key(document: Document, pointer: Pointer) -> Edit:
    """Return the edit that takes a key and its value out of a mapping that has others."""
    around, key = document.value(pointer[:-1]), pointer[-1]
    if not isinstance(around, dict) or len(around) < 2:
        raise CannotEdit("nothing would be left of what it stands in")
    keys = list(around)
    place = keys.index(str(key))
    start = offset(document, document.key_span(pointer), last=False)
    _, end = bounds(document, pointer)
    if place + 1 < len(keys):
        end = offset(document, document.key_span((*pointer[:-1], keys[place + 1])), last=False)
    else:
        _, start = bounds(document, (*pointer[:-1], keys[place - 1]))
        end = end if document.text[end : end + 1] in "},]" else _end_of_line(document.text, end)
    require_bare(document.text[start:end])
    return Edit(start, end, "")


def _block(document: Document, raw: str, new: str) -> str | None:
    """Return a block scalar with another text, None where it has no line to go by."""
    header = _HEADER.match(raw)
    lines = [] if header is None else re.split(r"\r\n|\n|\r", raw[header.end() :])
    full = [line for line in lines if line.strip()]
    if header is None or not full:
        return None
    indent = full[0][: len(full[0]) - len(full[0].lstrip(" "))]
    width = max(map(len, full)) - len(indent) if len(full) > 1 else len(new)
    line_end = line_end_of(document)
    if "\n" not in new and len(full) == len(lines):
        folded = _refolded([line.split() for line in lines], new.split(" "), width)
        return header[0] + line_end.join(indent + line for line in folded)
    paragraphs = (_folded(each.split(" "), width) for each in new.split("\n\n"))
    # In a folded text one empty line is a line break, and a paragraph's end takes two.
    gap = line_end * (2 if raw[0] == "|" else 3)
    return header[0] + gap.join(
        line_end.join(indent + line for line in each) for each in paragraphs
    )


def _refolded(old: Sequence[list[str]], words: list[str], width: int) -> list[str]:
    """Return words in lines of which those that say the same as before stay as they are."""
    first, last = 0, len(old)
    while first < last and words[: len(old[first])] == old[first]:
        words = words[len(old[first]) :]
        first += 1
    behind: list[list[str]] = []
    while first < last and words[-len(old[last - 1]) :] == old[last - 1]:
        last -= 1
        words = words[: -len(old[last])]
        behind.insert(0, old[last])
    middle = _folded(words, width) if words else []
    return [*map(" ".join, old[:first]), *middle, *map(" ".join, behind)]


def _folded(words: Sequence[str], width: int) -> list[str]:
    lines, line = list[str](), ""
    for word in words:
        if line and len(line) + 1 + len(word) > max(width, _NARROWEST):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def is_json(document: Document) -> bool:
    """Whether a file is JSON, and is to stay so."""
    if not document.text.lstrip().startswith(("{", "[")):
        return False
    try:
        parse_json(document.text)
    except NotJson:
        return False
    return True


def _name(document: Document, key: str) -> str:
    return json.dumps(key) if is_json(document) else key


def _in_flow(document: Document, value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) if is_json(document) else flow_form(value)


def require_bare(text: str) -> None:
    """Raise `CannotEdit` if a stretch that would go has a comment."""
    if _COMMENT.search(text):
        raise CannotEdit("there is a comment in what it replaces")


def _starts_flow(document: Document, pointer: Pointer) -> bool:
    start, _ = bounds(document, pointer)
    return document.text[start : start + 1] in ("{", "[")


def _new_line(document: Document, pointer: Pointer) -> str:
    """Return what stands between two keys of a mapping in lines."""
    return line_end_of(document) + " " * (document.span(pointer).column - 1)


def _is_flow(document: Document, pointer: Pointer) -> bool:
    for length in range(len(pointer) + 1):
        outer = pointer[:length]
        if isinstance(document.value(outer), dict | list) and _starts_flow(document, outer):
            return True
    return False


def bounds(document: Document, pointer: Pointer) -> tuple[int, int]:
    """Return where a value starts and ends, as offsets."""
    span = document.span(pointer)
    return offset(document, span, last=False), offset(document, span, last=True)


def offset(document: Document, span: Span, *, last: bool) -> int:
    """Return an end of a span as an offset."""
    line, column = (span.end_line, span.end_column) if last else (span.line, span.column)
    return Places(document.path, document.text).offset(line) + column - 1


def line_end_of(document: Document) -> str:
    """Return how a file ends its lines."""
    return "\r\n" if "\r\n" in document.text else "\n"


def start_of_line(text: str, at: int) -> int:
    """Return where the line of an offset starts."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"\r\n|\n|\r|\Z").search(text, at)
    assert found is not None
    return found.start()


def next_line(text: str, at: int) -> int:
    """Return where the line behind that of an offset starts."""
    found = re.compile(r"\r\n|\n|\r|\Z").search(text, at)
    assert found is not None
    return found.end()
