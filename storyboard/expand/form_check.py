"""Holds a resolved form against the schema `video`, and says each fault on the author's line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storyboard.expand.expansion import Expansion
from storyboard.expand.rendering import BROKEN
from storyboard.language.forms import long_avatar
from storyboard.source.diagnostic import Diagnostic, error
from storyboard.source.fault import SchemaFault
from storyboard.source.schema import CODE_OF_KEYWORD, accepts, explain
from storyboard.source.span import Pointer, Span
from storyboard.video import SceneOrigin
from storyboard.wire import MAX_SCENES

SCHEMA = "video"


def check_form(expansion: Expansion) -> tuple[Diagnostic, ...]:
    """Return what the strict schema refuses in an expansion; nothing where it has no form."""
    form = expansion.form if expansion.whole else _patched(expansion.form)
    return () if accepts(SCHEMA, form) else tuple(_findings(expansion, form))


def _patched(form: Mapping[str, Any]) -> dict[str, Any]:
    """Put something harmless into the holes of a form, so that the rest can be checked."""
    whole = {key: value for key, value in form.items() if value is not BROKEN}
    whole.setdefault("name", form["id"])
    whole.setdefault("avatar", long_avatar({}))
    whole["scenes"] = [_patched_scene(scene) for scene in form["scenes"]]
    return whole


def _patched_scene(scene: Mapping[str, Any]) -> dict[str, Any]:
    whole = {key: value for key, value in scene.items() if value is not BROKEN}
    if len(whole) < len(scene) and ("broll" not in whole or "layoutType" not in whole):
        whole["layoutType"] = "full-screen"
    return whole


def _findings(expansion: Expansion, form: Mapping[str, Any]) -> Iterator[Diagnostic]:
    for fault in explain(SCHEMA, form):
        special = _special(expansion, fault, form)
        if special is not None:
            yield special
            continue
        code = CODE_OF_KEYWORD.get(fault.keyword, "bad-shape")
        span = _span(expansion, fault.pointer)
        message = f"{_where(fault, form)}{fault.message}"
        yield error(code, message, span, fault.hint)


def _special(
    expansion: Expansion, fault: SchemaFault, form: Mapping[str, Any]
) -> Diagnostic | None:
    """Return what there is more to say about than the schema knows."""
    match fault.pointer, fault.keyword:
        case ("scenes",), "maxItems":
            return _too_many_scenes(expansion, len(form["scenes"]))
        case ("scenes", int(index)), "required":
            return _no_clip(form["scenes"][index]["id"], expansion.origins[index])
        case ("id",), _ if "id" not in expansion.spans:
            message = f"the file's name gives the id '{form['id']}', which is none"
            hint = "name the file in lower-case letters, digits and '-', or write an `id`"
            return error("bad-format", message, expansion.span, hint)
        case _:
            return None


def _no_clip(scene_id: str, origin: SceneOrigin) -> Diagnostic:
    message = f"scene '{scene_id}' has the layout 'broll', and no clip to show"
    hint = "add one: `broll: name@0:30`, or leave the layout out"
    return error("broll-needed", message, origin.of("layoutType"), hint)


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
