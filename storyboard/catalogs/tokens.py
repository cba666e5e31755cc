"""What a translator sees of a template: `{product}` for an expression, braces doubled elsewhere.

The reverse holds too: a translation is split at its tokens and never read as a template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from storyboard.templates import syntax as tree
from storyboard.templates.expressions import Expression, Template, parse_template
from storyboard.templates.literals import has_words

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Token:
    """A `{name}` of a text, and the expression that it stands for."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Message:
    """A source text as its catalog entry has it."""

    msgid: str
    tokens: tuple[Token, ...]
    """Each name once, in order of first appearance."""
    counts: Counter[str]
    """How often each token stands in the text."""
    has_words: bool
    """Whether anything but tokens is there to translate."""
    inlined: tuple[tuple[str, str], ...] = ()
    """Tokens whose values stand in `msgid`, since they are to be translated, with the values."""
    bare: str | None = None
    """What `msgid` would be with tokens for them, where there are any."""

    def expression(self, name: str) -> Expression:
        """Return what a token stands for; raises `KeyError`."""
        for token in self.tokens:
            if token.name == name:
                return token.expression
        raise KeyError(name)


@lru_cache(maxsize=8192)
def message_of(text: str, inlined: tuple[tuple[str, str], ...] = ()) -> Message:
    """Return the message of a source text; one that is no good template counts as plain.

    The tokens named in `inlined` do not appear: their values stand in the text for a translator.
    """
    template = parse_template(text)
    # Its fault is told where it stands; a sync before that loses no translation.
    if not isinstance(template, Template):
        return Message(doubled(text), (), Counter(), has_words(text))
    values = dict(inlined)
    names: dict[str, Token] = {}
    by_text: dict[str, str] = {}
    pieces: list[str] = []
    counts: Counter[str] = Counter()
    for part in template.parts:
        if isinstance(part, str):
            pieces.append(doubled(part))
            continue
        # `{{x}}` and `{{ x }}` are one token: a translator cannot see the difference.
        normal = " ".join(part.text.split())
        if normal not in by_text:
            by_text[normal] = name = _free(_name_of(part.root), names)
            names[name] = Token(name, part)
        name = by_text[normal]
        if name in values:
            pieces.append(doubled(values[name]))
            continue
        counts[name] += 1
        pieces.append("{" + name + "}")
    words = any(isinstance(part, str) and has_words(part) for part in template.parts)
    tokens = tuple(token for name, token in names.items() if name not in values)
    bare = message_of(text).msgid if inlined else None
    return Message("".join(pieces), tokens, counts, words or bool(inlined), inlined, bare)


def literal_message(text: str) -> Message:
    """Return the message of a text that an expression has in quotes: no template, all words."""
    return Message(doubled(text), (), Counter(), has_words=True)


@dataclass(frozen=True, slots=True)
class Placed:
    """A token's name where it stands in a translation."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Stray:
    """A brace that is neither doubled nor a token's."""

    offset: int


def split_translation(text: str) -> Iterator[str | Placed | Stray]:
    """Yield the literal texts, tokens and stray braces of a translation in order."""
    position = 0
    for piece in _PIECE.finditer(text):
        if piece.start() > position:
            yield text[position : piece.start()]
        position = piece.end()
        if piece[0] in ("{{", "}}"):
            yield piece[0][0]
        elif piece[1] is None:
            yield Stray(piece.start())
        else:
            yield Placed(piece[1], piece.start())
    if position < len(text):
        yield text[position:]


def renamed_token(old: str, new: str) -> tuple[str, str] | None:
    """Return the one token that two texts call differently: its old name and its new one.

    The tokens stand in the same order, and all others have their names; None if not.
    """
    before, after = _names(old), _names(new)
    gone, come = set(before) - set(after), set(after) - set(before)
    if len(gone) != 1 or len(come) != 1:
        return None
    pair = (gone.pop(), come.pop())
    renamed = [pair[1] if name == pair[0] else name for name in before]
    return pair if renamed == after else None


def with_token(text: str, old: str, new: str) -> str:
    """Return a text in which a token has another name; one with a stray brace stays as it is."""
    pieces = []
    for piece in split_translation(text):
        match piece:
            case str():
                pieces.append(doubled(piece))
            case Placed(name=name):
                pieces.append("{" + (new if name == old else name) + "}")
            case Stray():
                return text
    return "".join(pieces)


def doubled(text: str) -> str:
    """Return a text as a catalog has it, where single braces are a token's."""
    return text.replace("{", "{{").replace("}", "}}")


def _names(text: str) -> list[str]:
    return [piece.name for piece in split_translation(text) if isinstance(piece, Placed)]


def _name_of(node: tree.Node) -> str:
    """Return a word for an expression: the last part of the path it starts with."""
    while isinstance(node, tree.Filter):
        node = node.of
    match node:
        case tree.Name():
            return node.name
        case tree.Field():
            return node.key
        case tree.Item(key=tree.Const(value=str() as key)) if key.isidentifier():
            return key
        case tree.Item() | tree.Slice():
            return _name_of(node.of)
        case _:
            return "value"


def _free(name: str, taken: dict[str, Token]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"
