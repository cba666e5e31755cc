"""YAML events to plain values and marks, iteratively, with every refusal collected."""

from __future__ import annotations

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

from storyboard.source import refusals
from storyboard.source.diagnostic import Diagnostic
from storyboard.source.events import Events
from storyboard.source.limits import MAX_DEPTH, MAX_NODES
from storyboard.source.lookalikes import lookalike_in_key
from storyboard.source.marks import Children, Marks
from storyboard.source.places import Places
from storyboard.source.scalars import SUSPECTS, resolve_plain
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN
from storyboard.source.vetting import LimitReached, Vetting

_NO_KEY: Final = object()
_STARTS: Final = (MappingStartEvent, SequenceStartEvent)
_ENDS: Final = (MappingEndEvent, SequenceEndEvent)

_Frame = tuple[Any, Any, int, bool, bool]
"""An open container: itself, its children's nodes, its own node, if in flow style, if a mapping."""


class NodeBuilder:
    """Builds the value of one text; `findings` and the rest fill while it reads."""

    def __init__(self, places: Places, events: Events) -> None:
        self._vetting = Vetting(places)
        self._places = places
        self._text = places.text
        self._get = events.get_event
        self._starts = self._vetting.starts
        self._ends = self._vetting.ends
        self._children: dict[int, Children] = {}
        self._damaged = self._vetting.damaged
        self._dropped: list[tuple[_Frame, object]] = []
        self._root: list[Any] = []
        self._frame: _Frame = (self._root, [], -1, False, False)
        self._stack: list[_Frame] = []
        self._documents = 0
        self.is_misread = False
        """Whether keys stand where their author did not put them: nothing else can be said then."""

    @property
    def findings(self) -> list[Diagnostic]:
        """What was refused so far, in source order."""
        return self._vetting.findings

    def build(self) -> None:
        """Read to the end; raises `LimitReached`, or what the events raise."""
        get, starts, ends = self._get, self._starts, self._ends
        vetting, escapes = self._vetting, "\\" in self._text
        may_cut, decorated = vetting.has_cuts, vetting.has_decorations
        good_keys: set[str] = set()
        key: object = _NO_KEY
        container, children, _, _, mapping = self._frame
        while True:
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                node = len(starts)
                starts.append(event.start_mark.index)
                ends.append(event.end_mark.index)
                value = event.value
                if decorated:
                    vetting.check_decoration(event, node)
                if mapping and key is _NO_KEY:
                    key = value
                    if value in container or value not in good_keys:
                        key = self._checked_key(value, not event.style, good_keys)
                    children[key] = node
                    continue
                style = event.style
                if not style:
                    if " - " in value and vetting.refuses_item(node):
                        value = None
                    elif value[:1] in SUSPECTS:
                        flow = self._frame[3] and mapping
                        value = vetting.resolved(value, node, in_flow_mapping=flow)
                    if may_cut and type(value) is str:
                        vetting.check_cut(value, node)
                elif escapes and style == '"' and FORBIDDEN.search(value):
                    vetting.check_escape(value, node)
                if mapping:
                    container[key] = value
                    key = _NO_KEY
                else:
                    container.append(value)
                    children.append(node)
                if node >= MAX_NODES:
                    self._refuse_more(event)
                continue
            if kind is StreamEndEvent or (kind is DocumentStartEvent and self._is_second(event)):
                return
            key = self._next_key(event, kind, key)
            container, children, _, _, mapping = self._frame

    def _next_key(self, event: Any, kind: type, key: object) -> object:
        """Open or close a container, or refuse an alias; return the key that then waits."""
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._open(event, kind, key)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            _, _, node, flow, _ = self._frame
            self._ends[node] = event.end_mark.index if flow else self._ends[-1]
            self._frame = self._stack.pop()
        elif kind is AliasEvent:
            return self._refuse_alias(event, key)
        return key

    def finished(self) -> tuple[Any, Marks, frozenset[int]]:
        """Return the value, where everything stands, and the nodes whose value was refused."""
        for (container, children, *_), key in self._dropped:
            container.pop(key, None)
            children.pop(key, None)
        root = self._root[0] if self._root else None
        marks = Marks(self._starts, self._ends, self._children)
        return root, marks, frozenset(self._damaged)

    def open_expression(self) -> int | None:
        """Return where an unquoted '{{' began that is still open, for the error inside it."""
        for _, _, node, flow, _ in (*self._stack, self._frame):
            if flow and self._text.startswith("{{", self._starts[node]):
                return self._starts[node]
        return None

    def _open(self, event: Any, kind: type, key: object) -> object:
        """Open a list or a mapping, and return the key that then waits: none, or a dropped one."""
        container, children, _, _, mapping = self._frame
        if mapping and key is _NO_KEY:
            return self._refuse_container_key(event)
        if len(self._stack) >= MAX_DEPTH:
            self._vetting.refuse(refusals.too_deep(self._span(event)))
            raise LimitReached
        node = len(self._starts)
        if self._vetting.has_decorations:
            self._vetting.check_decoration(event, node)
        if node >= MAX_NODES:
            self._refuse_more(event)
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        inner: Any = {} if kind is MappingStartEvent else []
        nodes: Children = {} if kind is MappingStartEvent else []
        self._children[node] = nodes
        if mapping:
            container[key] = inner
        else:
            container.append(inner)
            children.append(node)
        self._stack.append(self._frame)
        self._frame = (inner, nodes, node, event.flow_style, kind is MappingStartEvent)
        return _NO_KEY

    def _mark(self, event: Any) -> int:
        self._starts.append(event.start_mark.index)
        self._ends.append(event.end_mark.index)
        return len(self._starts) - 1

    def _span(self, event: Any) -> Span:
        return self._places.trimmed(event.start_mark.index, event.end_mark.index)

    def _is_second(self, event: Any) -> bool:
        self._documents += 1
        start = event.start_mark.index
        if self._documents > 1:
            self._vetting.refuse(refusals.second_document(self._places.span(start, start + 3)))
        elif event.version or event.tags:
            self._vetting.refuse(refusals.directive(self._places.span(start, start + 1)))
        return self._documents > 1

    def _checked_key(self, key: str, plain: bool, good_keys: set[str]) -> object:
        container, children, own, _, _ = self._frame
        node = len(self._starts) - 1
        if plain and not key.isascii():
            lookalike = lookalike_in_key(self._places, key, self._starts[node])
            if lookalike is not None:
                self._vetting.refuse(lookalike)
                self.is_misread = True
                return self._dropped_key()
        if plain and key == "<<":
            self._vetting.refuse(refusals.merge_key(self._vetting.span(node)))
            self._damaged.add(own)
            return self._dropped_key()
        if key in container:
            first = self._vetting.span(children[key])
            self._vetting.refuse(refusals.duplicate_key(key, self._vetting.span(node), first))
            return self._dropped_key()
        if key != "<<" and isinstance(resolve_plain(key), str):
            good_keys.add(key)
        elif plain:
            self._vetting.refuse(refusals.ambiguous_key(key, self._vetting.span(node)))
        return key

    def _dropped_key(self) -> object:
        """Return a key that takes the value which has no place, and is deleted in the end."""
        key = object()
        self._dropped.append((self._frame, key))
        return key

    def _refuse_more(self, event: Any) -> None:
        self._vetting.refuse(refusals.too_many_nodes(self._span(event)))
        raise LimitReached

    def _refuse_alias(self, event: Any, key: object) -> object:
        """Put nothing in an alias's place, and return the key that then waits."""
        container, children, _, _, mapping = self._frame
        self._vetting.refuse(refusals.alias(event.anchor, self._span(event)))
        node = self._mark(event)
        if mapping and key is _NO_KEY:
            dropped = self._dropped_key()
            children[dropped] = node
            return dropped
        self._damaged.add(node)
        if mapping:
            container[key] = None
        else:
            container.append(None)
            children.append(node)
        return _NO_KEY

    def _refuse_container_key(self, event: Any) -> object:
        """Pass by a key that is no text; where it is an expression, by all of the value."""
        _, children, own, flow, _ = self._frame
        start = self._starts[own]
        node = self._mark(event)
        if not (flow and self._text.startswith("{{", start)):
            self._vetting.refuse(refusals.container_key(self._span(event)))
            self._skip(1)
            dropped = self._dropped_key()
            children[dropped] = node
            return dropped
        end = self._skip(2)
        self._ends[own] = end
        shown = self._text[start:end]
        self._vetting.refuse(refusals.unquoted_expression(shown, self._places.span(start, end)))
        self._damaged.add(own)
        self._frame = self._stack.pop()
        parent, _, _, _, mapping = self._frame
        parent[next(reversed(parent)) if mapping else -1] = None
        return _NO_KEY

    def _skip(self, depth: int) -> int:
        """Read on until so many open containers are closed; return where that was."""
        limit = depth + MAX_DEPTH
        while depth:
            event = self._get()
            if type(event) in _STARTS:
                depth += 1
                if depth > limit:
                    self._vetting.refuse(refusals.too_deep(self._span(event)))
                    raise LimitReached
            elif type(event) in _ENDS:
                depth -= 1
        return int(event.end_mark.index)
