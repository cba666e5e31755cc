"""Lines that are indented as no line above them: which one, by how much, and as which.

Reads lines, not YAML: it is asked where the parser has given up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from storyboard.counting import counted
from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.places import Places, split_lines
from storyboard.source.scalars import shortened
from storyboard.source.span import Span

_DASH: Final = re.compile(r"-(?:[ \t]+|$)")
_KEY: Final = re.compile(r"(?P<key>[A-Za-z_][\w-]*|\"[^\"]+\"|'[^']+'):(?:[ \t]+|$)")
_BLOCK: Final = re.compile(r"[|>][+-]?\d?[+-]?[ \t]*(?:#.*)?")


class _Kind(Enum):
    KEY = "keys"
    ITEM = "items"


@dataclass(frozen=True, slots=True)
class _Level:
    """A column in which keys or items stand, and the last line that has one there."""

    column: int
    kind: _Kind
    line: int
    key: str = ""

    @property
    def shown(self) -> str:
        return f"'{shortened(self.key)}'" if self.kind is _Kind.KEY else "'-'"

    @property
    def cited(self) -> str:
        return f"{'' if self.kind is _Kind.KEY else 'the '}{self.shown} in line {self.line}"


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line starts with, its text behind that, and where its own first character stands."""

    levels: tuple[_Level, ...]
    rest: str
    indent: int


def misplaced_line(places: Places, at: int) -> Diagnostic | None:
    """Return what is wrong with the indentation of the line at an offset; None if it fits."""
    number, _ = places.at(at)
    lines = split_lines(places.text)
    line = _read_line(lines[number - 1], number)
    above = _open_levels(lines[: number - 1])
    if not above:
        return None
    if not line.levels:
        before = [len(text) - len(text.lstrip(" ")) for text in lines[: number - 1] if text.strip()]
        return _misplaced_text(places, _Level(line.indent, _Kind.ITEM, number), above[-1], before)
    first = line.levels[0]
    same = [level for level in above if level.kind is first.kind]
    if not same:
        return _other_kind(places, first, above[-1])
    # of two that are equally near, the inner one: a line belongs to what was written last
    nearest = min(reversed(same), key=lambda level: abs(level.column - first.column))
    if nearest.column == first.column:
        return None
    owner = ("" if nearest.kind is _Kind.KEY else "the ") + nearest.shown
    message = (
        f"{first.shown} {_indented(first.column)}, and {owner} above {_indented(nearest.column)}"
    )
    ways = [nearest, *(level for level in same if _is_as_near(level, nearest, first))]
    hint = ", or ".join(f"{_as_indented(way.column)}, as {way.cited}" for way in ways)
    return _finding(places, first, message, hint, nearest)


def indent_for_tab(places: Places, at: int) -> str:
    """Return the hint for a line that a tab indents: how many spaces it takes, if that is known."""
    number, _ = places.at(at)
    lines = split_lines(places.text)
    line = _read_line(lines[number - 1].replace("\t", " "), number)
    kind = line.levels[0].kind if line.levels else None
    same = [level for level in _open_levels(lines[: number - 1]) if level.kind is kind]
    if not same:
        return "indent with spaces"
    aligned = counted(same[-1].column, "space") if same[-1].column else "none"
    return f"indent with spaces: {aligned} to line up with {same[-1].cited}"


def _misplaced_text(
    places: Places, text: _Level, owner: _Level, before: list[int]
) -> Diagnostic | None:
    said = f"the text that goes on here {_indented(text.column)}"
    if text.column <= owner.column:
        message = f"{said}, and {owner.shown} above {_indented(owner.column)}"
        hint = f"indent it by more than {counted(owner.column, 'space')}"
        return _finding(places, text, message, hint, owner)
    if text.column < before[-1]:
        message = f"{said}, and the line above {_indented(before[-1])}"
        return _finding(places, text, message, _as_indented(before[-1]), owner)
    return None


def _other_kind(places: Places, first: _Level, above: _Level) -> Diagnostic:
    if first.kind is _Kind.ITEM:
        message = f"'-' starts an item of a list, and {above.shown} above is a key"
        hint = "start the list below its key, or delete the '- '"
    else:
        message = f"{first.shown} is a key, and the '-' above is an item of a list"
        hint = "start the line with '- ', or write it above the list"
    return _finding(places, first, message, hint, above)


def _finding(places: Places, first: _Level, message: str, hint: str, above: _Level) -> Diagnostic:
    note = Note(f"{above.shown} stands here", _span(places, above))
    return diagnose("yaml-syntax", message, _span(places, first), hint, (note,))


def _span(places: Places, level: _Level) -> Span:
    start = places.offset(level.line) + level.column
    return places.span(start, start + max(len(level.key), 1))


def _is_as_near(level: _Level, nearest: _Level, first: _Level) -> bool:
    return level is not nearest and (
        abs(level.column - first.column) == abs(nearest.column - first.column)
    )


def _open_levels(lines: list[str]) -> list[_Level]:
    """Return the levels that are open behind some lines, the outermost first."""
    open_levels: list[_Level] = []
    block: int | None = None
    for number, text in enumerate(lines, 1):
        stripped = text.strip()
        if not stripped or stripped[0] == "#" or stripped == "---":
            continue
        line = _read_line(text, number)
        if block is not None and line.indent > block:
            continue
        block = None
        if line.levels:
            _enter(open_levels, line.levels)
            if _BLOCK.fullmatch(line.rest):
                block = line.levels[-1].column
    return open_levels


def _enter(open_levels: list[_Level], levels: tuple[_Level, ...]) -> None:
    for level in levels:
        while open_levels and _ends_with(open_levels[-1], level):
            open_levels.pop()
        open_levels.append(level)


def _ends_with(opened: _Level, level: _Level) -> bool:
    if opened.column != level.column:
        return opened.column > level.column
    # the items of a key may stand in its own column; a key there ends them
    return opened.kind is level.kind or level.kind is _Kind.KEY


def _read_line(text: str, number: int) -> _Line:
    levels = list[_Level]()
    column = indent = len(text) - len(text.lstrip(" "))
    while dash := _DASH.match(text, column):
        levels.append(_Level(column, _Kind.ITEM, number))
        column = dash.end()
    key = _KEY.match(text, column)
    if key:
        levels.append(_Level(column, _Kind.KEY, number, key["key"]))
        column = key.end()
    return _Line(tuple(levels), text[column:].strip(), indent)


def _indented(column: int) -> str:
    return f"is indented by {counted(column, 'space')}" if column else "is not indented"


def _as_indented(column: int) -> str:
    if not column:
        return "write it without spaces before it"
    return f"indent it by {counted(column, 'space')}"
