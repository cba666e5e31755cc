"""A file that was read: its values, and where each of them stands. Knows no meaning of them."""

from __future__ import annotations

import re
from typing import Any

from storyboard.source.marks import Marks
from storyboard.source.places import Places, split_lines
from storyboard.source.span import Pointer, Span

_COMMENT = re.compile(r"(?P<gap>[ \t]+)(?P<text>#[^\r\n]*)")


class Document:
    """Plain values with positions; `path` is the file as messages name it.

    `data` is made of dict, list, str, int, float, bool and None. `damaged` holds the nodes whose
    value was refused and stands there as None: whatever is wrong with them was already said.
    """

    __slots__ = ("_marks", "_places", "damaged", "data", "path", "text")

    def __init__(
        self,
        path: str,
        text: str,
        data: Any,
        marks: Marks,
        damaged: frozenset[int] = frozenset(),
    ) -> None:
        self.path = path
        self.text = text
        self.data = data
        self.damaged = damaged
        self._marks = marks
        self._places = Places(path, text)

    def span(self, pointer: Pointer) -> Span:
        """Return the value's place, or that of its nearest ancestor that exists."""
        return self._node_span(self._marks.value_node(pointer))

    def key_span(self, pointer: Pointer) -> Span:
        """Return the place of the key that the pointer ends in, else that of the value."""
        node = self._marks.key_node(pointer)
        return self.span(pointer) if node is None else self._node_span(node)

    def scalar_span(self, pointer: Pointer, offset: int, length: int) -> Span:
        """Return the place of a stretch inside a scalar's value, in code points.

        Exact for what stands in the text as it is; where folding or an escape came between, the
        scalar's own place.
        """
        node = self._marks.value_node(pointer)
        start, end = self._marks.starts[node], self._marks.ends[node]
        value = self.value(pointer)
        if isinstance(value, str):
            found = _offset_in_scalar(self._places, (start, end), value, offset, length)
            if found is not None:
                return self._places.span(found, found + length)
        return self._places.trimmed(start, end)

    def value(self, pointer: Pointer) -> Any:
        """Return the value that a pointer leads to, None where it goes nowhere."""
        value = self.data
        for step in pointer:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def comment_behind(self, pointer: Pointer) -> tuple[str, str, Span] | None:
        """Return the comment behind a text that has no quotes: the gap, itself, its place.

        None where there is none on the text's last line.
        """
        node = self._marks.value_node(pointer)
        if self.text[self._marks.starts[node]] in "'\"|>":
            return None
        found = _COMMENT.match(self.text, self._marks.ends[node])
        if found is None:
            return None
        text = found["text"].rstrip()
        start = found.start("text")
        return found["gap"], text, self._places.span(start, start + len(text))

    def is_damaged(self, pointer: Pointer) -> bool:
        """Return whether the reader refused something right there."""
        return bool(self.damaged) and self._marks.value_node(pointer) in self.damaged

    def _node_span(self, node: int) -> Span:
        return self._places.trimmed(self._marks.starts[node], self._marks.ends[node])


def _offset_in_scalar(
    places: Places, bounds: tuple[int, int], value: str, offset: int, length: int
) -> int | None:
    """Return where a stretch of a value stands in the text, None where that is not certain."""
    raw = places.text[slice(*bounds)]
    if raw == value:
        return bounds[0] + offset
    if raw[:1] in ("'", '"') and raw[1:-1] == value:
        return bounds[0] + 1 + offset
    if raw[:1] == "|":
        return _offset_in_block(places, bounds[0], value, offset)
    return _same_occurrence(raw, bounds[0], value, offset, length)


def _offset_in_block(places: Places, start: int, value: str, offset: int) -> int | None:
    before = value[:offset]
    line = before.count("\n")
    column = offset - (before.rfind("\n") + 1)
    content = value.split("\n")[line]
    line_start = places.offset(places.at(start)[0] + 1 + line)
    raw = split_lines(places.text[line_start:])[0]
    if not raw.endswith(content):
        return None
    return line_start + len(raw) - len(content) + column


def _same_occurrence(raw: str, start: int, value: str, offset: int, length: int) -> int | None:
    """Find the n-th of a fragment in the text where value and text hold it equally often."""
    fragment = value[offset : offset + length]
    if not fragment:
        return None
    in_value = [match.start() for match in re.finditer(re.escape(fragment), value)]
    in_raw = [match.start() for match in re.finditer(re.escape(fragment), raw)]
    if len(in_value) != len(in_raw) or offset not in in_value:
        return None
    return start + in_raw[in_value.index(offset)]
