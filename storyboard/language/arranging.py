"""Brings a file's list of scenes into another order, as text; what stays keeps every byte."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from storyboard.language.editing import (
    CannotEdit,
    bounds,
    line_end_of,
    next_line,
    offset,
    require_bare,
    start_of_line,
)
from storyboard.language.yaml_writing import escaped, scalar, scene_lines
from storyboard.source.document import Document
from storyboard.source.span import Pointer

_DASH: Final = re.compile(r"([ \t]*)-[ \t]+")


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
    text, line_end = document.text, line_end_of(document)
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
        require_bare(text[chunks[i].item : chunks[i].stop])
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
        start, end = bounds(document, (*pointer, index))
        line = start_of_line(text, start)
        dash = _DASH.fullmatch(text, line, start)
        if dash is None:
            raise CannotEdit("the scenes are not written as a list with a dash a line")
        lines.append((line, next_line(text, end), len(dash[1])))
    floor = next_line(text, offset(document, document.key_span(pointer), last=True))
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
        above = start_of_line(text, line - 1 - (text[line - 2 : line] == "\r\n"))
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
