"""Splits a scalar into texts and expressions. Knows where one ends, not what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from storyboard.templates import limits
from storyboard.templates.faults import FaultKind, TemplateFault

_OPENER = re.compile(r"\{[{%#]")
_STEP = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|['"]|[(\[{]|\}\}|[)\]}]""", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
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


def split(text: str) -> Iterator[str | Stretch]:
    """Yield the literal texts and the expressions in order; raises `TemplateFault`."""
    position = count = 0
    while opener := _OPENER.search(text, position):
        if opener.start() > position:
            yield text[position : opener.start()]
        _only_expressions(opener)
        count += 1
        if count > limits.EXPRESSIONS:
            message = f"more than {limits.EXPRESSIONS} expressions in one text"
            raise TemplateFault(message, None, opener.start(), None, FaultKind.LIMIT)
        end = _closing(text, opener.end())
        stretch = Stretch(opener.end(), text[opener.end() : end])
        _check(stretch)
        yield stretch
        position = end + 2
    if position < len(text):
        yield text[position:]


def _only_expressions(opener: re.Match[str]) -> None:
    match opener.group():
        case "{%":
            message = "statements such as {% … %} are not a part of templates"
            hint = "only expressions, {{ … }}; a scene can have `when`, `for_each` and `include`"
        case "{#":
            message = "comments such as {# … #} are not a part of templates"
            hint = "use a YAML comment or `notes`; for the characters themselves, {{ '{#' }}"
        case _:
            return
    raise TemplateFault(message, hint, opener.start(), None, FaultKind.REFUSED)


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


def _check(stretch: Stretch) -> None:
    text = stretch.text
    if len(text) > limits.EXPRESSION_CHARACTERS:
        raise _too_long(stretch.start)
    if not text.strip():
        raise TemplateFault("the expression is empty", "name a variable", stretch.start, text)
    if text[0] in "-+" or text[-1] in "-+":
        at = stretch.start if text[0] in "-+" else stretch.start + len(text) - 1
        message = "white space control such as '{{-' is not a part of templates"
        hint = "put a space between the braces and the sign"
        raise TemplateFault(message, hint, at, text, FaultKind.REFUSED)
    if control := _CONTROL.search(text):
        at = stretch.start + control.start()
        raise TemplateFault("a control character in an expression", None, at, text)
