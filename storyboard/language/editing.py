"""Edits single values in a file's text, in the author's own style; every other byte stays.

Knows text and places, no meaning. What cannot be edited for certain is refused as `CannotEdit`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.language.yaml_writing import (
    escaped,
    flow_form,
    quoted,
    scalar,
    scene_lines,
    value_form,
)
from storyboard.source.document import Document
from storyboard.source.places import Places
from storyboard.source.scalars import is_text_to_all
from storyboard.source.span import Pointer, Span

_COMMENT: Final = re.compile(r"(?:^|[ \t\r\n])#")
_DASH: Final = re.compile(r"([ \t]*)-[ \t]+")
_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_FLOW_PLAIN: Final = re.compile(r"[^\W\d_](?:[\w .-]*\w)?")
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
            raise CannotEdit("two changes meet in one value")
        text = text[: edit.start] + edit.text + text[edit.end :]
        last = edit.start
    return text


def replace_text(document: Document, pointer: Pointer, text: str) -> Edit:
    """Return the edit that gives a scalar another text: quotes and folding stay as they are.

    The text is data: what looks like an expression in it is escaped.
    """
    start, end = _bounds(document, pointer)
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
    start, end = _bounds(document, pointer)
    if isinstance(value, str) and isinstance(document.value(pointer), str):
        return replace_text(document, pointer, value)
    _require_bare(document.text[start:end])
    form = flow_form if _is_flow(document, pointer) else value_form
    return Edit(start, end, form(value))


def insert_key(document: Document, pointer: Pointer, key: str, value: Any, after: str) -> Edit:
    """Return the edit that adds a key to a mapping, behind another one or else at its end.

    A scene that is only a text becomes a mapping with it.
    """
    whole = document.value(pointer)
    start, end = _bounds(document, pointer)
    line_end = _line_end(document)
    column = document.span(pointer).column - 1
    if isinstance(whole, str):
        if _is_flow(document, pointer[:-1]):
            raw = document.text[start:end]
            return Edit(start, end, f"{{narration: {raw}, {key}: {flow_form(value)}}}")
        first, *rest = document.text[start:end].split("\n")
        moved = (f"  {line}" if line.strip() else line for line in rest)
        indent = " " * column
        body = "\n".join((f"narration: {first}", *moved))
        return Edit(start, end, f"{body}{line_end}{indent}{key}: {value_form(value)}")
    if not isinstance(whole, dict) or not whole:
        raise CannotEdit("there is no mapping to add it to")
    anchor = after if after in whole else list(whole)[-1]
    _, at = _bounds(document, (*pointer, anchor))
    if document.text[start] == "{":
        return Edit(at, at, f", {key}: {flow_form(value)}")
    at = _end_of_line(document.text, at)
    return Edit(at, at, f"{line_end}{' ' * column}{key}: {value_form(value)}")


def remove_key(document: Document, pointer: Pointer) -> Edit:
    """Return the edit that takes a key and its value out of a mapping that has others."""
    around, key = document.value(pointer[:-1]), pointer[-1]
    if not isinstance(around, dict) or len(around) < 2:
        raise CannotEdit("nothing would be left of what it stands in")
    keys = list(around)
    place = keys.index(str(key))
    start = _offset(document, document.key_span(pointer), last=False)
    _, end = _bounds(document, pointer)
    if place + 1 < len(keys):
        end = _offset(document, document.key_span((*pointer[:-1], keys[place + 1])), last=False)
    else:
        _, start = _bounds(document, (*pointer[:-1], keys[place - 1]))
        end = end if document.text[end : end + 1] in "},]" else _end_of_line(document.text, end)
    _require_bare(document.text[start:end])
    return Edit(start, end, "")


@dataclass(frozen=True, slots=True)
class NewScene:
    """A scene to write into a list, in the words of the file."""

    form: Mapping[str, Any]


def arrange_scenes(document: Document, pointer: Pointer, order: Sequence[int | NewScene]) -> str:
    """Return the text with a list of scenes in another order; items that are not named go.

    An item is an index of the list as it is, or a new scene. Comments above an item move with it,
    and stay where the item goes.
    """
    chunks = _chunks(document, pointer)
    if not order:
        raise CannotEdit("no scene would be left")
    text, line_end = document.text, _line_end(document)
    column = chunks[0].column
    plain = all(isinstance(item, str) for item in document.value(pointer))
    pieces = []
    for each in order:
        if isinstance(each, NewScene):
            pieces.append(_new_item(each, column, line_end, plain=plain))
        else:
            chunk = chunks[each]
            pieces.append(text[chunk.lead : chunk.stop])
    gone = [i for i in range(len(chunks)) if i not in order]
    for i in gone:
        _require_bare(text[chunks[i].item : chunks[i].stop])
    left = "".join(text[chunks[i].lead : chunks[i].item] for i in gone)
    body = "".join(piece if piece.endswith(("\n", "\r")) else piece + line_end for piece in pieces)
    end = chunks[-1].stop
    if not text[chunks[0].lead : end].endswith(("\n", "\r")) and not left:
        body = body.removesuffix(line_end)
    return text[: chunks[0].lead] + body + left + text[end:]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """An item of a list in block style: its comments begin at `lead`, its line at `item`."""

    lead: int
    item: int
    stop: int
    column: int


def _chunks(document: Document, pointer: Pointer) -> list[_Chunk]:
    items = document.value(pointer)
    if not isinstance(items, list) or not items:
        raise CannotEdit("there is no list of scenes")
    text, lines = document.text, list[tuple[int, int, int]]()
    for index in range(len(items)):
        start, end = _bounds(document, (*pointer, index))
        line = _start_of_line(text, start)
        dash = _DASH.fullmatch(text, line, start)
        if dash is None:
            raise CannotEdit("the scenes are not written as a list with a dash a line")
        lines.append((line, _next_line(text, end), len(dash[1])))
    floor = _next_line(text, _offset(document, document.key_span(pointer), last=True))
    chunks = []
    for line, stop, column in lines:
        chunks.append(_Chunk(_lead(text, min(floor, line), line), line, stop, column))
        floor = stop
    return [
        _Chunk(c.lead, c.item, chunks[i + 1].lead if i + 1 < len(chunks) else c.stop, c.column)
        for i, c in enumerate(chunks)
    ]


def _lead(text: str, floor: int, line: int) -> int:
    """Return where the comments right above a line begin, not before `floor`."""
    while line > floor:
        above = _start_of_line(text, line - 1 - (text[line - 2 : line] == "\r\n"))
        if above < floor or not text[above:line].lstrip().startswith("#"):
            break
        line = above
    return line


def _new_item(scene: NewScene, column: int, line_end: str, *, plain: bool) -> str:
    indent = " " * column
    if plain and set(scene.form) <= {"id", "narration"} and "narration" in scene.form:
        return f"{indent}- {scalar(escaped(scene.form['narration']))}{line_end}"
    form = dict(scene.form)
    if "narration" in form:
        form["narration"] = escaped(form["narration"])
    return "".join(f"{line}{line_end}" for line in scene_lines([form], indent))


def _block(document: Document, raw: str, new: str) -> str | None:
    """Return a block scalar with another text, None where it has no line to go by."""
    header = _HEADER.match(raw)
    lines = [] if header is None else re.split(r"\r\n|\n|\r", raw[header.end() :])
    full = [line for line in lines if line.strip()]
    if header is None or not full:
        return None
    indent = full[0][: len(full[0]) - len(full[0].lstrip(" "))]
    width = max(map(len, full)) - len(indent) if len(full) > 1 else len(new)
    line_end = _line_end(document)
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


def _require_bare(text: str) -> None:
    if _COMMENT.search(text):
        raise CannotEdit("there is a comment in what it replaces")


def _is_flow(document: Document, pointer: Pointer) -> bool:
    for length in range(len(pointer) + 1):
        if isinstance(document.value(pointer[:length]), dict | list):
            start, _ = _bounds(document, pointer[:length])
            if document.text[start : start + 1] in ("{", "["):
                return True
    return False


def _bounds(document: Document, pointer: Pointer) -> tuple[int, int]:
    span = document.span(pointer)
    return _offset(document, span, last=False), _offset(document, span, last=True)


def _offset(document: Document, span: Span, *, last: bool) -> int:
    line, column = (span.end_line, span.end_column) if last else (span.line, span.column)
    return Places(document.path, document.text).offset(line) + column - 1


def _line_end(document: Document) -> str:
    return "\r\n" if "\r\n" in document.text else "\n"


def _start_of_line(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"\r\n|\n|\r|\Z").search(text, at)
    assert found is not None
    return found.start()


def _next_line(text: str, at: int) -> int:
    found = re.compile(r"\r\n|\n|\r|\Z").search(text, at)
    assert found is not None
    return found.end()
