"""Holds a resolved form against the schema `video`, and says each fault on the author's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storyboard.expand.expansion import Expansion
from storyboard.kaltura.wire import MAX_SCENES
from storyboard.source.diagnostic import Diagnostic, error
from storyboard.source.fault import SchemaFault
from storyboard.source.schema import CODE_OF_KEYWORD, accepts, explain
from storyboard.source.span import Pointer, Span
from storyboard.video import SceneOrigin

SCHEMA = "video"


def check_form(expansion: Expansion) -> tuple[Diagnostic, ...]:
    """Return what the strict schema refuses in an expansion; nothing where it has no form."""
    if expansion.form is None or accepts(SCHEMA, expansion.form):
        return ()
    return tuple(_findings(expansion, expansion.form))


def _findings(expansion: Expansion, form: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for fault in explain(SCHEMA, form):
        if fault.pointer == ("scenes",) and fault.keyword == "maxItems":
            yield _too_many_scenes(expansion, len(form["scenes"]))
            continue
        code = CODE_OF_KEYWORD.get(fault.keyword, "bad-shape")
        span = _span(expansion, fault.pointer)
        message = f"{_where(fault, form)}{fault.message}"
        yield error(code, message, span, fault.hint)


def _too_many_scenes(expansion: Expansion, count: int) -> Diagnostic:
    return error(
        "too-many-scenes",
        f"the video has {count} scenes, and {MAX_SCENES} is the most",
        expansion.origins[MAX_SCENES].span,
        "this is the first one too many; split the storyboard, or drop scenes by `when`",
    )


def _where(fault: SchemaFault, form: Mapping[str, Any]) -> str:
    match fault.pointer:
        case ("scenes", int(index), *_):
            return f"scene '{form['scenes'][index]['id']}': "
        case _:
            return ""


def _span(expansion: Expansion, pointer: Pointer) -> Span:
    match pointer:
        case ("scenes", int(index), *field):
            return expansion.origins[index].of(_dotted(field))
        case _:
            return SceneOrigin(expansion.span, expansion.spans).of(_dotted(pointer))


def _dotted(pointer: Pointer | list[str | int]) -> str:
    return ".".join(str(step) for step in pointer)
