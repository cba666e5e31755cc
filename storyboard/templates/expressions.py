"""A string scalar with `{{ … }}` in it: read once, rendered often. Knows no files and no project.

Texts without double braces never reach a parser, and plain names never import Jinja.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from storyboard.templates import limits
from storyboard.templates import syntax as tree
from storyboard.templates.evaluating import Rendering, evaluate
from storyboard.templates.faults import FaultKind, TemplateFault, ValueRefused
from storyboard.templates.parsing import parse_expression
from storyboard.templates.scanning import Stretch, is_template, split
from storyboard.templates.values import Value, count_nodes, fitting, to_text

__all__ = [
    "Expression",
    "FaultKind",
    "Template",
    "TemplateFault",
    "Value",
    "is_template",
    "parse_template",
]

_AMOUNT: Final = re.compile(r"[-+]?\.?\d")
_TOO_DEEP: Final = "the expression is nested too deeply"


@dataclass(frozen=True, slots=True)
class Expression:
    """One `{{ … }}` of a scalar; `start` is the offset of the text between the braces."""

    start: int
    text: str
    root: tree.Node

    def render(self, rendering: Rendering) -> Value:
        """Return its value; raises `TemplateFault` with the offset into the scalar."""
        try:
            return evaluate(self.root, rendering)
        except TemplateFault as fault:
            raise fault.within(self.start, self.text) from None
        except RecursionError:
            kind = FaultKind.LIMIT
            raise TemplateFault(_TOO_DEEP, None, self.start, self.text, kind) from None

    def render_text(self, rendering: Rendering) -> str:
        """Return its value as it stands in a text; raises `TemplateFault`."""
        try:
            return to_text(self.render(rendering))
        except ValueRefused as refusal:
            raise refusal.at(self.root.offset).within(self.start, self.text) from None


@dataclass(frozen=True, slots=True)
class Template:
    """A scalar, read: literal texts and expressions in order."""

    text: str
    parts: tuple[str | Expression, ...]
    names: frozenset[str] = field(compare=False)
    """The variables that it reads."""
    whole: Expression | None = field(compare=False)
    """The expression that is all of the scalar, if one is; its value keeps its type."""

    def render(
        self, scope: Mapping[str, Value], locale: str | None = None, language: str | None = None
    ) -> Value:
        """Return the value: any type for a scalar that is one expression, else a text.

        `locale` is a BCP-47 tag, for the filters that format; `language` that of the words in the
        text, where it is another one, for their plurals. Raises `TemplateFault`.
        """
        rendering = Rendering(scope, locale, language)
        if self.whole is not None:
            return _bounded(self.whole, self.whole.render(rendering))
        texts: list[str] = []
        length = 0
        for part in self.parts:
            text = text_of(part, texts[-1] if texts else "", rendering)
            texts.append(text)
            length += len(text)
            if length > limits.TEXT:
                raise self._too_long(part)
        return "".join(texts)

    def _too_long(self, part: str | Expression) -> TemplateFault:
        message = f"the text would be longer than {limits.TEXT:,} characters"
        if isinstance(part, str):
            return TemplateFault(message, kind=FaultKind.LIMIT)
        return TemplateFault(message, None, part.start, part.text, FaultKind.LIMIT)


def parse_template(text: str) -> Template | TemplateFault:
    """Return the scalar as a template, or what is wrong with it. Each text is read once."""
    try:
        return _parse(text)
    except RecursionError:
        return TemplateFault(_TOO_DEEP, kind=FaultKind.LIMIT)


@lru_cache(maxsize=8192)
def _parse(text: str) -> Template | TemplateFault:
    if len(text) > limits.TEXT:
        message = f"the text is longer than {limits.TEXT:,} characters"
        return TemplateFault(message, kind=FaultKind.LIMIT)
    try:
        parts = tuple(_parts(text))
    except TemplateFault as fault:
        return fault
    found = [part for part in parts if isinstance(part, Expression)]
    rest = "".join(part for part in parts if isinstance(part, str))
    whole = found[0] if len(found) == 1 and _is_all(parts, rest) else None
    read = frozenset(name for part in found for name in tree.names(part.root))
    return Template(text, parts, read, whole)


def _parts(text: str) -> Iterator[str | Expression]:
    for part in split(text):
        yield read_part(part)


def read_part(part: str | Stretch) -> str | Expression:
    """Return a literal text as it is, an expression parsed; raises `TemplateFault`."""
    if isinstance(part, str):
        return part
    try:
        return Expression(part.start, part.text, parse_expression(part.text))
    except TemplateFault as fault:
        raise fault.within(part.start, part.text) from None


def text_of(part: str | Expression, before: str, rendering: Rendering) -> str:
    """Return what a part says behind the text `before` it; raises `TemplateFault`."""
    if isinstance(part, str):
        return part
    return _behind_dollar(part, rendering) if before.endswith("$") else part.render_text(rendering)


def _is_all(parts: tuple[str | Expression, ...], rest: str) -> bool:
    """Tell whether an expression stands alone; a block scalar's last line break does not count."""
    return not rest or (rest == "\n" and isinstance(parts[0], Expression))


def _behind_dollar(expression: Expression, rendering: Rendering) -> str:
    """Return the value behind a '$'; refuse `${{ who }}`, as other tools write it.

    The '$' would be spoken. Before an amount it is meant: `${{ price }}`.
    """
    name = expression.text.strip()[:40]
    drop = f"drop the '$': {{{{ {name} }}}}"
    try:
        text = expression.render_text(rendering)
    except TemplateFault as fault:
        if fault.kind is not FaultKind.UNDEFINED:
            raise
        hint = f"{drop}; {fault.hint or 'define it in `vars`'}"
        where = (fault.offset, fault.expression, fault.kind)
        raise TemplateFault(fault.message, hint, *where) from None
    if _AMOUNT.match(text):
        return text
    message = f"the '$' before '{{{{' would stand in the text: '${text[:40]}'"
    hint = f"{drop}; for money, write {{{{ price|currency('USD') }}}}"
    offset = expression.start - len("${{")
    raise TemplateFault(message, hint, offset, expression.text, FaultKind.REFUSED)


def _bounded(expression: Expression, value: Value) -> Value:
    """Return the value unless it is larger than documents may be; raises `TemplateFault`."""
    try:
        if isinstance(value, str):
            fitting(len(value))
        elif isinstance(value, list | dict):
            count_nodes(value)
    except ValueRefused as refusal:
        raise refusal.at(expression.root.offset).within(expression.start, expression.text) from None
    return value
