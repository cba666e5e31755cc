"""One storyboard × one locale → the resolved form of one video, with the author's places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storyboard.expand.assembly import Assembled
from storyboard.expand.cast import Cast, layered
from storyboard.expand.origins import LazySpans
from storyboard.expand.rendering import BROKEN, Broken, Renderer, template_finding
from storyboard.expand.scene_form import Staged, spoken, stage_scene
from storyboard.expand.scenes import take_scenes
from storyboard.expand.texts import Texts
from storyboard.language.clip import Clip
from storyboard.language.forms import long_avatar
from storyboard.language.place import Place, Written
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.storyboard import Localization, Storyboard
from storyboard.language.timecode import parse_timecode
from storyboard.source.diagnostic import Diagnostic, error
from storyboard.source.span import Span
from storyboard.templates.variables import Layer, resolve_variables
from storyboard.video import Address, Hold, SceneOrigin, StandIn


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the storyboards of one compilation; `variables` come from files and flags."""

    project: Project
    environment: EnvironmentOverlay
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A video in its resolved form, not yet checked against the schema.

    Where a mistake left a hole, the form has `BROKEN` there and is not `whole`; `findings` name the
    mistake. `clips` has what the author says of entries, by their ids; `texts` are the catalogues
    that it was read from.
    """

    address: Address
    form: dict[str, Any]
    whole: bool
    span: Span
    spans: Mapping[str, Span]
    origins: tuple[SceneOrigin, ...]
    stand_ins: tuple[StandIn, ...]
    clips: Mapping[str, Clip]
    holds: tuple[Hold, ...]
    findings: tuple[Diagnostic, ...]
    used_avatars: frozenset[str]
    used_entries: frozenset[str]
    texts: Texts


def expand(assembled: Assembled, locale: str | None, setting: Setting, texts: Texts) -> Expansion:
    """Resolve everything for one locale."""
    storyboard = assembled.storyboard
    local = storyboard.localize.get(locale or "") or Localization(storyboard.place)
    renderer = open_renderer(storyboard, local, locale, setting)
    cast = _cast(storyboard, local, setting, renderer)
    top = _Top(storyboard, local, setting.project, cast, texts)
    top.resolve()
    takes = take_scenes(assembled, local.scenes, renderer)
    scenes = [stage_scene(take, cast, texts) for take in takes]
    return _finished(top, Address(storyboard.id, locale), scenes)


def _finished(top: _Top, address: Address, scenes: Sequence[Staged]) -> Expansion:
    whole = all(v is not BROKEN for v in top.form.values()) and all(s.is_whole for s in scenes)
    form: dict[str, Any] = {"id": address.storyboard}
    if address.locale is not None:
        form["locale"] = address.locale
    form.update(top.form)
    form["scenes"] = [scene.form for scene in scenes]
    cast, holds = top.cast, (*top.holds, *(s.hold for s in scenes if s.hold is not None))
    return Expansion(
        address=address,
        form=form,
        whole=whole,
        span=top.storyboard.start,
        spans=LazySpans(top.places),
        origins=tuple(scene.origin for scene in scenes),
        stand_ins=tuple(cast.stand_ins.values()),
        clips=cast.clips,
        holds=tuple(dict.fromkeys(holds)),
        findings=tuple(cast.renderer.findings),
        used_avatars=frozenset(cast.used_avatars),
        used_entries=frozenset(cast.used_entries),
        texts=top.texts,
    )


def open_renderer(
    storyboard: Storyboard, local: Localization, locale: str | None, setting: Setting
) -> Renderer:
    """Return a renderer that sees all variables, with what is wrong with them already found."""
    project, environment = setting.project, setting.environment
    layers = (
        (project.variables, project.place),
        (environment.variables, environment.place),
        (storyboard.variables, storyboard.place),
        (local.variables, local.place),
        (setting.variables, None),
    )
    resolved = resolve_variables(
        [Layer("", values) for values, _ in layers], {"locale": locale}, locale
    )
    findings: list[Diagnostic] = []
    for found in resolved.faults:
        place = layers[found.layer][1]
        if place is None:
            fault = found.fault
            findings.append(error(fault.kind.value, fault.message, None, fault.hint))
        else:
            findings.append(template_finding(found.fault, place.at("vars", *found.pointer)))
    return Renderer(resolved.scope, locale, findings)


def _cast(
    storyboard: Storyboard, local: Localization, setting: Setting, renderer: Renderer
) -> Cast:
    project, environment = setting.project, setting.environment
    return Cast(
        avatars={**project.avatars, **storyboard.avatars, **local.avatars},
        entries=layered((project.entries, storyboard.entries, environment.entries, local.entries)),
        renderer=renderer,
    )


@dataclass(slots=True)
class _Top:
    """The fields of a video beside its scenes, being resolved."""

    storyboard: Storyboard
    local: Localization
    project: Project
    cast: Cast
    texts: Texts
    form: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)

    def resolve(self) -> None:
        if self.storyboard.has_id:
            self.places["id"] = self.storyboard.place.at("id")
        self.form["name"] = self._name()
        self.form["avatar"] = self._avatar()
        self.form["protect"] = self.storyboard.protect
        if self.storyboard.compose is not None:
            self.form["compose"] = self._compose(self.storyboard.compose)

    def _name(self) -> Any:
        written = self.storyboard.name
        if written is None:
            return self.storyboard.id
        self.places["name"] = written.place
        text = self.texts.name(written, self.cast.renderer)
        if text.hold is not None:
            self.holds.append(text.hold)
        return spoken(text.value)

    def _avatar(self) -> Any:
        written = self.local.avatar or self.storyboard.avatar or self.project.avatar
        if written is None:
            return long_avatar({})
        self.places |= self.cast.places_of(written)
        return self.cast.avatar(written, self.cast.renderer)

    def _compose(self, written: Written) -> Any:
        self.places["compose"] = written.place
        value = self.cast.renderer.render(written)
        if not isinstance(value, dict):
            return value
        value = dict(value)
        seconds = parse_timecode(value.get("duration"))
        if seconds is not None:
            value["duration"] = seconds
        if isinstance(value.get("entryIds"), list):
            place = written.place.at("entryIds")
            ids = [
                self.cast.entry(entry, place.at(i)) if isinstance(entry, str) else entry
                for i, entry in enumerate(value["entryIds"])
            ]
            if any(isinstance(entry, Broken) for entry in ids):
                return BROKEN
            value["entryIds"] = ids
        return value
