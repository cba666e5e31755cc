"""What a spoken text asks translators for: its own words, and those of the values in it.

A value is a token, such as `{product}`, and the same in every language. But some values are words:

- A variable or a loop's item whose text reads as words (`prose.py`) stands in the text itself, so
  that a translator has the whole sentence.
- A text in quotes inside an expression, such as `{{ 'urgent' if late else 'open' }}`, has an entry
  of its own, whichever of them is said today; a form of `plural` has one for each class of numbers
  that the locale's language tells apart.
- What the author gives by locale is his translation: a variable of `localize`, an expression that
  asks for `locale`. So is what `| verbatim` marks; `| translate` marks words that look like a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from storyboard.catalogs.prose import is_prose, is_written_prose, may_be_prose
from storyboard.catalogs.tokens import Message, Token, literal_message, message_of
from storyboard.expand.doubt import Doubt
from storyboard.expand.localized_names import LOCALE
from storyboard.expand.rendering import Renderer
from storyboard.templates import syntax as tree
from storyboard.templates.cldr import plural_examples
from storyboard.templates.evaluating import Rendering
from storyboard.templates.expressions import Expression, TemplateFault
from storyboard.templates.formats import NUMBER_SIGN, has_number
from storyboard.templates.literals import (
    Literal,
    reworded,
    spoken_literals,
    spoken_names,
    unfiltered,
)
from storyboard.templates.marks import TRANSLATE
from storyboard.templates.scanning import is_template

_EXAMPLES: Final = 4
_LETTERS: Final = frozenset({"capitalize", "lower", "title", "upper"})
"""Filters that take away which letters were small."""
_SHAPES: Final = _LETTERS | {"string", "tojson", "trim"}
"""And those that put something around a text; of a list they make one, so it is asked both ways."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text in quotes inside a token's expression, and the context of its own entry."""

    token: str
    key: str
    context: str
    message: Message
    remark: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's own message, and those of the words inside its expressions."""

    message: Message
    words: tuple[Words, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def reworded(self, translations: Mapping[str, str]) -> Message:
        """Return the message whose expressions say other words, by the context of each."""
        if not self.words:
            return self.message
        texts: dict[str, dict[str, str]] = {}
        for each in self.words:
            texts.setdefault(each.token, {})[each.key] = translations[each.context]
        tokens = tuple(
            Token(token.name, reworded(token.expression, texts[token.name]))
            if token.name in texts
            else token
            for token in self.message.tokens
        )
        return replace(self.message, tokens=tokens)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of a token without its value."""

    token: Token
    names: frozenset[str]
    spoken: frozenset[str]
    literals: tuple[Literal, ...]
    is_marked: bool


def wording_of(context: str, text: str, renderer: Renderer) -> Wording:
    """Return what a text in the source's language asks translators for, in one video."""
    if not is_template(text):
        return Wording(message_of(text))
    values: list[tuple[str, str]] = []
    words: list[Words] = []
    doubts: list[Doubt] = []
    for said in _said(text):
        if LOCALE in said.names:
            continue
        whole = _foreign_text(said, renderer)
        value = None if whole is None else _value_in_words(said, renderer, whole)
        if value is not None:
            values.append((said.token.name, value))
            continue
        words += _words(context, said, renderer.locale)
        if whole is not None and not (said.is_marked or said.literals) and may_be_prose(whole):
            doubts.append(Doubt(whole, said.token.expression.text.strip()))
    return Wording(message_of(text, tuple(values)), tuple(words), tuple(doubts))


@lru_cache(maxsize=4096)
def _said(text: str) -> tuple[_Said, ...]:
    return tuple(
        _Said(
            token,
            tree.names(token.expression.root),
            spoken_names(token.expression),
            spoken_literals(token.expression),
            _is_marked(token.expression.root),
        )
        for token in message_of(text).tokens
    )


def _foreign_text(said: _Said, renderer: Renderer) -> str | None:
    """Return a token's value in the source's language, where variables in it have a part in it."""
    if not said.spoken - renderer.localized:
        return None
    return _text(said.token.expression, renderer.scope, renderer.source)


def _value_in_words(said: _Said, renderer: Renderer, whole: str) -> str | None:
    """Return a token's value, or what of it is to be translated, where variables give it words."""
    foreign = said.spoken - renderer.localized
    if not _says_words(said.token.expression, renderer.scope, renderer, said):
        return None
    if not said.literals and foreign == said.spoken:
        return whole
    known = {name: renderer.scope[name] for name in said.spoken - foreign if name in renderer.scope}
    scope = {**renderer.scope, **{name: _blank(value) for name, value in known.items()}}
    silent = reworded(said.token.expression, {each.key: "" for each in said.literals})
    return whole if _says_words(silent, scope, renderer, said) else None


def _says_words(
    expression: Expression, scope: Mapping[str, Any], renderer: Renderer, said: _Said
) -> bool:
    """Tell whether a text is words, as it is said or as it was before filters changed its letters.

    `{{ tagline | upper }}` has no small letter left that could tell.
    """
    forms = (expression, unfiltered(expression, _LETTERS), unfiltered(expression, _SHAPES))
    texts = (_text(form, scope, renderer.source) for form in dict.fromkeys(forms))
    return any(text is not None and _is_words(text, said) for text in texts)


def _is_words(text: str, said: _Said) -> bool:
    return is_prose(text) or (said.is_marked and is_written_prose(text))


def _text(expression: Expression, scope: Mapping[str, Any], source: str | None) -> str | None:
    try:
        return expression.render_text(Rendering(scope, source))
    except TemplateFault:
        return None  # told by whoever renders the text itself


def _words(context: str, said: _Said, locale: str | None) -> Iterator[Words]:
    """Yield the texts in quotes that a token may say."""
    where = f"a part of '{context}': {{{said.token.name}}}"
    forms: dict[str, dict[str, Literal]] = {}
    for literal in said.literals:
        if literal.plural is not None:
            number, category = literal.plural
            forms.setdefault(number, {})[category] = literal
        elif is_written_prose(literal.text):
            yield _entry(context, said, literal.key, literal.text, where)
    for number, by_category in forms.items():
        if not any(is_written_prose(form.text) for form in by_category.values()):
            continue
        for category, examples in plural_examples(locale or "en").items():
            form = by_category.get(category) or by_category.get("other")
            if form is not None:
                some = ", ".join(map(str, examples[:_EXAMPLES]))
                remark = f"{where}, for numbers like {some}"
                if has_number(form.text):
                    remark += f"; {NUMBER_SIGN} is the number, which may be left out"
                yield _entry(context, said, f"{number}.{category}", form.text, remark)


def _entry(context: str, said: _Said, key: str, text: str, remark: str) -> Words:
    name = said.token.name
    return Words(name, key, f"{context}.{name}.{key}", literal_message(text), remark)


def _is_marked(root: tree.Node) -> bool:
    """Tell whether an expression says that its text is to be translated."""
    if isinstance(root, tree.Filter) and root.name == TRANSLATE.name:
        return True
    return any(map(_is_marked, tree.children(root)))


def _blank(value: Any) -> Any:
    """Return a value without the texts in it: they are the author's translation."""
    if isinstance(value, str):
        return ""
    if isinstance(value, dict):
        return {key: _blank(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_blank(part) for part in value]
    return value
