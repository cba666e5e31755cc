"""A studio's video as a storyboard could have it, or why none can. Knows no file and no name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from storyboard.broll import Broll
from storyboard.expand.spoken import spoken
from storyboard.kaltura.objects import RemoteVideo
from storyboard.language.scene_form import seconds_form
from storyboard.language.yaml_writing import escaped
from storyboard.plan.composed import scenes_of
from storyboard.plan.nonce_mark import nonce_of
from storyboard.scene_origin import SceneOrigin
from storyboard.source.schema import accepts_property
from storyboard.source.span import Span
from storyboard.source.text import FORBIDDEN, character_name
from storyboard.templates.scanning import has_template
from storyboard.video import Avatar, BackgroundKind, Layout, Scene
from storyboard.wire import TEMPLATE_IDS, VideoStatus

_LAYOUTS: Final = frozenset(layout.value for layout in Layout)
_NOWHERE: Final = SceneOrigin(Span("", 1, 1, 1, 1), {})
_COMPOSE_KEYS: Final = ("formatType", "duration", "entryIds", "userBrief", "generateName")


@dataclass(frozen=True, slots=True)
class Taken:
    """A video in our terms; `composed` is the request that its scenes were once written by.

    Names and narrations are as they are spoken, not as a file has to spell them.
    """

    remote: RemoteVideo
    name: str
    avatar: Avatar
    scenes: tuple[Scene, ...]
    composed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def avatars(self) -> Iterator[Avatar]:
        """Yield its avatar, and that of each scene which has one of its own."""
        yield self.avatar
        yield from (scene.avatar for scene in self.scenes if scene.avatar is not None)

    @property
    def backgrounds(self) -> Iterator[str]:
        """Yield the ids of the entries that are backgrounds."""
        for avatar in self.avatars:
            if avatar.background.kind is BackgroundKind.ENTRY:
                yield avatar.background.value

    @property
    def entries(self) -> Iterator[str]:
        """Yield the ids of the entries that it names, in order; one may come again."""
        yield from self.backgrounds
        yield from (scene.broll.entry_id for scene in self.scenes if scene.broll is not None)


@dataclass(frozen=True, slots=True)
class Left:
    """A video that no storyboard can have as it is, and why."""

    video_id: str
    name: str
    reasons: tuple[str, ...]


def take_video(remote: RemoteVideo, avatars: Mapping[str, Avatar]) -> Taken | Left:
    """Return a studio's video in our terms; `avatars` maps ids to definitions.

    What a schema or a rule refuses is not looked for: `check` judges what was written.
    """
    reasons = tuple(dict.fromkeys(_reasons(remote, avatars)))
    if reasons or remote.avatar_id is None:
        return Left(remote.id, remote.name, reasons)
    own = avatars[remote.avatar_id]
    scenes = (_own_scene(scene, own) for scene in scenes_of(remote, avatars, _NOWHERE))
    return Taken(remote, spoken(remote.name), own, tuple(scenes), _composed(remote))


def _reasons(remote: RemoteVideo, avatars: Mapping[str, Avatar]) -> Iterator[str]:
    if nonce_of(remote.name) is not None:
        yield "an apply that has not ended added it"
    if not remote.name.strip():
        yield "it has no name"
    yield from _characters("the name", remote.name)
    yield from _avatar_reasons("the video", remote.avatar_id, avatars)
    if not remote.scenes:
        is_composing = remote.status in (VideoStatus.COMPOSING, VideoStatus.COMPOSE_ERROR)
        yield "its scenes are not composed yet" if is_composing else "it has no scenes"
    for number, scene in enumerate(remote.scenes, 1):
        layout, narration = scene.get("layoutType"), scene.get("narration") or {}
        if layout and layout not in _LAYOUTS:
            yield f"scene {number} has the layout '{layout}', which is not known here"
        shown = Broll.from_payload(scene.get("broll"))
        if shown is not None and shown.slide is not None:
            yield f"scene {number} shows a slide, which no storyboard can"
        entry = (scene.get("broll") or {}).get("entryId")
        if entry and not accepts_property("storyboard", "entry", "entryId", str(entry)):
            yield f"scene {number} shows the entry '{entry}', which no file may name"
        if narration.get("avatarId"):
            yield from _avatar_reasons(f"scene {number}", str(narration["avatarId"]), avatars)
        yield from _characters(f"the narration of scene {number}", str(narration.get("text") or ""))


def _avatar_reasons(
    who: str, avatar_id: str | None, avatars: Mapping[str, Avatar]
) -> Iterator[str]:
    if avatar_id is None:
        yield f"{who} has no avatar"
    elif avatar_id not in avatars:
        yield f"{who} has the avatar '{avatar_id}', which the studio does not tell more of"
    elif avatars[avatar_id].template_id not in TEMPLATE_IDS:
        template = avatars[avatar_id].template_id
        yield f"{who} has the presenter '{template}', who is not in the catalog"
    elif not accepts_property("video", "", "avatar", avatars[avatar_id].payload()):
        value = avatars[avatar_id].background.value
        yield f"{who} has the background '{value}', which no file may name"


def _characters(what: str, text: str) -> Iterator[str]:
    found = FORBIDDEN.search(text)
    if found:
        yield f"{what} has the character {character_name(found[0])}, which no file may hold"


def _own_scene(scene: Scene, own: Avatar) -> Scene:
    """Return a scene as it is spoken; an avatar of its own only where it is another."""
    told = spoken(scene.narration)
    return replace(
        scene, narration=told or None, avatar=None if scene.avatar == own else scene.avatar
    )


def _composed(remote: RemoteVideo) -> Mapping[str, Any]:
    """Return what is worth keeping of the request that composed it; nothing for an odd one."""
    told = remote.compose_params or {}
    form = {key: told[key] for key in _COMPOSE_KEYS if told.get(key) not in (None, "", False)}
    if isinstance(form.get("duration"), float):
        form["duration"] = seconds_form(form["duration"])
    if isinstance(form.get("userBrief"), str):
        form["userBrief"] = escaped(form["userBrief"])
    is_plain = not has_template(form.get("entryIds"))
    return form if is_plain and accepts_property("storyboard", "", "composed", form) else {}
