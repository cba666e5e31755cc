"""Writes composed scenes into a storyboard's text and leaves every other byte as it is.

Knows text and places; asks no studio and writes no file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from storyboard.source.document import Document
from storyboard.source.places import Places
from storyboard.source.scalars import is_text_to_all
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN

_PLAIN: Final = re.compile(r"[^\W\d_](?:[^\n\r:#]|:(?=[^\s])|(?<=\S)#)*(?<![\s:])")
_TEMPLATE: Final = re.compile(r"(?:\{[{%#])+")
"""A run of openers is one expression, of which a text has 20 at most."""

_SHORT_BROLL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*@[0-9]+(\.[0-9]{1,3})?")
_LINE_WIDTH: Final = 100


def write_scenes(
    document: Document, scenes: Sequence[Mapping[str, Any]], name: str | None = None
) -> str:
    """Return the text with `compose` renamed to `composed`, and the scenes behind it.

    `scenes` are in the file's own words: `id`, `layoutType`, `narration`, `broll` (a string or an
    object), `avatar`; texts are data, so what looks like an expression in them is escaped. `name`
    takes the place of the file's where one is given. The caller has seen that `compose` is there
    and `scenes` is not.
    """
    places = Places(document.path, document.text)
    key, value = document.key_span(("compose",)), document.span(("compose",))
    start, end = _offset(places, key, last=False), _offset(places, key, last=True)
    renamed = document.text[start:end].replace("compose", "composed", 1)
    after = _offset(places, value, last=True)
    edits = [(start, end, renamed), _insertion(document, scenes, after, key.column - 1)]
    if name is not None:
        span = document.span(("name",))
        if span != document.span(()):
            begin, stop = _offset(places, span, last=False), _offset(places, span, last=True)
            # Behind `name:` with nothing, a quote alone would belong to the key.
            edits.append((begin, stop, " " * (begin == stop) + _quoted(escaped(name))))
    text = document.text
    for begin, stop, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[stop:]
    return text


def escaped(text: str) -> str:
    """Return a text that reads as itself where expressions are evaluated.

    Characters that no file may hold are left out.
    """
    return _TEMPLATE.sub(lambda match: "{{ '" + match[0] + "' }}", FORBIDDEN.sub("", text))


def _insertion(
    document: Document, scenes: Sequence[Mapping[str, Any]], after: int, indent: int
) -> tuple[int, int, str]:
    """Return where the scenes go, and their text: behind the block, in the file's own style."""
    text = document.text
    form = [_escaped_scene(scene) for scene in scenes]
    if text.lstrip().startswith("{"):
        return after, after, f', "scenes": {json.dumps(form, ensure_ascii=False)}'
    line_end = re.compile(r"\r\n|\n|\r|\Z").search(text, after)
    assert line_end is not None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = [" " * indent + line for line in ("scenes:", *_lines(form))]
    return line_end.start(), line_end.start(), newline + newline.join(lines)


def _escaped_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    form = dict(scene)
    if isinstance(form.get("narration"), str):
        form["narration"] = escaped(form["narration"])
    return form


def _lines(scenes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for scene in scenes:
        lead = "  - "
        for key, value in scene.items():
            if key == "narration":
                yield from _narration(f"{lead}{key}:", value)
            else:
                yield f"{lead}{key}: {_value(value)}"
            lead = "    "


def _narration(head: str, text: str) -> Iterator[str]:
    """Yield a narration on one line, or folded where it is long: joined again, it is the same."""
    single = f"{head} {_scalar(text)}"
    words = text.split(" ")
    foldable = text == " ".join(text.split())
    if len(single) <= _LINE_WIDTH or not foldable or len(words) < 2:
        yield single
        return
    yield f"{head} >-"
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > _LINE_WIDTH - 6:
            yield f"      {line}"
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield f"      {line}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value if _SHORT_BROLL.fullmatch(value) else _scalar(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_flow_value(v)}" for k, v in value.items()) + "}"
    return json.dumps(value)


def _flow_value(value: Any) -> str:
    is_word = isinstance(value, str) and re.fullmatch(r"[a-z][a-z0-9-]*", value)
    if is_word and is_text_to_all(str(value)):
        return str(value)
    return _quoted(value) if isinstance(value, str) else _value(value)


def _scalar(text: str) -> str:
    """Return a text as a scalar: plain where that is certainly safe, else in double quotes."""
    is_plain = _PLAIN.fullmatch(text) and is_text_to_all(text)
    if is_plain and "{{" not in text:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _offset(places: Places, span: Span, *, last: bool) -> int:
    line, column = (span.end_line, span.end_column) if last else (span.line, span.column)
    return places.offset(line) + column - 1
