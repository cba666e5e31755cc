"""Reads an expression's text into its tree with Jinja's lexer and parser. Evaluates nothing.

The parser gets tokens whose line numbers are code-point offsets, so every node knows its place.
What is not translated to our own tree below cannot be said: the translation is the allow-list.
Jinja is imported when the first expression needs it, which plain names do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from storyboard.templates import limits
from storyboard.templates import syntax as tree
from storyboard.templates.faults import FaultKind, TemplateFault

if TYPE_CHECKING:
    from jinja2 import Environment

_PATH = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)\s*", re.ASCII)
_KEYWORDS = frozenset(
    ("and", "else", "if", "in", "is", "not", "or", "true", "false", "none", "True", "False", "None")
)
_ESCAPES = re.compile(r"""(?:[^\\]|\\(?:[\\'"nt]|u[0-9a-fA-F]{4}))*""", re.DOTALL)
_OPENERS = frozenset("([{")


def parse_expression(text: str) -> tree.Node:
    """Return the tree of an expression; raises `TemplateFault` with the offset into `text`."""
    return parse_path(text) or parse_with_jinja(text)


def parse_path(text: str) -> tree.Node | None:
    """Return the tree of a plain `name` or `name.field`, which needs no parser; else None."""
    found = _PATH.fullmatch(text)
    if found is None:
        return None
    first, *fields = found.group(1).split(".")
    if first in _KEYWORDS or "__" in text:
        return None
    offset = found.start(1)
    node: tree.Node = tree.Name(offset, first)
    offset += len(first)
    for field in fields:
        node = tree.Field(offset, node, field)
        offset += len(field) + 1
    return node


def parse_with_jinja(text: str) -> tree.Node:
    """Return the tree of any expression; raises `TemplateFault` with the offset into `text`."""
    from jinja2.exceptions import TemplateSyntaxError
    from jinja2.lexer import TokenStream
    from jinja2.parser import Parser

    from storyboard.templates.translating import translate

    environment = _environment()
    tokens = list(_tokens(environment, text))
    parser = Parser(environment, "")
    try:
        parser.stream = TokenStream(environment.lexer.wrap(tokens), None, None)
        root = parser.parse_expression()
        if not parser.stream.eos:
            raise _unexpected(tokens, parser.stream.current.lineno)
        numerals = {at: token for at, kind, token in tokens if kind in ("integer", "float")}
        return translate(root, numerals)
    except TemplateSyntaxError as failure:
        at_end = parser.stream.eos
        raise (_ends_early(text) if at_end else _unexpected(tokens, failure.lineno)) from None


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment

    return Environment(autoescape=False)


def _tokens(environment: Environment, text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (offset, kind, text) of each token; refuses what would be too much for a parser."""
    from jinja2.exceptions import TemplateSyntaxError

    offset, count, depth = -3, 0, 0
    try:
        for _, kind, token in environment.lexer.tokeniter("{{ " + text + " }}", None):
            if kind == "string" and not _ESCAPES.fullmatch(token[1:-1]):
                hint = "use one of \\\\ \\' \\\" \\n \\t and \\uXXXX"
                raise TemplateFault("an unknown escape in a text", hint, offset)
            if kind == "operator":
                depth += (token in _OPENERS) - (token in ")]}")
                if depth > limits.EXPRESSION_DEPTH:
                    raise _too_deep(offset)
            if kind not in ("variable_begin", "variable_end", "whitespace"):
                count += 1
                yield offset, kind, token
            if count > limits.EXPRESSION_TOKENS:
                raise TemplateFault(
                    f"the expression has more than {limits.EXPRESSION_TOKENS} words and signs",
                    "move parts of it into `vars`",
                    offset,
                    kind=FaultKind.LIMIT,
                )
            offset += len(token)
    except TemplateSyntaxError:
        at = max(offset, 0)
        raise TemplateFault(f"unexpected '{text[at : at + 1]}'", None, at) from None


def _unexpected(tokens: list[tuple[int, str, str]], offset: int) -> TemplateFault:
    found = next((token for at, _, token in tokens if at == offset), "")
    if found == "=":
        return TemplateFault("unexpected '='", "to compare, write '=='", offset)
    return TemplateFault(f"unexpected '{found}'", None, offset)


def _ends_early(text: str) -> TemplateFault:
    message = "the expression ends too early"
    return TemplateFault(message, None, max(len(text.rstrip()) - 1, 0))


def _too_deep(offset: int) -> TemplateFault:
    message = f"the expression is nested deeper than {limits.EXPRESSION_DEPTH} brackets"
    return TemplateFault(message, "move parts of it into `vars`", offset, kind=FaultKind.LIMIT)
