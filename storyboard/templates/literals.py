"""The texts that an expression writes itself and may say: listed, and said in other words.

`{{ 'urgent' if late else 'open' }}` says one of its own two texts, so a translator has to get both;
`{{ x == 'urgent' }}` says none. A literal counts where its text can be a part of the value: in the
branches of an inline `if`, in what `~`, `+`, `and` and `or` put together, in lists and mappings,
and in the filters' parameters that `Filter.speaks` names.

    texts = spoken_literals(expression)          # keys "1", "2", or "1.one", "1.other" of a plural
    german = reworded(expression, {"1": "dringend", "2": "offen"})
    german.render_text(Rendering(scope, "de"))

Keys count by place: the first text is 1. The forms of one `plural` share a number, and a form is
named by its category; a language with more categories adds them: `{"1.one": …, "1.few": …}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from storyboard.templates import syntax as tree
from storyboard.templates.cldr import PLURAL_CATEGORIES
from storyboard.templates.expressions import Expression
from storyboard.templates.filters import FILTERS

_WORD: Final = re.compile(r"[^\W_]")
_FORMS: Final = "plural"
_MAP: Final = "map"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text that an expression may say; `offset` is where it starts in `Expression.text`."""

    key: str
    """Its number by place, and for a form of a plural its category: `2`, `3.other`."""
    text: str
    offset: int

    @property
    def plural(self) -> tuple[str, str] | None:
        """Return the number of the plural and the category that it is a form for, if it is one."""
        number, dot, category = self.key.rpartition(".")
        return (number, category) if dot and category in PLURAL_CATEGORIES else None


def has_words(text: str) -> bool:
    """Tell whether a text has a letter or digit: something that a translator could change."""
    return _WORD.search(text) is not None


def spoken_literals(expression: Expression) -> tuple[Literal, ...]:
    """Return the texts with words in them that the expression may say, by place."""
    return _literals(expression.root)


def spoken_names(expression: Expression) -> frozenset[str]:
    """Return the variables whose texts the expression may say: not those that it only asks.

    `{{ item.pitch if beta else other }}` may say `item` and `other`; `{{ n | unit('day') }}` says
    a number and the words of the locale, and no text of a variable.
    """
    found: set[str] = set()

    def keep(name: tree.Name) -> tree.Name:
        found.add(name.name)
        return name

    _Walk(lambda key, const: const, lambda number, offset: iter(()), name=keep).through(
        expression.root
    )
    return frozenset(found)


def reworded(expression: Expression, texts: Mapping[str, str]) -> Expression:
    """Return the expression that says other texts, by the keys of `spoken_literals`.

    A key `3.few` gives the plural 3 a form that it does not have. A text is data: it is never read
    as a template. What has no key keeps its text. Raises `KeyError` for a key of nothing.
    """
    used: set[str] = set()

    def say(key: str, const: tree.Const) -> tree.Const:
        if key not in texts:
            return const
        used.add(key)
        return replace(const, value=texts[key])

    def more(number: str, offset: int) -> Iterator[tuple[str, tree.Node]]:
        for category in PLURAL_CATEGORIES:
            key = f"{number}.{category}"
            if key in texts and key not in used:
                used.add(key)
                yield category, tree.Const(offset, texts[key])

    root = _Walk(say, more).through(expression.root)
    for unknown in texts.keys() - used:
        raise KeyError(unknown)
    return replace(expression, root=root)


@lru_cache(maxsize=1024)
def unfiltered(expression: Expression, names: frozenset[str]) -> Expression:
    """Return the expression without these filters wherever their text may be said."""

    def drop(node: tree.Filter) -> tree.Node:
        each = node.arguments[:1] if node.name == _MAP else ()
        name = each[0].value if each and isinstance(each[0], tree.Const) else node.name
        return node.of if name in names else node

    walk = _Walk(lambda key, const: const, lambda number, offset: iter(()), filtered=drop)
    return replace(expression, root=walk.through(expression.root))


@lru_cache(maxsize=1024)
def _literals(root: tree.Node) -> tuple[Literal, ...]:
    found: list[Literal] = []

    def keep(key: str, const: tree.Const) -> tree.Const:
        found.append(Literal(key, str(const.value), const.offset))
        return const

    _Walk(keep, lambda number, offset: iter(())).through(root)
    return tuple(found)


class _Walk:
    """One way through the places whose texts can be said; rebuilds the tree as it goes."""

    def __init__(
        self,
        say: Callable[[str, tree.Const], tree.Const],
        more: Callable[[str, int], Iterator[tuple[str, tree.Node]]],
        prefix: str = "",
        name: Callable[[tree.Name], tree.Name] = lambda name: name,
        filtered: Callable[[tree.Filter], tree.Node] = lambda node: node,
    ) -> None:
        self._name = name
        self._filtered = filtered
        self._say = say
        self._more = more
        self._prefix = prefix
        self._count = 0

    def through(self, node: tree.Node) -> tree.Node:
        """Return the node with what it may say, said anew."""
        match node:
            case tree.Const(value=str() as text) if has_words(text):
                return self._say(self._next(), node)
            case tree.Name():
                return self._name(node)
            case tree.Choice():
                then = self.through(node.then)
                return replace(node, then=then, other=self.through(node.other))
            case tree.Concat():
                return replace(node, parts=tuple(map(self.through, node.parts)))
            case tree.Sequence():
                return replace(node, items=tuple(map(self.through, node.items)))
            case tree.Mapping():
                pairs = tuple((key, self.through(value)) for key, value in node.items)
                return replace(node, items=pairs)
            case tree.Arithmetic(operator=tree.Operator.ADD):
                left = self.through(node.left)
                return replace(node, left=left, right=self.through(node.right))
            case tree.Logic():
                # `a and b` says `a` only where it is false, and then it is no text with words
                left = node.left if node.both else self.through(node.left)
                return replace(node, left=left, right=self.through(node.right))
            case tree.Field() | tree.Item() | tree.Slice():
                return replace(node, of=self.through(node.of))
            case tree.Filter():
                return self._filtered(self._filter(node))
            case _:
                return node

    def _next(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count}"

    def _filter(self, node: tree.Filter) -> tree.Filter:
        if node.name == _FORMS:
            return self._plural(node)
        if node.name == _MAP and node.arguments:
            return self._map(node, node.arguments[0])
        speaks = FILTERS[node.name].speaks
        of = self.through(node.of) if "value" in speaks else node.of
        places = list(FILTERS[node.name].signature.parameters)
        arguments = tuple(
            self.through(argument) if name in speaks else argument
            for name, argument in zip(places, node.arguments, strict=False)
        )
        keywords = tuple(
            (name, self.through(operand) if name in speaks else operand)
            for name, operand in node.keywords
        )
        return replace(node, of=of, arguments=arguments, keywords=keywords)

    def _map(self, node: tree.Filter, name: tree.Node) -> tree.Filter:
        """Go through a filter that is put to each item as through the filter itself."""
        if not isinstance(name, tree.Const) or name.value not in FILTERS:
            return replace(node, of=self.through(node.of))
        each = replace(node, name=str(name.value), arguments=node.arguments[1:])
        said = self._filter(each)
        return replace(said, name=node.name, arguments=(name, *said.arguments))

    def _plural(self, node: tree.Filter) -> tree.Filter:
        if not any(map(_may_have_words, (form for _, form in node.keywords))):
            return node
        number = self._next()
        keywords = [(name, self._form(f"{number}.{name}", part)) for name, part in node.keywords]
        return replace(node, keywords=(*keywords, *self._more(number, node.offset)))

    def _form(self, key: str, node: tree.Node) -> tree.Node:
        if isinstance(node, tree.Const):
            return self._say(key, node) if isinstance(node.value, str) else node
        walk = _Walk(self._say, self._more, f"{key}.", self._name, self._filtered)
        return walk.through(node)


def _may_have_words(form: tree.Node) -> bool:
    if isinstance(form, tree.Const):
        return isinstance(form.value, str) and has_words(form.value)
    return True
