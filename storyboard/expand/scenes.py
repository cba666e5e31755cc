"""Which scenes a video has: `for_each`, `when` and what a locale lays over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from storyboard.counting import counted
from storyboard.expand.assembly import Assembled
from storyboard.expand.localized_names import is_localized
from storyboard.expand.rendering import BROKEN, Renderer
from storyboard.expand.scene_ids import NamedScene
from storyboard.language.names import nearest_or_all
from storyboard.language.place import Written
from storyboard.language.storyboard import SceneItem
from storyboard.source.diagnostic import Diagnostic, Note, diagnose
from storyboard.source.numerals import spell
from storyboard.source.span import Span
from storyboard.templates.values import describe
from storyboard.wire import MAX_SCENES

MAX_ITEMS: Final = 200
"""Items of one `for_each`: far more than the scenes of a video, since `when` may drop some."""

_FIELD: Final = 'name one of the item\'s fields: id: "{{ item.id }}"'

_WRITE_A_LIST: Final = 'write one, or the whole expression that yields one: "{{ features }}"'

_MOST: Final = f"make fewer; a video has at most {MAX_SCENES} scenes"

MAX_TURNS: Final = 500
"""Scenes of one video that may be looked at, before `when` drops some."""


@dataclass(frozen=True, slots=True)
class Take:
    """One scene of one video, chosen and named; its fields are still as written.

    `covered` are the clips that the locale lays others over, the scene's own first.
    """

    id: str
    item: SceneItem
    span: Span
    renderer: Renderer
    covered: tuple[Written, ...] = ()


@dataclass(slots=True)
class _Casting:
    """The work on the scenes of one video; `is_whole` until one of them cannot be told."""

    overlays: Mapping[str, tuple[SceneItem, ...]]
    renderer: Renderer
    is_whole: bool

    def miss(self, *findings: Diagnostic) -> None:
        """Record that a scene is missing here, and why where it was not said yet."""
        self.renderer.findings.extend(findings)
        self.is_whole = False


def take_scenes(
    assembled: Assembled, overlays: Mapping[str, tuple[SceneItem, ...]], renderer: Renderer
) -> tuple[Take, ...]:
    """Return the scenes of one video in order; what is wrong goes to the renderer's findings."""
    work = _Casting(overlays, renderer, assembled.is_whole)
    seen: dict[str, SceneItem] = {}
    takes = []
    for take in _named_takes(assembled.scenes, work):
        if take.id in seen:
            renderer.findings.append(_duplicate(take, seen[take.id]))
            continue
        seen[take.id] = take.item
        if _is_wanted(take):
            takes.append(take)
    if work.is_whole:
        renderer.findings.extend(_unknown_scenes(overlays, seen))
    return tuple(takes)


def _named_takes(scenes: Sequence[NamedScene], work: _Casting) -> Iterator[Take]:
    every = ((scene, *turn) for scene in scenes for turn in _turns(scene, work))
    for count, (scene, name, inner) in enumerate(every):
        if count == MAX_TURNS:
            work.miss(_too_many_turns(scene))
            return
        take = _named(scene, name, inner, work)
        if take is not None:
            yield take


def _unknown_scenes(
    overlays: Mapping[str, tuple[SceneItem, ...]], known: Mapping[str, SceneItem]
) -> Iterator[Diagnostic]:
    for unknown in overlays.keys() - known.keys():
        hint = nearest_or_all(unknown, known, "the storyboard has no scenes")
        for over in overlays[unknown]:
            span = over.place.key_span
            yield diagnose("unknown-scene", f"no scene has the id '{unknown}'", span, hint)


def _turns(scene: NamedScene, work: _Casting) -> Iterator[tuple[str, Renderer]]:
    """Yield the id, still as written, and the renderer of each item; of one, without a loop."""
    loop, renderer = scene.item.for_each, work.renderer
    if loop is None:
        yield scene.id, renderer
        return
    values = renderer.render(loop)
    if values is BROKEN:
        work.miss()
        return
    if not isinstance(values, list) or len(values) > MAX_ITEMS:
        work.miss(_no_list(loop, values, renderer))
        return
    name = scene.id if scene.item.id else f"{scene.id}-{{{{ index }}}}"
    localized = is_localized(loop.value, renderer.localized)
    for index, value in enumerate(values, 1):
        yield name, renderer.inside({"item": value, "index": index}, localized=localized)


def _too_many_turns(scene: NamedScene) -> Diagnostic:
    message = f"the loops make more than {MAX_TURNS} scenes"
    return diagnose("for-each", message, scene.span, _MOST)


def _no_list(loop: Written, values: Any, renderer: Renderer) -> Diagnostic:
    if isinstance(values, list):
        message = f"for_each has {counted(len(values), 'item')}, and {MAX_ITEMS} is the most"
        return diagnose("for-each", message, loop.place.span, _MOST)
    given = renderer.from_command_line(loop)
    if given is None:
        message = f"for_each needs a list, and this is {describe(values)}"
        return diagnose("for-each", message, loop.place.span, _WRITE_A_LIST)
    message = f"for_each needs a list, and the command line gives '{given}' {describe(values)}"
    # Either option may have given it: no layer tells which.
    hint = f"write '{given}: […]' in the file of --var-file FILE: --var takes no list"
    return diagnose("for-each", message, loop.place.span, hint)


def _named(scene: NamedScene, name: str, renderer: Renderer, work: _Casting) -> Take | None:
    item = scene.item
    place = item.place if item.id is None else item.id.place
    rendered = renderer.render(Written(name, place)) if "{" in name else name
    if rendered is BROKEN:
        work.miss()
        return None
    scene_id = rendered
    if isinstance(rendered, int | float) and not isinstance(rendered, bool):
        scene_id = spell(rendered)
    if not isinstance(scene_id, str):
        work.miss(diagnose("scene-id", "a scene's id is a text or a number", place.span, _FIELD))
        return None
    covered: tuple[Written, ...] = ()
    for over in work.overlays.get(scene_id, ()):
        if over.broll is not None and item.broll is not None:
            covered = (*covered, item.broll)
        item = item.under(over)
    return Take(scene_id, item, scene.span, renderer, covered)


def _is_wanted(take: Take) -> bool:
    own = take.item.when
    conditions = take.item.conditions if own is None else (*take.item.conditions, own)
    return all(_holds(condition, take.renderer) for condition in conditions)


def _holds(condition: Written, renderer: Renderer) -> bool:
    value = renderer.render(condition)
    if isinstance(value, bool) or value is BROKEN:
        return value is True
    hint = "write a whole expression that is true or false: \"{{ locale != 'de' }}\""
    renderer.findings.append(
        diagnose("when", "when is neither true nor false", condition.place.span, hint)
    )
    return False


def _duplicate(take: Take, first: SceneItem) -> Diagnostic:
    span, first_span = _id_span(take.item), _id_span(first)
    if take.item.for_each is not None and take.item.place == first.place:
        hint = 'let the id differ by item: id: "feature-{{ item.id }}" or "feature-{{ index }}"'
        return diagnose(
            "duplicate-scene", f"two items of for_each have the id '{take.id}'", span, hint
        )
    found = diagnose(
        "duplicate-scene",
        f"two scenes have the id '{take.id}'",
        span,
        "give each scene an id of its own; translations and plans go by it",
    )
    return replace(found, notes=(Note("the first one", first_span),))


def _id_span(item: SceneItem) -> Span:
    return (item.place if item.id is None else item.id.place).span
