"""Writes composed scenes into a storyboard's text and leaves every other byte as it is.

Knows text and places; asks no studio and writes no file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from storyboard.language.yaml_writing import escaped, quoted, scene_lines
from storyboard.source.document import Document
from storyboard.source.places import Places
from storyboard.source.span import Span


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
            edits.append((begin, stop, " " * (begin == stop) + quoted(escaped(name))))
    text = document.text
    for begin, stop, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[stop:]
    return text


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
    lines = [" " * indent + line for line in ("scenes:", *scene_lines(form))]
    return line_end.start(), line_end.start(), newline + newline.join(lines)


def _escaped_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    form = dict(scene)
    if isinstance(form.get("narration"), str):
        form["narration"] = escaped(form["narration"])
    return form


def _offset(places: Places, span: Span, *, last: bool) -> int:
    line, column = (span.end_line, span.end_column) if last else (span.line, span.column)
    return places.offset(line) + column - 1
