"""Where each value of a document begins and ends: two integers a value, found again by pointer."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storyboard.source.span import Pointer

Children = dict[str, int] | list[int]
"""Of one container: the node of each key (its value is the next node), or of each item."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Nodes are counted in the order of the text; offsets are code points, ends exclusive."""

    starts: array[int]
    ends: array[int]
    children: Mapping[int, Children]

    def value_node(self, pointer: Pointer) -> int:
        """Return the node that the pointer leads to, or its nearest ancestor that exists."""
        return self._walk(pointer)[0]

    def key_node(self, pointer: Pointer) -> int | None:
        """Return the node of the key that the pointer ends in; None for an item or the root."""
        return self._walk(pointer)[1]

    def _walk(self, pointer: Sequence[str | int]) -> tuple[int, int | None]:
        node, key_node = 0, None
        for step in pointer:
            children = self.children.get(node)
            if type(children) is dict and type(step) is str and step in children:
                key_node = children[step]
                node = key_node + 1
            elif type(children) is list and type(step) is int and 0 <= step < len(children):
                key_node = None
                node = children[step]
            else:
                return node, None
        return node, key_node
