"""The tree of an expression: all that one may say. Knows neither how it is read nor its value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias


class Operator(Enum):
    """An operator on two numbers, texts or lists."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    FLOOR_DIVIDE = "//"
    REMAINDER = "%"


class Comparison(Enum):
    """A comparison of two values."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="
    IN = "in"
    NOT_IN = "not in"


@dataclass(frozen=True, slots=True)
class Const:
    """A text, number, boolean or `none` as written."""

    offset: int
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Name:
    """A variable."""

    offset: int
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """A mapping's value by its key: `of.key`."""

    offset: int
    of: Node
    key: str


@dataclass(frozen=True, slots=True)
class Item:
    """A list's item, or a mapping's value: `of[key]`."""

    offset: int
    of: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of a list or text: `of[start:stop]`."""

    offset: int
    of: Node
    start: Node | None
    stop: Node | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list as written; tuples are lists."""

    offset: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping as written."""

    offset: int
    items: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Negative:
    """`-of`."""

    offset: int
    of: Node


@dataclass(frozen=True, slots=True)
class Not:
    """`not of`."""

    offset: int
    of: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """`left and right` or `left or right`: the operand that decides, as in Jinja."""

    offset: int
    both: bool
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Two operands and an operator."""

    offset: int
    operator: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Concat:
    """`a ~ b ~ c`: the texts, joined."""

    offset: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """A chain of comparisons: `a < b <= c`."""

    offset: int
    first: Node
    rest: tuple[tuple[Comparison, Node], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """`then if test else other`."""

    offset: int
    test: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Filter:
    """`of|name(arguments, keyword=argument)`."""

    offset: int
    name: str
    of: Node
    arguments: tuple[Node, ...]
    keywords: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Test:
    """`of is name` or `of is name argument`."""

    offset: int
    name: str
    of: Node
    arguments: tuple[Node, ...] = ()


Node: TypeAlias = (
    Const
    | Name
    | Field
    | Item
    | Slice
    | Sequence
    | Mapping
    | Negative
    | Not
    | Logic
    | Arithmetic
    | Concat
    | Compare
    | Choice
    | Filter
    | Test
)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below, in the order they are written."""
    match node:
        case Const() | Name():
            return ()
        case Field() | Negative() | Not():
            return (node.of,)
        case Test():
            return (node.of, *node.arguments)
        case Item():
            return (node.of, node.key)
        case Slice():
            return tuple(part for part in (node.of, node.start, node.stop) if part is not None)
        case Sequence():
            return node.items
        case Mapping():
            return tuple(part for pair in node.items for part in pair)
        case Logic() | Arithmetic():
            return (node.left, node.right)
        case Concat():
            return node.parts
        case Compare():
            return (node.first, *(operand for _, operand in node.rest))
        case Choice():
            return (node.then, node.test, node.other)
        case Filter():
            return (node.of, *node.arguments, *(operand for _, operand in node.keywords))


def names(root: Node) -> frozenset[str]:
    """Return the variables that an expression reads."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Name):
            found.add(node.name)
        waiting.extend(children(node))
    return frozenset(found)
