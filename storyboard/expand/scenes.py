"""Which scenes a video has: `for_each`, `when` and what a locale lays over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from storyboard.expand.naming import NamedScene
from storyboard.expand.rendering import BROKEN, Renderer
from storyboard.language.names import nearest_or_all
from storyboard.language.place import Written, members
from storyboard.language.storyboard import SceneItem
from storyboard.source.diagnostic import Diagnostic, Note, error
from storyboard.source.numerals import spell
from storyboard.source.span import Span

MAX_ITEMS: Final = 200
"""Items of one `for_each`: far more than the scenes of a video, since `when` may drop some."""

_FIELD: Final = 'name one of the item\'s fields: id: "{{ item.id }}"'

MAX_TURNS: Final = 500
"""Scenes of one video that may be looked at, before `when` drops some."""


@dataclass(frozen=True, slots=True)
class Take:
    """One scene of one video, chosen and named; its fields are still as written.

    `overlay` is what the locale lays over the fields.
    """

    id: str
    item: SceneItem
    span: Span
    overlay: Mapping[str, Written]
    renderer: Renderer

    def field(self, name: str) -> Written | None:
        """Return a field: the locale's, else the scene's own."""
        return self.overlay.get(name) or self.item.fields.get(name)


def take_scenes(
    scenes: Sequence[NamedScene],
    overlays: Mapping[str, Written],
    renderer: Renderer,
) -> Iterator[Take]:
    """Yield the scenes of one video in order; what is wrong goes to the renderer's findings."""
    seen: dict[str, SceneItem] = {}
    before = len(renderer.findings)
    every = ((scene, *turn) for scene in scenes for turn in _turns(scene, renderer))
    for count, (scene, name, inner) in enumerate(every):
        if count == MAX_TURNS:
            renderer.findings.append(_too_many_turns(scene))
            return
        take = _named(scene, name, inner, overlays)
        if take is None:
            continue
        if take.id in seen:
            renderer.findings.append(_duplicate(take, seen[take.id]))
            continue
        seen[take.id] = scene.item
        if _is_wanted(take):
            yield take
    if len(renderer.findings) > before:
        return
    for unknown in overlays.keys() - seen.keys():
        hint = nearest_or_all(unknown, seen, "the storyboard has no scenes")
        place = overlays[unknown].place
        renderer.findings.append(
            error("unknown-scene", f"no scene has the id '{unknown}'", place.key_span, hint)
        )


def _turns(scene: NamedScene, renderer: Renderer) -> Iterator[tuple[str, Renderer]]:
    """Yield the id, still as written, and the renderer of each item; of one, without a loop."""
    loop = scene.item.fields.get("for_each")
    if loop is None:
        yield scene.id, renderer
        return
    values = renderer.render(loop)
    if values is BROKEN:
        return
    if not isinstance(values, list) or len(values) > MAX_ITEMS:
        renderer.findings.append(_no_list(loop, values))
        return
    own = "id" in scene.item.fields
    name = scene.id if own else f"{scene.id}-{{{{ index }}}}"
    for index, value in enumerate(values, 1):
        yield name, renderer.inside({"item": value, "index": index})


def _too_many_turns(scene: NamedScene) -> Diagnostic:
    message = f"the loops make more than {MAX_TURNS} scenes"
    return error("for-each", message, scene.span, "a video has 20 scenes at most")


def _no_list(loop: Written, values: Any) -> Diagnostic:
    if isinstance(values, list):
        message = f"for_each has {len(values)} items, and {MAX_ITEMS} is the most"
        return error("for-each", message, loop.place.span, "a video has 20 scenes at most")
    return error(
        "for-each",
        "for_each needs a list",
        loop.place.span,
        'write one, or the whole expression that yields one: "{{ features }}"',
    )


def _named(
    scene: NamedScene, name: str, renderer: Renderer, overlays: Mapping[str, Written]
) -> Take | None:
    item = scene.item
    place = item.fields["id"].place if "id" in item.fields else item.place
    rendered = renderer.render(Written(name, place)) if "{" in name else name
    if rendered is BROKEN:
        return None
    scene_id = rendered
    if isinstance(rendered, int | float) and not isinstance(rendered, bool):
        scene_id = spell(rendered)
    if not isinstance(scene_id, str):
        renderer.findings.append(
            error("scene-id", "a scene's id is a text or a number", place.span, _FIELD)
        )
        return None
    overlay = members(overlays[scene_id]) if scene_id in overlays else {}
    return Take(scene_id, item, scene.span, overlay, renderer)


def _is_wanted(take: Take) -> bool:
    own = take.field("when")
    conditions = take.item.conditions if own is None else (*take.item.conditions, own)
    return all(_holds(condition, take.renderer) for condition in conditions)


def _holds(condition: Written, renderer: Renderer) -> bool:
    value = renderer.render(condition)
    if isinstance(value, bool) or value is BROKEN:
        return value is True
    hint = "write a whole expression that is true or false: \"{{ locale != 'de' }}\""
    renderer.findings.append(
        error("when", "when is neither true nor false", condition.place.span, hint)
    )
    return False


def _duplicate(take: Take, first: SceneItem) -> Diagnostic:
    item = take.item
    written = item.fields.get("id")
    span = (written.place if written else item.place).span
    if first is item:
        hint = 'let the id differ by item: id: "feature-{{ item.id }}" or "feature-{{ index }}"'
        return error(
            "duplicate-scene", f"two items of for_each have the id '{take.id}'", span, hint
        )
    found = error(
        "duplicate-scene",
        f"two scenes have the id '{take.id}'",
        span,
        "ids tell scenes apart in translations and plans; give each its own",
    )
    other = first.fields.get("id")
    note = Note("the first one", (other.place if other else first.place).span)
    return replace(found, notes=(note,))
