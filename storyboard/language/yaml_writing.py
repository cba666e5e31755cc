"""Writes values as YAML text, as a person would: plain where that is safe, folded where it is long.

What is written reads back as it was, and no text becomes an expression. Knows no schema but which
short forms need no quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from storyboard.source.scalars import is_text_to_all
from storyboard.source.text import FORBIDDEN

_PLAIN: Final = re.compile(r"[^\W\d_](?:[^\n\r:#]|:(?=[^\s])|(?<=\S)#)*(?<![\s:])")
_TEMPLATE: Final = re.compile(r"(?:\{[{%#])+")
"""A run of openers is one expression, of which a text has 20 at most."""

_SHORT_BROLL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*@[0-9]+(\.[0-9]{1,3})?")
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9._/*-]*|[0-9]+_(?=[0-9]*[A-Za-z])[A-Za-z0-9]+")
"""What needs no quotes between braces: a word, a glob, and an entry id with a letter in it: to YAML
1.1, `1_000` is a number."""

_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_UNFOLDABLE: Final = re.compile(r"[\n\r\t]|  |^ | $")
"""What a folded text would not keep. Other white space is a letter to YAML."""

_LINE_WIDTH: Final = 100
_DEEPEST: Final = 2
"""Mappings in each other on one line, as an avatar with its background is."""


def escaped(text: str) -> str:
    """Return a text that reads as itself where expressions are evaluated.

    Characters that no file may hold are left out.
    """
    return _TEMPLATE.sub(lambda match: "{{ '" + match[0] + "' }}", FORBIDDEN.sub("", text))


def document_lines(form: Mapping[str, Any], *, inline: Collection[str] = ()) -> Iterator[str]:
    """Yield the lines of a whole file. Its texts are written as they are, templates among them.

    A mapping at the top has a line a key, unless it is one of `inline`; deeper down, what is short
    and simple is written on one.
    """
    for key, value in form.items():
        yield from _entry(key, value, "", in_block=key not in inline)


def scene_lines(scenes: Sequence[Mapping[str, Any]], indent: str = "  ") -> Iterator[str]:
    """Yield a list of mappings, each with a line a key, and long texts folded."""
    for scene in scenes:
        lead = f"{indent}- "
        for key, value in scene.items():
            if isinstance(value, str):
                yield from _text(f"{lead}{_key(key)}:", value, f"{indent}    ")
            else:
                yield f"{lead}{_key(key)}: {value_form(value)}"
            lead = f"{indent}  "


def quoted(text: str) -> str:
    """Return a text in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _entry(key: str, value: Any, indent: str, *, in_block: bool = False) -> Iterator[str]:
    head = f"{indent}{_key(key)}:"
    if isinstance(value, str):
        yield from _text(head, value, f"{indent}  ")
    elif isinstance(value, Mapping):
        if not value or (not in_block and _fits(head, value)):
            yield f"{head} {value_form(value)}"
            return
        yield head
        for name, part in value.items():
            yield from _entry(name, part, f"{indent}  ")
    elif isinstance(value, Sequence) and value and all(isinstance(v, Mapping) for v in value):
        yield head
        yield from scene_lines(value, f"{indent}  ")
    else:
        yield f"{head} {value_form(value)}"


def _fits(head: str, value: Mapping[str, Any]) -> bool:
    return _depth(value) <= _DEEPEST and len(f"{head} {value_form(value)}") <= _LINE_WIDTH


def _depth(value: Any) -> int:
    if not isinstance(value, Mapping):
        return 0
    return 1 + max(map(_depth, value.values()), default=0)


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    """Yield a text on one line, folded where it is long, or in its own lines: it reads the same."""
    lines = text.split("\n")
    if len(lines) > 1 and _are_lines(lines):
        yield f"{head} |-"
        yield from (f"{indent}{line}".rstrip() for line in lines)
        return
    single = f"{head} {scalar(text)}"
    words = text.split(" ")
    if len(single) <= _LINE_WIDTH or _UNFOLDABLE.search(text) or len(words) < 2:
        yield single
        return
    yield f"{head} >-"
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > _LINE_WIDTH - len(indent):
            yield f"{indent}{line}"
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield f"{indent}{line}"


def _are_lines(lines: Sequence[str]) -> bool:
    """Whether a block shows these lines as they are: no space at an end that it would swallow."""
    spoiled = any(line != line.strip() or "\t" in line or "\r" in line for line in lines)
    return bool(lines[0] and lines[-1]) and not spoiled


def _key(key: str) -> str:
    is_plain = _KEY.fullmatch(key) and is_text_to_all(key)
    return key if is_plain else quoted(key)


def value_form(value: Any) -> str:
    """Return a value as it stands behind a key on a line."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {flow_form(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(flow_form, value)) + "]"
    return json.dumps(value)


def flow_form(value: Any) -> str:
    """Return a value as it stands between braces."""
    if isinstance(value, str):
        return value if _is_word(value) or _SHORT_BROLL.fullmatch(value) else quoted(value)
    return value_form(value)


def _is_word(text: str) -> bool:
    return _WORD.fullmatch(text) is not None and is_text_to_all(text)


def scalar(text: str) -> str:
    """Return a text as a scalar: plain where that is certainly safe, else in double quotes."""
    is_plain = _SHORT_BROLL.fullmatch(text) or (_PLAIN.fullmatch(text) and is_text_to_all(text))
    if is_plain and "{{" not in text:
        return text
    return quoted(text)
