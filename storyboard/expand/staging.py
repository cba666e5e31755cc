"""Resolves one scene, field by field: names to definitions, short forms to long ones.

Each value is typed as soon as the schema `video` has accepted it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from storyboard.broll import Broll
from storyboard.expand.cast import Cast
from storyboard.expand.origins import LazySpans
from storyboard.expand.provenance import source_of
from storyboard.expand.rendering import BROKEN, Broken, Renderer
from storyboard.expand.scenes import Take
from storyboard.expand.spoken import spoken
from storyboard.expand.texts import Texts
from storyboard.expand.value_check import SCENE
from storyboard.language.forms import long_broll
from storyboard.language.place import Place, Written, members
from storyboard.language.storyboard import SceneItem
from storyboard.narration.pronunciation import said_in
from storyboard.scene_origin import SceneOrigin, TextSource
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.span import Span
from storyboard.video import Avatar, Hold, Layout, Scene


@dataclass(frozen=True, slots=True)
class Staged:
    """A resolved scene, None where a part of it is at fault; `origin` has its places either way."""

    scene: Scene | None
    origin: SceneOrigin
    holds: tuple[Hold, ...]


def stage_scene(take: Take, cast: Cast, texts: Texts) -> Staged:
    """Resolve a scene; what is wrong goes to the findings of the cast."""
    return _Stage(take, cast, texts).resolve()


class _Stage:
    """The work on one scene."""

    def __init__(self, take: Take, cast: Cast, texts: Texts) -> None:
        self.take = take
        self.cast = cast
        self.texts = texts
        self.places: dict[str, Place] = {}
        self.pinned: dict[str, Span] = {}
        self.origin = SceneOrigin(take.span, LazySpans(self.places, self.pinned, take.item.place))
        self.source: TextSource | None = None
        self.who = f"scene '{take.id}': "

    def resolve(self) -> Staged:
        item = self.take.item
        if item.id is not None:
            self.places["id"] = item.id.place
        is_named = self._accepts("id", self.take.id)
        broll = self._broll(item)
        layout = self._layout(item.layout, broll)
        narration, holds = self._narration(item.narration)
        avatar = self._avatar(item.avatar)
        scene = None
        if is_named and not (
            isinstance(broll, Broken)
            or isinstance(layout, Broken)
            or isinstance(narration, Broken)
            or isinstance(avatar, Broken)
        ):
            if layout is not Layout.BROLL or broll is not None:
                parts = (layout, narration, avatar, broll, self.origin, self.source)
                say = said_in(narration or "", self.cast.say)
                scene = Scene(self.take.id, *parts, say, is_respelled=self.cast.respells)
                if say and not self._accepts_said(scene.spoken):
                    scene = None
            else:
                self.cast.check.refuse(_no_clip(self.take.id, self.origin))
        return Staged(scene, self.origin, holds)

    def _accepts(self, key: str, value: Any) -> bool:
        return self.cast.check.accepts(SCENE, key, value, self.origin, self.who)

    def _accepts_said(self, text: str) -> bool:
        """Check a narration with its words as `say` says them, which can be longer."""
        who = f"scene '{self.take.id}', with its words as 'say' says them: "
        return self.cast.check.accepts(SCENE, "narration", text, self.origin, who)

    def _layout(self, written: Written | None, broll: Broll | Broken | None) -> Layout | Broken:
        if written is None:
            return Layout.FULL_SCREEN if broll is None else Layout.BROLL
        self.places["layoutType"] = written.place
        value = self.take.renderer.render(written)
        if value is BROKEN or not self._accepts("layoutType", value):
            return BROKEN
        return Layout(value)

    def _narration(self, written: Written | None) -> tuple[str | Broken | None, tuple[Hold, ...]]:
        if written is None:
            return None, ()
        self.places["narration"] = written.place
        self.source = source_of(written, self.take.renderer, self._spoken_by)
        text = self.texts.narration(self.take.id, written, self.take.renderer)
        if text.span is not None:
            self.pinned["narration"] = text.span
        value = spoken(text.value)
        if value is BROKEN or not self._accepts("narration", value):
            return BROKEN, text.holds
        return value, text.holds

    def _spoken_by(self, written: Written, renderer: Renderer) -> Any:
        return spoken(self.texts.narration(self.take.id, written, renderer).value)

    def _avatar(self, written: Written | None) -> Avatar | Broken | None:
        if written is None:
            return None
        self.places |= self.cast.places_of(written)
        return self.cast.avatar(written, self.take.renderer, self.who)

    def _broll(self, item: SceneItem) -> Broll | Broken | None:
        """Return the scene's clip, with what the locale says laid over it; None for none."""
        if item.broll is None:
            return None
        layers = (*self.take.covered, item.broll)
        _place_broll(layers, self.places)
        value = self._laid(layers)
        if value is None or isinstance(value, Broken):
            return value
        return self.cast.broll(value, self.origin, self.who)

    def _laid(self, layers: Sequence[Written]) -> Any:
        """Render the clips and lay them over each other; what is no mapping covers all below it."""
        if len(layers) == 1:
            return self.take.renderer.render(layers[0])
        shown: list[Any] = []
        for layer in reversed(layers):
            shown.append(self.take.renderer.render(layer))
            if not isinstance(shown[-1], dict):
                break
        value = shown.pop()
        while shown:
            value = _laid_over(long_broll(value), shown.pop())
        return value


def _no_clip(scene_id: str, origin: SceneOrigin) -> Diagnostic:
    message = f"scene '{scene_id}' has the layout 'broll', and no clip to show"
    hint = "add one: `broll: name@0:30`, or leave the layout out"
    return diagnose("broll-needed", message, origin.of("layoutType"), hint)


def _laid_over(base: Any, over: dict[str, Any]) -> Any:
    if not isinstance(base, dict):
        return base if base is BROKEN else over
    if "entry" in over or "entryId" in over:
        base = {key: value for key, value in base.items() if key not in ("entry", "entryId")}
    return {**base, **over}


def _place_broll(layers: Sequence[Written], places: dict[str, Place]) -> None:
    """Note where the clip was written; below a noted place, a field's own is found by itself."""
    fields: dict[str, Place] = {}
    for number, layer in enumerate(layers):
        if number and isinstance(layer.value, dict):
            fields |= {key: member.place for key, member in members(layer).items()}
        else:
            places["broll"] = layer.place
            entry = layer.at("entry")
            fields = {} if entry is None else {"entry": entry.place}
    for key, place in fields.items():
        places["broll.entryId" if key == "entry" else f"broll.{key}"] = place
