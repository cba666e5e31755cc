"""Turns the resolved form of a video into the value that is planned and sent, and back.

The form has passed the schema `video`: nothing here can fail on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from storyboard.source.span import Span
from storyboard.video import (
    Address,
    Avatar,
    Background,
    Broll,
    Compose,
    Hold,
    Layout,
    Scene,
    SceneOrigin,
    StandIn,
    Video,
)

_FULL_SCREEN = Layout.FULL_SCREEN


def lower(
    form: Mapping[str, Any],
    span: Span,
    origins: Sequence[SceneOrigin],
    stand_ins: Sequence[StandIn] = (),
    holds: Sequence[Hold] = (),
) -> Video:
    """Return the video of a form; `origins` has one place a scene."""
    scenes = zip(form["scenes"], origins, strict=True)
    return Video(
        address=Address(form["id"], form.get("locale")),
        name=form["name"],
        avatar=_avatar(form["avatar"]),
        scenes=tuple(_scene(scene, origin) for scene, origin in scenes),
        span=span,
        compose=_compose(form["compose"]) if "compose" in form else None,
        stand_ins=tuple(stand_ins),
        protect=form["protect"],
        holds=tuple(holds),
    )


def resolved_form(video: Video) -> dict[str, Any]:
    """Return the long form that `storyboard show` prints; `lower` turns it into an equal video."""
    form: dict[str, Any] = {"id": video.address.storyboard}
    if video.address.locale is not None:
        form["locale"] = video.address.locale
    form["name"] = video.name
    form["avatar"] = video.avatar.payload()
    form["protect"] = video.protect
    if video.compose is not None:
        form["compose"] = video.compose.payload()
    form["scenes"] = [_scene_form(scene) for scene in video.scenes]
    return form


def _scene_form(scene: Scene) -> dict[str, Any]:
    form: dict[str, Any] = {"id": scene.id, "layoutType": scene.layout.value}
    if scene.narration is not None:
        form["narration"] = scene.narration
    if scene.avatar is not None:
        form["avatar"] = scene.avatar.payload()
    if scene.broll is not None:
        form["broll"] = scene.broll.payload()
    return form


def _scene(form: Mapping[str, Any], origin: SceneOrigin) -> Scene:
    avatar, broll = form.get("avatar"), form.get("broll")
    layout = form["layoutType"]
    return Scene(
        id=form["id"],
        layout=_FULL_SCREEN if layout == "full-screen" else Layout(layout),
        narration=form.get("narration"),
        avatar=None if avatar is None else _avatar(avatar),
        broll=None if broll is None else Broll(broll["entryId"], broll["startTime"]),
        origin=origin,
    )


def _avatar(form: Mapping[str, Any]) -> Avatar:
    return Avatar(form["templateId"], Background.from_payload(form["background"]))


def _compose(form: Mapping[str, Any]) -> Compose:
    return Compose(
        format_type=form["formatType"],
        duration=form["duration"],
        entry_ids=tuple(form["entryIds"]),
        user_brief=form.get("userBrief"),
        generate_name=form.get("generateName"),
    )
