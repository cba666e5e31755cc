"""YAML events to plain values and marks, iteratively, with every refusal collected."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import Any, Final

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from storyboard.source import refusals, traps
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.events import Events
from storyboard.source.limits import MAX_DEPTH, MAX_FINDINGS, MAX_NODES, MAX_SCALAR
from storyboard.source.marks import Children, Marks
from storyboard.source.places import Places
from storyboard.source.scalars import SUSPECTS, ScalarFault, resolve_plain
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN

_NO_KEY: Final = object()
_STARTS: Final = (MappingStartEvent, SequenceStartEvent)
_ENDS: Final = (MappingEndEvent, SequenceEndEvent)
_DECORATION: Final = re.compile(r"(?<![^\s\[{,])[!&]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class LimitReached(Exception):
    """Reading stops here; the finding was already made."""


@dataclass(slots=True)
class _Frame:
    """An open container (or the list that takes the root), and the key that waits for a value."""

    container: Any
    children: Any
    node: int
    flow: bool
    mapping: bool
    key: Any = _NO_KEY


class NodeBuilder:
    """Builds the value of one text; `findings` and the rest fill while it reads."""

    def __init__(self, places: Places, events: Events) -> None:
        self.findings: list[Diagnostic] = []
        self._places = places
        self._text = places.text
        self._get = events.get_event
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._children: dict[int, Children] = {}
        self._damaged: set[int] = set()
        self._dropped: list[tuple[_Frame, object]] = []
        self._root = _Frame([], [], -1, flow=False, mapping=False)
        self._frame = self._root
        self._stack: list[_Frame] = []
        self._documents = 0
        self._decorated = len(self._text) > MAX_SCALAR or (
            ("!" in self._text or "&" in self._text) and bool(_DECORATION.search(self._text))
        )
        self._may_cut = "{{" in self._text and " #" in self._text

    def build(self) -> None:
        """Read to the end; raises `LimitReached`, or what the events raise."""
        get, starts, ends = self._get, self._starts, self._ends
        may_cut, decorated, escapes = self._may_cut, self._decorated, "\\" in self._text
        frame = self._root
        container, children, mapping, key = frame.container, frame.children, False, _NO_KEY
        good_keys: set[str] = set()
        while True:
            event = get()
            kind = type(event)
            if kind is not ScalarEvent:
                if kind is StreamEndEvent:
                    return
                frame.key = key
                frame = self._frame = self._step(event, kind, frame)
                if self._documents > 1:
                    return
                container, children = frame.container, frame.children
                mapping, key = frame.mapping, frame.key
                continue
            node = len(starts)
            starts.append(event.start_mark.index)
            ends.append(event.end_mark.index)
            value = event.value
            if decorated:
                self._check_decoration(event, node)
            if mapping and key is _NO_KEY:
                key = value
                if value in container or value not in good_keys:
                    key = self._checked_key(value, not event.style, frame, good_keys)
                children[key] = node
                continue
            style = event.style
            if not style:
                if value[:1] in SUSPECTS:
                    value = self._resolved(value, node)
                if may_cut and type(value) is str:
                    self._check_cut(value, node)
            elif escapes and style == '"' and FORBIDDEN.search(value):
                self._check_escape(value, node)
            if mapping:
                container[key] = value
                key = _NO_KEY
            else:
                container.append(value)
                children.append(node)
            if node >= MAX_NODES:
                self._refuse_more(event)

    @property
    def is_empty(self) -> bool:
        """Return whether the text held no value at all."""
        return not self._root.container

    def finished(self) -> tuple[Any, Marks, frozenset[int]]:
        """Return the value, where everything stands, and the nodes whose value was refused."""
        for frame, key in self._dropped:
            frame.container.pop(key, None)
            frame.children.pop(key, None)
        root = None if self.is_empty else self._root.container[0]
        marks = Marks(array("l", self._starts), array("l", self._ends), self._children)
        return root, marks, frozenset(self._damaged)

    def open_expression(self) -> int | None:
        """Return where an unquoted '{{' began that is still open, for the error inside it."""
        for frame in (*self._stack[1:], self._frame):
            if frame.flow and self._text.startswith("{{", self._starts[frame.node]):
                return self._starts[frame.node]
        return None

    def _step(self, event: Any, kind: type, frame: _Frame) -> _Frame:
        """Take any event but a scalar, and return the container that is open after it."""
        if kind in _ENDS:
            self._ends[frame.node] = event.end_mark.index if frame.flow else self._ends[-1]
            return self._stack.pop()
        if kind in _STARTS:
            if frame.mapping and frame.key is _NO_KEY:
                return self._refuse_container_key(event, frame)
            return self._open(event, kind, frame)
        if kind is AliasEvent:
            self._refuse_alias(event, frame)
        elif kind is DocumentStartEvent:
            self._start_document(event)
        return frame

    def _open(self, event: Any, kind: type, frame: _Frame) -> _Frame:
        if len(self._stack) >= MAX_DEPTH:
            self._refuse(refusals.too_deep(self._span(event)))
            raise LimitReached
        node = len(self._starts)
        if self._decorated:
            self._check_decoration(event, node)
        if node >= MAX_NODES:
            self._refuse_more(event)
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        if kind is MappingStartEvent:
            opened = _Frame({}, {}, node, event.flow_style, True)
        else:
            opened = _Frame([], [], node, event.flow_style, False)
        self._children[node] = opened.children
        self._put(frame, opened.container, node)
        self._stack.append(frame)
        return opened

    def _refuse(self, finding: Diagnostic) -> None:
        self.findings.append(finding)
        if len(self.findings) >= MAX_FINDINGS:
            raise LimitReached

    def _put(self, frame: _Frame, value: Any, node: int) -> None:
        if frame.mapping:
            frame.container[frame.key] = value
            frame.key = _NO_KEY
        else:
            frame.container.append(value)
            frame.children.append(node)

    def _mark(self, event: Any) -> int:
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        return len(self._starts) - 1

    def _span(self, event: Any) -> Span:
        return self._places.trimmed(event.start_mark.index, event.end_mark.index)

    def _node_span(self, node: int) -> Span:
        return self._places.trimmed(self._starts[node], self._ends[node])

    def _start_document(self, event: Any) -> None:
        self._documents += 1
        start = event.start_mark.index
        if self._documents > 1:
            self._refuse(refusals.second_document(self._places.span(start, start + 3)))
        elif event.version or event.tags:
            self._refuse(refusals.directive(self._places.span(start, start + 1)))

    def _checked_key(self, key: str, plain: bool, frame: _Frame, good_keys: set[str]) -> object:
        node = len(self._starts) - 1
        if plain and key == "<<":
            self._refuse(refusals.merge_key(self._node_span(node)))
            self._damaged.add(frame.node)
            return self._dropped_key(frame)
        if key in frame.container:
            first = self._node_span(frame.children[key])
            self._refuse(refusals.duplicate_key(key, self._node_span(node), first))
            return self._dropped_key(frame)
        if key != "<<" and isinstance(resolve_plain(key), str):
            good_keys.add(key)
        elif plain:
            self._refuse(refusals.ambiguous_key(key, self._node_span(node)))
        return key

    def _dropped_key(self, frame: _Frame) -> object:
        key = object()
        self._dropped.append((frame, key))
        return key

    def _resolved(self, text: str, node: int) -> Any:
        value = resolve_plain(text)
        if isinstance(value, ScalarFault):
            self._refuse(refusals.scalar(value, self._node_span(node)))
            self._damaged.add(node)
            return None
        return value

    def _check_cut(self, value: str, node: int) -> None:
        finding = traps.cut_expression(self._places, value, self._ends[node])
        if finding is not None:
            self._refuse(finding)
            self._damaged.add(node)

    def _check_decoration(self, event: Any, node: int) -> None:
        for finding in traps.decorations(self._places, event):
            self._refuse(finding)
            if finding.code == "yaml-scalar-size":
                self._damaged.add(node)

    def _check_escape(self, value: str, node: int) -> None:
        finding = traps.escaped_control(self._places, self._starts[node], self._ends[node])
        if finding is not None:
            self._refuse(finding)
            self._damaged.add(node)
        if _SURROGATE.search(value):
            raise LimitReached  # where libyaml ends too

    def _refuse_more(self, event: Any) -> None:
        self._refuse(refusals.too_many_nodes(self._span(event)))
        raise LimitReached

    def _refuse_alias(self, event: Any, frame: _Frame) -> None:
        self._refuse(refusals.alias(event.anchor, self._span(event)))
        node = self._mark(event)
        if frame.mapping and frame.key is _NO_KEY:
            frame.key = self._dropped_key(frame)
            frame.children[frame.key] = node
        else:
            self._damaged.add(node)
            self._put(frame, None, node)

    def _refuse_container_key(self, event: Any, frame: _Frame) -> _Frame:
        start = self._starts[frame.node]
        expression = frame.flow and self._text.startswith("{{", start)
        node = self._mark(event)
        if not expression:
            self._refuse(refusals.container_key(self._span(event)))
            self._skip(1)
            frame.key = self._dropped_key(frame)
            frame.children[frame.key] = node
            return frame
        end = self._skip(2)
        self._ends[frame.node] = end
        shown = self._text[start:end]
        self._refuse(refusals.unquoted_expression(shown, self._places.span(start, end)))
        self._damaged.add(frame.node)
        parent = self._stack.pop()
        slot = next(reversed(parent.container)) if parent.mapping else -1
        parent.container[slot] = None
        return parent

    def _skip(self, depth: int) -> int:
        """Read on until so many open containers are closed; return where that was."""
        limit = depth + MAX_DEPTH
        while depth:
            event = self._get()
            if type(event) in _STARTS:
                depth += 1
                if depth > limit:
                    self._refuse(refusals.too_deep(self._span(event)))
                    raise LimitReached
            elif type(event) in _ENDS:
                depth -= 1
        return int(event.end_mark.index)
