"""Splits a scalar into texts and expressions. Knows where one ends, not what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from storyboard.printing import CONTROLS
from storyboard.templates import limits
from storyboard.templates.elsewhere import STATEMENTS_ELSEWHERE
from storyboard.templates.faults import FaultKind, TemplateFault

_OPENER = re.compile(r"\{[{%#]")
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w{1,20})")
_STEP = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|['"]|[(\[{]|\}\}|[)\]}]""", re.DOTALL)
_CONTROL = re.compile(f"[\r{CONTROLS}]")
_CLOSERS: Final[Mapping[str, str]] = MappingProxyType({"(": ")", "[": "]", "{": "}"})
_COMMENT_HINT = "close it; in a plain scalar, ' #' starts a comment and cuts the text: quote it"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between double braces; `start` is the offset of its first code point."""

    start: int
    text: str


def is_template(text: str) -> bool:
    """Tell whether a scalar has anything for a template in it. Cheap."""
    return "{" in text and _OPENER.search(text) is not None


def has_template(value: object) -> bool:
    """Tell whether a value of a file has a scalar with anything for a template in it."""
    match value:
        case str():
            return is_template(value)
        case dict():
            return any(map(has_template, value.values()))
        case list():
            return any(map(has_template, value))
    return False


def split(text: str) -> Iterator[str | Stretch]:
    """Yield the literal texts and the expressions in order; raises `TemplateFault`.

    Comments are left out, and so is the white space that `{{-`, `-}}`, `{#-` and `-#}` take away.
    """
    literal = ""
    position = count = 0
    trimmed = False
    while opener := _OPENER.search(text, position):
        literal += _trimmed(text[position : opener.start()], trimmed)
        start = opener.end()
        if text.startswith("-", start):
            literal, start = literal.rstrip(), start + 1
        if opener.group() == "{%":
            raise _statement(text, opener.start())
        if opener.group() == "{#":
            end = _comment_end(text, opener.start())
            trimmed = text[end - 1] == "-" and end - 1 >= start
            position = end + 2
            continue
        count += 1
        if count > limits.EXPRESSIONS:
            message = f"more than {limits.EXPRESSIONS} expressions in one text"
            raise TemplateFault(message, None, opener.start(), None, FaultKind.LIMIT)
        end = _closing(text, start)
        stretch = Stretch(start, text[start:end])
        trimmed = stretch.text.endswith("-")
        if trimmed:
            stretch = Stretch(start, stretch.text[:-1])
        _check(stretch, signed=start > opener.end())
        if literal:
            yield literal
            literal = ""
        yield stretch
        position = end + 2
    literal += _trimmed(text[position:], trimmed)
    if literal:
        yield literal


def _trimmed(text: str, wanted: bool) -> str:
    return text.lstrip() if wanted else text


def _statement(text: str, at: int) -> TemplateFault:
    found = _KEYWORD.match(text, at)
    word = found.group(1) if found else ""
    message = f"statements such as {{% {word or '…'} %}} are not a part of templates"
    hint = STATEMENTS_ELSEWHERE.get(word, "only expressions are: {{ … }}")
    return TemplateFault(message, hint, at, None, FaultKind.REFUSED)


def _comment_end(text: str, at: int) -> int:
    end = text.find("#}", at + 2)
    if end < 0:
        hint = "close it with '#}'; in a plain scalar, ' #' cuts the text: quote it"
        raise TemplateFault("'{#' is never closed", hint, at)
    return end


def _closing(text: str, start: int) -> int:
    """Return where the `}}` stands that closes the expression which starts at `start`."""
    opened: list[int] = []
    position = start
    while step := _STEP.search(text, position):
        found, position = step.group(), step.end()
        if found == "}}" and not opened:
            return step.start()
        if found in _CLOSERS:
            opened.append(step.start())
        elif found in ("}}", "}", "]", ")"):
            position = step.start() + 1
            if opened and _CLOSERS[text[opened[-1]]] != found[0]:
                raise _unclosed(f"'{text[opened[-1]]}' is never closed", text, start, opened[-1])
            del opened[-1:]
        elif found in ("'", '"'):
            message = f"a text that starts with {found} is never closed"
            raise _unclosed(message, text, start, step.start())
        if position - start > 4 * limits.EXPRESSION_CHARACTERS:
            break
    raise _unclosed("'{{' is never closed", text, start, start - 2)


def _unclosed(message: str, text: str, start: int, offset: int) -> TemplateFault:
    if len(text) - start > limits.EXPRESSION_CHARACTERS and "}}" in text[start:]:
        return _too_long(start)
    return TemplateFault(message, _COMMENT_HINT if message.startswith("'{{'") else None, offset)


def _too_long(start: int) -> TemplateFault:
    message = f"the expression is longer than {limits.EXPRESSION_CHARACTERS} characters"
    return TemplateFault(message, "move parts of it into `vars`", start, None, FaultKind.LIMIT)


def _check(stretch: Stretch, *, signed: bool) -> None:
    text = stretch.text
    if len(text) > limits.EXPRESSION_CHARACTERS:
        raise _too_long(stretch.start)
    if not text.strip():
        raise TemplateFault("the expression is empty", "name a variable", stretch.start, text)
    if (signed and text[0].isdigit()) or text[0] == "+" or text[-1] == "+":
        at = stretch.start + (len(text) - 1 if text[0] not in "+0123456789" else 0)
        message = "a sign beside the braces could be white space control"
        hint = "put a space between the braces and the sign: {{ -5 }}"
        raise TemplateFault(message, hint, at, text, FaultKind.REFUSED)
    if control := _CONTROL.search(text):
        at = stretch.start + control.start()
        raise TemplateFault("a control character in an expression", None, at, text)
